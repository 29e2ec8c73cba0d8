/** The people of a company: a newcomer who is given a role and deposits, an invitation, an account of several companies. */

import { verifierPage, verifierPartout } from './appui/axe';
import { estConnecte, seConnecter } from './appui/connexion';
import { attendreCourriel, lien } from './appui/courriels';
import { annonces, ouvrirDossier, Piece } from './appui/dossier';
import { pdf } from './appui/fichiers';
import { CLAIRE, DOSSIERS, ENTREPRISE, MOT_DE_PASSE, PASCAL, SOLINE } from './appui/personnes';
import { expect, type Page, test } from './appui/test';

test.use({ reglages: { annulation: 60 } });

const UTILISATEURS = '/egestion/utilisateurs';
const ligne = (page: Page, nom: string) => page.getByRole('listitem').filter({ hasText: nom });
const roles = (page: Page) => page.getByRole('group', { name: 'Rôle dans chaque établissement' });

test('a reader is made contributor, and deposits', async ({ nadia, entrer }) => {
  test.setTimeout(120_000);
  await nadia.goto('/egestion');
  await nadia.getByRole('navigation', { name: /^Espace/ }).getByRole('link', { name: 'Utilisateurs' }).click();
  await expect(nadia).toHaveTitle('Utilisateurs — eGestion');
  await expect(ligne(nadia, 'Nadia Lemercier')).toContainText('(vous)');
  await verifierPartout(nadia);

  await nadia.getByRole('button', { name: `Modifier les droits de ${PASCAL.nom}` }).click();
  const dialogue = nadia.getByRole('dialog', { name: /Modifier les droits/ });
  await expect(roles(nadia).getByRole('combobox').first()).toBeVisible();
  await verifierPartout(nadia);
  for (const choix of await roles(nadia).getByRole('combobox').all()) {
    await choix.selectOption('contributeur');
  }
  await dialogue.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(annonces(nadia).getByText(`Les droits de ${PASCAL.nom} sont changés.`)).toHaveCount(1);
  await expect(nadia.getByRole('button', { name: `Modifier les droits de ${PASCAL.nom}` })).toBeFocused();
  await expect(ligne(nadia, PASCAL.nom)).toContainText('contributeur');

  const pascal = await entrer(PASCAL);
  await ouvrirDossier(pascal, DOSSIERS.guide.numero, 'Mes documents');
  const piece = new Piece(pascal, 'Autres pièces');
  await piece.choisir(await pdf('attestation.pdf'));
  await expect(piece.annuler('attestation.pdf')).toBeVisible();

  // Taken away, it is at the next click.
  await nadia.getByRole('button', { name: `Modifier les droits de ${PASCAL.nom}` }).click();
  for (const choix of await roles(nadia).getByRole('combobox').all()) {
    await choix.selectOption('');
  }
  await expect(dialogue.getByRole('status').filter({ hasText: 'Plus aucun accès' })).toBeVisible();
  await verifierPage(nadia, 'no access');
  await dialogue.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(ligne(nadia, PASCAL.nom)).toHaveCount(0);
  await pascal.goto('/egestion/dossiers');
  await expect(pascal.getByRole('link', { name: /^\d{10}\.\d{2}$/ }).first()).toBeVisible();
  await expect(pascal.getByRole('link', { name: DOSSIERS.guide.numero })).toHaveCount(0);
  await pascal.goto(UTILISATEURS);
  await expect(pascal.getByText('réservée aux administrateurs')).toBeVisible();
});

test('the last administrator keeps the role', async ({ nadia }) => {
  await nadia.goto(UTILISATEURS);
  await nadia.getByRole('button', { name: 'Modifier les droits de Nadia Lemercier' }).click();
  await expect(nadia.getByRole('dialog')).toContainText('Ce sont vos propres droits');
  for (const choix of await roles(nadia).getByRole('combobox').all()) {
    await choix.selectOption('lecteur');
  }
  await nadia.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(nadia.getByRole('dialog').getByRole('alert')).toContainText('au moins un administrateur');
  await verifierPage(nadia, 'last administrator');
});

test('somebody invited makes an account and enters', async ({ nadia, ouvrir, serveur }) => {
  test.setTimeout(120_000);
  const ada = { nom: 'Ada Tanguy', email: 'a.tanguy@bati-rives.example' };
  await nadia.goto(UTILISATEURS);
  await nadia.getByRole('button', { name: 'Inviter une personne' }).click();
  await nadia.getByRole('button', { name: 'Envoyer l’invitation' }).click();
  const adresse = nadia.getByLabel('Adresse électronique professionnelle de la personne');
  await expect(adresse).toBeFocused();
  await expect(adresse).toHaveAccessibleDescription(/Saisissez l’adresse de la personne/);
  await verifierPartout(nadia);
  // Somebody who is there already.
  await adresse.fill(SOLINE.email);
  await nadia.getByRole('button', { name: 'Envoyer l’invitation' }).click();
  await expect(adresse).toHaveAccessibleDescription(/déjà membre/);
  await adresse.fill(ada.email);
  await nadia.getByRole('button', { name: 'Envoyer l’invitation' }).click();
  await expect(annonces(nadia).getByText(`L’invitation est envoyée à ${ada.email}.`)).toHaveCount(1);
  await expect(nadia.getByRole('heading', { name: 'Invitations en attente' })).toBeVisible();
  await expect(ligne(nadia, ada.email)).toContainText('par Nadia Lemercier');
  await verifierPartout(nadia);

  const page = await ouvrir();
  const url = lien(await attendreCourriel(serveur, ada.email, /invitation/i));
  await page.goto(url);
  await expect(page).toHaveTitle('Votre invitation — eGestion');
  await expect(page.getByText(ada.email)).toBeVisible();
  await page.getByRole('button', { name: 'Créer mon compte et rejoindre' }).click();
  await expect(page.getByLabel('Prénom')).toBeFocused();
  await verifierPartout(page);
  await page.getByLabel('Prénom').fill('Ada');
  await page.getByLabel('Nom', { exact: true }).fill('Tanguy');
  await page.getByRole('textbox', { name: 'Mot de passe' }).fill(MOT_DE_PASSE);
  await page.getByRole('button', { name: 'Créer mon compte et rejoindre' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Vous avez rejoint' })).toBeVisible();
  await verifierPage(page, 'joined');
  await seConnecter(page, ada);
  await estConnecte(page, ada);

  await page.goto(url);
  await expect(page.getByRole('alert')).toContainText('Ce lien ne vaut plus');
  await verifierPartout(page);
  await page.goto('/invitation');
  await expect(page.getByRole('alert')).toContainText('Ce lien est incomplet');
  await nadia.reload();
  await expect(nadia.getByRole('heading', { name: 'Invitations en attente' })).toHaveCount(0);
  await expect(ligne(nadia, ada.nom)).toContainText('contributeur');

  // Once she has left the only company she was of, she is told what to do.
  await nadia.getByRole('button', { name: `Modifier les droits de ${ada.nom}` }).click();
  for (const choix of await roles(nadia).getByRole('combobox').all()) {
    await choix.selectOption('');
  }
  await nadia.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(ligne(nadia, ada.nom)).toHaveCount(0);
  for (const adresse of ['/egestion', '/egestion/dossiers']) {
    await page.goto(adresse);
    await expect(page.getByText('Aucun établissement ne vous est ouvert')).toBeVisible();
    await verifierPartout(page);
  }
});

test('an invitation is sent again, and withdrawn', async ({ nadia, page, serveur }) => {
  const qui = 'retard@bati-rives.example';
  await nadia.goto(UTILISATEURS);
  await nadia.getByRole('button', { name: 'Inviter une personne' }).click();
  await nadia.getByLabel('Adresse électronique professionnelle de la personne').fill(qui);
  await nadia.getByRole('button', { name: 'Envoyer l’invitation' }).click();
  const premiere = lien(await attendreCourriel(serveur, qui, /invitation/i));
  await nadia.getByRole('button', { name: `Envoyer de nouveau l’invitation de ${qui}` }).click();
  await expect(annonces(nadia).getByText(`L’invitation est envoyée à ${qui}.`).last()).toBeAttached();
  await expect.poll(async () => lien(await attendreCourriel(serveur, qui, /invitation/i))).not.toBe(premiere);
  await page.goto(premiere);
  await expect(page.getByRole('alert')).toContainText('Ce lien ne vaut plus');
  await nadia.getByRole('button', { name: `Retirer l’invitation de ${qui}` }).click();
  await expect(annonces(nadia).getByText(`L’invitation de ${qui} est retirée.`)).toHaveCount(1);
  await page.goto(lien(await attendreCourriel(serveur, qui, /invitation/i)));
  await expect(page.getByRole('alert')).toContainText('Ce lien ne vaut plus');
});

test('somebody with an account joins an établissement by its numbers', async ({ entrer, serveur }) => {
  const soline = await entrer(SOLINE);
  await soline.goto('/compte');
  await expect(soline.getByRole('heading', { name: 'Mes établissements' })).toBeVisible();
  await verifierPartout(soline);
  await soline.getByRole('button', { name: 'Rejoindre un établissement' }).click();
  await soline.getByRole('button', { name: 'Envoyer la demande' }).click();
  await expect(soline.getByLabel('SIRET de votre établissement')).toBeFocused();
  await verifierPartout(soline);
  await soline.getByLabel('SIRET de votre établissement').fill(ENTREPRISE.siret);
  await soline.getByLabel('Numéro d’adhérent').fill('A0000-00000');
  await soline.getByRole('button', { name: 'Envoyer la demande' }).click();
  await expect(soline.getByText(`La suite arrive à votre adresse ${SOLINE.email}.`).first()).toBeVisible();
  const courriel = await attendreCourriel(serveur, SOLINE.email, /rattachement/i);
  expect(courriel.corps).toContain('ne vont pas ensemble');
});

test('the OPCO has no établissement to join', async ({ entrer }) => {
  const claire = await entrer(CLAIRE);
  await claire.goto('/compte');
  await expect(claire.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(claire.getByText('Mes établissements')).toHaveCount(0);
});
