/** The pages of a dossier, their states and their dialogs: axe finds nothing, nothing scrolls sideways. */

import { prete, verifierPartout } from './appui/axe';
import { ouvrirDossier, ouvrirOnglet, Piece } from './appui/dossier';
import { ecrire, pdf } from './appui/fichiers';
import { lacher } from './appui/gestes';
import { DOSSIERS, NADIA } from './appui/personnes';
import { expect, test } from './appui/test';

test.use({ reglages: { annulation: 60 } });

test.describe('for a member', () => {
  for (const [nom, numero] of [
    ['the guide’s', DOSSIERS.guide.numero],
    ['with everything in it', DOSSIERS.riche.numero],
    ['closed', DOSSIERS.clos.numero],
    ['being written', DOSSIERS.brouillon.numero],
  ] as const) {
    test(`the five tabs of a dossier: ${nom}`, async ({ nadia }) => {
      test.setTimeout(120_000);
      await ouvrirDossier(nadia, numero);
      for (const onglet of ['Inscription(s)', 'Règlement(s)', 'Mes documents', 'Documents Constructys', 'Message(s)'] as const) {
        await nadia.setViewportSize({ width: 1280, height: 900 });
        await ouvrirOnglet(nadia, onglet);
        await prete(nadia);
        await verifierPartout(nadia);
      }
    });
  }

  test('the history of a dossier, disclosed', async ({ nadia }) => {
    await ouvrirDossier(nadia, DOSSIERS.riche.numero, 'Mes documents');
    await nadia.getByText('Historique du dossier').click();
    await expect(nadia.getByText('dernier changement le')).toBeVisible();
    await verifierPartout(nadia);
  });

  test('a dossier that does not exist, and an address that is not one', async ({ nadia }) => {
    await nadia.goto('/egestion/dossiers/00000000-0000-4000-8000-000000000000/documents');
    await expect(nadia.getByRole('alert')).toContainText('Introuvable');
    await expect(nadia.getByRole('button', { name: 'Réessayer' })).toHaveCount(0);
    await verifierPartout(nadia);
    await nadia.goto('/egestion/dossiers/pas-un-identifiant/documents');
    await expect(nadia.getByText('Ce dossier n’existe pas')).toBeVisible();
    await verifierPartout(nadia);
  });

  test('rows of files in every state', async ({ nadia }) => {
    await ouvrirDossier(nadia, DOSSIERS.guide.numero, 'Mes documents');
    const autres = new Piece(nadia, 'Autres pièces');
    await nadia.context().setOffline(true);
    await lacher(
      autres.nuage,
      await ecrire('Un nom très long_qui ne se coupe_pas_facilement_parce_qu_il_est_sans_espace_2026-11-23_v12.txt', Buffer.from('x')),
      await ecrire('Vide.pdf', Buffer.alloc(0)),
      await ecrire('Lourd.pdf', Buffer.alloc(21 * 1024 * 1024)),
      await pdf('Perdu.pdf'),
    );
    await expect(autres.liste.getByRole('alert')).toHaveCount(3);
    await expect(autres.envoi('Perdu.pdf').element).toContainText('Connexion perdue');
    await verifierPartout(nadia);
    await nadia.context().setOffline(false);
    await expect(autres.carte('Perdu.pdf').element).toBeVisible();
    await verifierPartout(nadia);
  });

  test('dialogs and menus, on a wide screen and on a phone', async ({ nadia }) => {
    test.setTimeout(120_000);
    await ouvrirDossier(nadia, DOSSIERS.riche.numero, 'Mes documents');
    const carte = new Piece(nadia, 'Autres pièces').carte('Courrier_report_session_septembre.pdf');
    const photo = new Piece(nadia, 'Autres pièces').carte('Photo_plateau_echafaudage.png');
    const convention = new Piece(nadia, 'Convention de formation signée').carte('Convention_Cap-Chantier_R408_signee.pdf');

    // A menu floats over the cards around it: what it covers cannot be aimed at meanwhile.
    await carte.menu().click();
    await verifierPartout(nadia, 'details[open]');
    await nadia.keyboard.press('Escape');

    await convention.element.getByRole('button', { name: /^version 2/ }).click();
    await expect(nadia.getByRole('dialog').getByRole('listitem')).toHaveCount(2);
    await verifierPartout(nadia);
    await nadia.keyboard.press('Escape');

    for (const document of [carte, photo]) {
      await document.nom.click();
      await expect(nadia.getByRole('dialog', { name: document.fichier })).toBeVisible();
      await verifierPartout(nadia);
      await nadia.keyboard.press('Escape');
    }

    await nadia.getByRole('banner').getByText(NADIA.nom).click();
    await verifierPartout(nadia, 'details[open]');
    await nadia.keyboard.press('Escape');
  });
});

test.describe('for a gestionnaire', () => {
  test('the five tabs of a dossier', async ({ claire }) => {
    test.setTimeout(120_000);
    await ouvrirDossier(claire, DOSSIERS.riche.numero);
    for (const onglet of ['Inscription(s)', 'Règlement(s)', 'Documents de l’adhérent', 'Documents Constructys', 'Message(s)'] as const) {
      await claire.setViewportSize({ width: 1280, height: 900 });
      await ouvrirOnglet(claire, onglet);
      await prete(claire);
      await verifierPartout(claire);
    }
  });

  test('the dialogs of the examination', async ({ claire }) => {
    await ouvrirDossier(claire, DOSSIERS.riche.numero, 'Documents de l’adhérent');
    await claire.getByRole('button', { name: 'Demander à l’adhérent : Devis' }).click();
    await expect(claire.getByRole('dialog', { name: 'Demander une pièce' })).toBeVisible();
    await verifierPartout(claire);
    await claire.keyboard.press('Escape');
    const facture = new Piece(claire, 'Facture de l’organisme').carte('Facture_FA-2026-1187.pdf');
    await facture.element.getByRole('button', { name: /^Refuser/ }).click();
    await expect(claire.getByRole('dialog', { name: 'Refuser la pièce' })).toBeVisible();
    await verifierPartout(claire);
  });
});
