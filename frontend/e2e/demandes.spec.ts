/** What the gestionnaire asks of the member: shown before it is changed, withdrawn, awaited for a day. */

import { verifierPage } from './appui/axe';
import { aujourdhui } from './appui/dates';
import { ouvrirDossier, ouvrirOnglet, Piece } from './appui/dossier';
import { pdf } from './appui/fichiers';
import { lacher } from './appui/gestes';
import { CLAIRE, DOSSIERS } from './appui/personnes';
import { expect, test } from './appui/test';

test.use({ reglages: { annulation: 0 } });

const PIECE = 'Feuilles d’émargement';

/** A day to come, as people type it. */
function dans(jours: number): string {
  const jour = new Date(Date.now() + jours * 24 * 3600 * 1000);
  return jour.toLocaleDateString('fr-FR', { timeZone: 'Europe/Paris' });
}

test('a request under way is shown and modified knowingly, then withdrawn', async ({ nadia, claire }) => {
  const { numero } = DOSSIERS.enReglement;
  await ouvrirDossier(nadia, numero, 'Mes documents');
  const piece = new Piece(nadia, PIECE);
  await ouvrirDossier(claire, numero, 'Documents de l’adhérent');
  const ouvrir = claire.getByRole('button', { name: `Demander à l’adhérent : ${PIECE}` });
  const rouvrir = claire.getByRole('button', { name: `Modifier la demande : ${PIECE}` });

  await ouvrir.click();
  // Its name follows the category.
  const dialogue = claire.locator('dialog[open]');
  await expect(dialogue).toHaveAccessibleName('Demander une pièce');
  await dialogue.getByLabel('Motif').fill('Les heures diffèrent.');
  await dialogue.getByLabel('À fournir au plus tard le (facultatif)').fill(dans(10));
  await dialogue.getByRole('button', { name: 'Demander la pièce' }).click();
  await expect(dialogue).toBeHidden();
  await expect(rouvrir).toBeFocused();

  await test.step('the dialog says what is asked for, and changes it', async () => {
    await rouvrir.click();
    await expect(dialogue).toHaveAccessibleName('Modifier la demande');
    await expect(dialogue.getByRole('status').first()).toHaveText(
      `Déjà demandée par ${CLAIRE.nom} le ${aujourdhui()}, à fournir au plus tard le ${dans(10)}. Motif : Les heures diffèrent.`,
    );
    await expect(dialogue.getByLabel('Motif')).toHaveValue('Les heures diffèrent.');
    await expect(dialogue.getByLabel('À fournir au plus tard le (facultatif)')).toHaveValue(dans(10));
    await verifierPage(claire, 'a request under way');
    // Another category begins with nothing; what is typed there is kept, what is empty is filled.
    await dialogue.getByLabel('Catégorie').selectOption({ label: 'Relevé de dépenses' });
    await expect(dialogue).toHaveAccessibleName('Demander une pièce');
    await expect(dialogue.getByLabel('Motif')).toHaveValue('');
    await dialogue.getByLabel('Motif').fill('Les signatures manquent.');
    await dialogue.getByLabel('Catégorie').selectOption({ label: PIECE });
    await expect(dialogue).toHaveAccessibleName('Modifier la demande');
    await expect(dialogue.getByLabel('Motif')).toHaveValue('Les signatures manquent.');
    await expect(dialogue.getByLabel('À fournir au plus tard le (facultatif)')).toHaveValue(dans(10));
    await dialogue.getByLabel('À fournir au plus tard le (facultatif)').fill(dans(20));
    await dialogue.getByRole('button', { name: 'Modifier la demande' }).click();
    await expect(dialogue).toBeHidden();
    await expect(piece.region).toContainText(`le ${aujourdhui()}, à fournir au plus tard le ${dans(20)}`);
    await expect(piece.region).toContainText('Les signatures manquent.');
  });

  await test.step('withdrawn once it is confirmed: the member reads it', async () => {
    await rouvrir.click();
    await claire.getByRole('dialog', { name: 'Modifier la demande' }).getByRole('button', { name: 'Retirer la demande' }).click();
    const retrait = claire.getByRole('dialog', { name: 'Retirer la demande' });
    await expect(retrait).toContainText(PIECE);
    await verifierPage(claire, 'the withdrawal');
    await retrait.getByRole('button', { name: 'Garder la demande' }).click();
    await expect(rouvrir).toBeFocused();
    await rouvrir.click();
    await claire.getByRole('dialog', { name: 'Modifier la demande' }).getByRole('button', { name: 'Retirer la demande' }).click();
    await retrait.getByRole('button', { name: 'Retirer la demande' }).click();
    await expect(retrait).toBeHidden();
    await expect(ouvrir).toBeFocused();
    await expect(piece.region).toHaveCount(0);
    await ouvrirOnglet(nadia, 'Message(s)');
    for (const dit of ['demande la pièce', 'modifie sa demande', 'retire sa demande']) {
      const message = nadia.getByRole('article').filter({ hasText: PIECE }).filter({ hasText: dit });
      await expect(message).toHaveCount(1);
    }
  });
});

test('nothing is asked for on a closed dossier', async ({ claire }) => {
  await ouvrirDossier(claire, DOSSIERS.clos.numero, 'Documents de l’adhérent');
  await expect(claire.getByRole('heading', { level: 3 }).first()).toBeVisible();
  await expect(claire.getByRole('button', { name: /^Demander à l’adhérent/ })).toHaveCount(0);
});

test('what is to be put right is awaited for a day', async ({ nadia, claire }) => {
  const { numero } = DOSSIERS.transmis;
  await ouvrirDossier(nadia, numero, 'Mes documents');
  const autres = new Piece(nadia, 'Autres pièces');
  const fichier = await pdf('Attestation à corriger.pdf');
  await lacher(autres.nuage, fichier);
  const carte = autres.carte(fichier.nom);
  await expect(carte.element).toContainText('Transmis à Constructys');

  await ouvrirDossier(claire, numero, 'Documents de l’adhérent');
  const recue = new Piece(claire, 'Autres pièces').carte(fichier.nom);
  await recue.element.getByRole('button', { name: /^Refuser/ }).click();
  const refus = claire.getByRole('dialog', { name: 'Refuser la pièce' });
  await expect(refus.getByLabel('Motif')).toBeVisible();
  await expect(refus.getByLabel(/^À corriger/)).toHaveCount(0);
  await claire.keyboard.press('Escape');

  await recue.element.getByRole('button', { name: /^À compléter/ }).click();
  const dialogue = claire.getByRole('dialog', { name: 'Demander de compléter la pièce' });
  const jour = dialogue.getByLabel('À corriger au plus tard le (facultatif)');
  await dialogue.getByLabel('Motif').fill('La signature manque.');
  await jour.fill('01/01/2020');
  await dialogue.getByRole('button', { name: 'Demander de compléter' }).click();
  await expect(jour).toBeFocused();
  await expect(jour).toHaveAccessibleDescription(/Erreur\s: Le 01\/01\/2020 est passé\./);
  await verifierPage(claire, 'a day that has passed');
  await jour.fill(dans(5));
  await dialogue.getByRole('button', { name: 'Demander de compléter' }).click();
  await expect(dialogue).toBeHidden();

  await expect(carte.element).toContainText('La signature manque.');
  await expect(carte.element).toContainText(`À corriger au plus tard le ${dans(5)} (dans 5 jours).`);
  await expect(autres.region).toContainText(`À fournir, au plus tard le ${dans(5)}`);
  await verifierPage(nadia, 'to be put right for a day');
  await nadia.goto('/egestion');
  const tache = nadia.getByRole('region', { name: 'À faire' }).getByRole('listitem').filter({ hasText: numero }).filter({ hasText: 'Autres pièces' });
  await expect(tache).toContainText('Dans 5 jours');
});
