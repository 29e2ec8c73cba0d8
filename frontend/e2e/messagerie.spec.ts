/** The inbox over all dossiers: nothing is lost, everything is found, what is typed is kept. */

import { verifierPage } from './appui/axe';
import { annonces, ouvrirDossier, ouvrirOnglet } from './appui/dossier';
import { ecrire as fichier, pdf, telecharge } from './appui/fichiers';
import { DOSSIERS, HELENE, PASCAL } from './appui/personnes';
import { couper } from './appui/reseau';
import { expect, type Page, test } from './appui/test';

test.use({ reglages: { annulation: 60 } });

const MESSAGES = /\/api\/v1\/dossiers\/[0-9a-f-]{36}\/messages$/;

const lignes = (page: Page) => page.getByRole('list', { name: 'Messages' }).getByRole('link');
const filtre = (page: Page, nom: RegExp) => page.getByRole('navigation', { name: 'Filtrer les messages' }).getByRole('link', { name: nom });

async function ouvrir(page: Page) {
  await page.goto('/egestion/messagerie');
  await expect(page.getByRole('heading', { level: 1, name: 'Messagerie' })).toBeVisible();
  await expect(lignes(page).first()).toBeVisible();
}

async function nonLus(page: Page): Promise<number> {
  return Number((await filtre(page, /^Non lus/).innerText()).match(/\d+/)?.[0]);
}

test('a message read leaves the unread ones, and stays in the inbox', async ({ nadia }) => {
  await ouvrir(nadia);
  const avant = await nonLus(nadia);
  expect(avant).toBeGreaterThan(0);
  await filtre(nadia, /^Non lus/).click();
  await expect(nadia).toHaveURL('/egestion/messagerie?non_lus=true');
  await expect(lignes(nadia)).toHaveCount(avant);
  await verifierPage(nadia);

  await lignes(nadia).first().click();
  await expect(nadia).toHaveURL(/\?non_lus=true&dossier=[0-9a-f-]{36}&message=[0-9a-f-]{36}$/);
  const volet = nadia.getByRole('region', { name: 'Message affiché' });
  await expect(volet).toBeFocused();
  await expect(volet.getByRole('article').first()).toBeVisible();
  await expect.poll(() => nonLus(nadia)).toBeLessThan(avant);
  const restent = await nonLus(nadia);
  await verifierPage(nadia, 'a message shown');

  const texte = (await volet.getByRole('article').first().locator('.message__texte').innerText()).slice(0, 40);
  await filtre(nadia, /^Tous/).click();
  await expect(lignes(nadia).filter({ hasText: texte.split('\n')[0]! })).not.toHaveCount(0);
  await filtre(nadia, /^Non lus/).click();
  await expect(lignes(nadia)).toHaveCount(restent);
});

test('another message is read from its top', async ({ nadia }) => {
  await nadia.setViewportSize({ width: 1280, height: 480 });
  await ouvrir(nadia);
  const volet = nadia.getByRole('region', { name: 'Message affiché' });
  const defile = () => volet.evaluate(v => v.scrollTop);
  // Two messages of one thread: the pane itself stays.
  const adresses = await lignes(nadia).evaluateAll(liens => liens.map(a => (a as HTMLAnchorElement).search));
  const dossier = (adresse: string) => new URLSearchParams(adresse).get('dossier');
  const premier = adresses.findIndex(a => adresses.filter(b => dossier(b) === dossier(a)).length > 1);
  const second = adresses.findIndex((a, rang) => rang > premier && dossier(a) === dossier(adresses[premier]!));
  expect(second, 'two messages of one thread').toBeGreaterThan(premier);
  await lignes(nadia).nth(premier).click();
  await expect(volet.getByRole('article').first()).toBeVisible();
  await volet.evaluate(v => v.scrollTo(0, v.scrollHeight));
  expect(await defile()).toBeGreaterThan(0);
  await lignes(nadia).nth(second).click();
  await expect(volet).toBeFocused();
  await expect.poll(defile).toBe(0);
});

test('the administrator of the OPCO is told where messages are', async ({ entrer }) => {
  const helene = await entrer(HELENE);
  await helene.goto('/egestion/messagerie');
  await expect(helene.getByText('Les messages vont aux adhérents et au gestionnaire de leur dossier')).toBeVisible();
  await verifierPage(helene);
  await helene.getByRole('main').getByRole('link', { name: 'Tous les dossiers' }).click();
  await expect(helene).toHaveURL('/egestion/dossiers');
});

test('words are searched in all messages, and the address holds them', async ({ nadia }) => {
  await ouvrir(nadia);
  const tous = await lignes(nadia).count();
  const recherche = nadia.getByRole('search', { name: 'Messages' });
  await recherche.getByLabel('Rechercher dans les messages').fill('keriven certificat');
  await recherche.getByRole('button', { name: 'Rechercher' }).click();
  await expect(nadia).toHaveURL('/egestion/messagerie?q=keriven%20certificat');
  await expect.poll(() => lignes(nadia).count()).toBeLessThan(tous);
  await expect(lignes(nadia).first()).toContainText(DOSSIERS.riche.numero);
  await recherche.getByLabel('Rechercher dans les messages').fill('zygomatique');
  await nadia.keyboard.press('Enter');
  await expect(nadia.getByText('Aucun message ne contient ces mots')).toBeVisible();
  await verifierPage(nadia);
  await nadia.goBack();
  await expect(recherche.getByLabel('Rechercher dans les messages')).toHaveValue('keriven certificat');
  await expect(lignes(nadia).first()).toContainText(DOSSIERS.riche.numero);
  await nadia.goBack();
  await expect(lignes(nadia)).toHaveCount(tous);
});

test('a message is written with files, which come back as they were', async ({ nadia }) => {
  await ouvrirDossier(nadia, DOSSIERS.guide.numero, 'Message(s)');
  const texte = 'Bonjour,\nvoici le plan.\n\nBien à vous';
  const plan = await pdf('Plan de la zone.pdf');
  const formulaire = nadia.getByLabel(/^Écrire à /);
  await formulaire.fill(texte);
  const choix = nadia.waitForEvent('filechooser');
  await nadia.getByRole('button', { name: 'Joindre un fichier' }).click();
  await (await choix).setFiles(plan.chemin);
  await expect(nadia.getByRole('list', { name: 'Fichiers joints' })).toContainText(plan.nom);
  await verifierPage(nadia, 'a file attached');
  await nadia.getByRole('button', { name: 'Envoyer', exact: true }).click();

  const message = nadia.getByRole('article').filter({ hasText: 'voici le plan.' });
  await expect(message.locator('.message__texte')).toHaveText(texte, { useInnerText: true });
  await expect(message).toContainText('Envoyé, pas encore lu');
  await expect(formulaire).toHaveValue('');
  await expect(annonces(nadia).getByText('Message envoyé.')).toHaveCount(1);
  const lu = nadia.waitForEvent('download');
  await message.getByRole('link', { name: `Télécharger ${plan.nom}` }).click();
  expect((await telecharge(await lu)).sha256).toBe(plan.sha256);
});

test('a draft keeps its files while something else is looked at, and what is typed during the sending', async ({ nadia }) => {
  await ouvrirDossier(nadia, DOSSIERS.guide.numero, 'Message(s)');
  const plan = await pdf('Plan gardé.pdf');
  const formulaire = nadia.getByLabel(/^Écrire à /);
  const joints = nadia.getByRole('list', { name: 'Fichiers joints' });
  await formulaire.fill('Le plan, avec ses cotes.');
  const choix = nadia.waitForEvent('filechooser');
  await nadia.getByRole('button', { name: 'Joindre un fichier' }).click();
  await (await choix).setFiles(plan.chemin);
  await expect(joints).toContainText(plan.nom);
  await ouvrirOnglet(nadia, 'Mes documents');
  await ouvrirOnglet(nadia, 'Message(s)');
  await expect(formulaire).toHaveValue('Le plan, avec ses cotes.');
  await expect(joints).toContainText(plan.nom);

  let laisser = () => {};
  const retenue = new Promise<void>(resolve => (laisser = resolve));
  await nadia.route(/\/messages$/, async route => {
    if (route.request().method() === 'POST') await retenue;
    await route.continue();
  });
  await nadia.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await formulaire.fill('Et le devis suivra.');
  laisser();
  await expect(nadia.getByRole('article').filter({ hasText: 'Le plan, avec ses cotes.' })).toContainText(plan.nom);
  await expect(formulaire).toHaveValue('Et le devis suivra.');
  await expect(joints).toHaveCount(0);
  await formulaire.fill('');
});

test('a file too large or of another format is refused with the limit of the zones', async ({ nadia }) => {
  await ouvrirDossier(nadia, DOSSIERS.guide.numero, 'Message(s)');
  await expect(nadia.getByLabel(/^Écrire à /)).toHaveAccessibleDescription(/20\sMo au plus par fichier/);
  const [lourd, autre] = [await fichier('Vidéo.pdf', Buffer.alloc(21 * 1024 * 1024)), await fichier('Notes.txt', Buffer.from('x'))];
  const choix = nadia.waitForEvent('filechooser');
  await nadia.getByRole('button', { name: 'Joindre un fichier' }).click();
  await (await choix).setFiles([lourd.chemin, autre.chemin]);
  const alerte = nadia.getByRole('alert');
  await expect(alerte).toContainText('Vidéo.pdf');
  await expect(alerte).toContainText(/21\sMo.*20\sMo/);
  await expect(alerte).toContainText('Notes.txt');
  await expect(nadia.getByRole('list', { name: 'Fichiers joints' })).toHaveCount(0);
  await verifierPage(nadia);
});

test('an empty message is not sent', async ({ nadia }) => {
  await ouvrirDossier(nadia, DOSSIERS.guide.numero, 'Message(s)');
  await nadia.getByRole('button', { name: 'Envoyer', exact: true }).click();
  const formulaire = nadia.getByLabel(/^Écrire à /);
  await expect(formulaire).toBeFocused();
  await expect(formulaire).toHaveAccessibleDescription(/Erreur\s: Le message est vide\./);
  await verifierPage(nadia);
});

test('what is typed survives a reload and a cut network', async ({ nadia }) => {
  await ouvrirDossier(nadia, DOSSIERS.accorde.numero, 'Message(s)');
  const formulaire = nadia.getByLabel(/^Écrire à /);
  await formulaire.fill('Un brouillon qui doit survivre.');
  await nadia.reload();
  await expect(formulaire).toHaveValue('Un brouillon qui doit survivre.');

  const coupure = await couper(nadia, MESSAGES);
  await nadia.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await expect(nadia.getByRole('alert')).toContainText('La connexion est coupée');
  await expect(formulaire).toHaveValue('Un brouillon qui doit survivre.');
  await verifierPage(nadia);
  await coupure.retablir();
  await nadia.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await expect(nadia.getByRole('article').filter({ hasText: 'Un brouillon qui doit survivre.' })).toHaveCount(1);
  await nadia.reload();
  await expect(formulaire).toHaveValue('');
});

test('a cut network is told by one alert, which goes when it is back', async ({ nadia }) => {
  await ouvrirDossier(nadia, DOSSIERS.riche.numero, 'Message(s)');
  const formulaire = nadia.getByLabel(/^Écrire à /);
  await formulaire.fill('Écrit sans réseau.');
  const alerte = nadia.getByRole('alert').filter({ hasText: 'La connexion est coupée' });
  await nadia.context().setOffline(true);
  await nadia.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await expect(nadia.locator('.message--ecrire').getByRole('alert')).toHaveCount(1);
  await expect(alerte).toHaveCount(1);
  // Noticed again elsewhere: told there, and there alone.
  await nadia.getByRole('button', { name: /^Marquer comme (non )?lu/ }).first().click();
  await expect(nadia.locator('.message--ecrire').getByRole('alert')).toHaveCount(0);
  await expect(alerte).toHaveCount(1);
  await ouvrirOnglet(nadia, 'Mes documents');
  await expect(alerte).toHaveCount(1);
  await verifierPage(nadia);

  await nadia.context().setOffline(false);
  await expect(alerte).toHaveCount(0);
  await expect(annonces(nadia).getByText('La connexion est rétablie.')).not.toHaveCount(0);
  // What could not be read is read; what could not be sent is still there.
  await expect(nadia.getByRole('heading', { level: 3 }).first()).toBeVisible();
  await ouvrirOnglet(nadia, 'Message(s)');
  await expect(formulaire).toHaveValue('Écrit sans réseau.');
  await formulaire.fill('');
});

test('what could not be sent is told until it is sent again', async ({ nadia }) => {
  await ouvrirDossier(nadia, DOSSIERS.accorde.numero, 'Message(s)');
  const formulaire = nadia.getByLabel(/^Écrire à /);
  await formulaire.fill('Écrit sans réseau, puis envoyé.');
  const alerte = nadia.locator('.message--ecrire').getByRole('alert');
  await nadia.context().setOffline(true);
  await nadia.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await expect(alerte).toContainText('puis recommencez');
  await nadia.context().setOffline(false);
  await expect(annonces(nadia).getByText('La connexion est rétablie.')).toHaveCount(1);
  // Nothing sends it but the person.
  await expect(alerte).toContainText('La connexion a été coupée');
  await expect(alerte).toContainText('puis recommencez');
  await nadia.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await expect(nadia.getByRole('article').filter({ hasText: 'Écrit sans réseau, puis envoyé.' })).toHaveCount(1);
  await expect(alerte).toHaveCount(0);
});

test('a reader reads, and is told why there is no form', async ({ entrer }) => {
  const page = await entrer(PASCAL);
  await ouvrirDossier(page, DOSSIERS.guide.numero, 'Message(s)');
  await expect(page.getByText('Votre rôle permet de lire cet échange, pas d’y écrire.')).toBeVisible();
  await expect(page.getByRole('article').first()).toBeVisible();
  await verifierPage(page);
});

test('on a phone, the message takes the place of the list, and there is a way back', async ({ nadia }) => {
  await nadia.setViewportSize({ width: 390, height: 844 });
  await ouvrir(nadia);
  await lignes(nadia).first().click();
  await expect(nadia.getByRole('region', { name: 'Message affiché' }).getByRole('article').first()).toBeVisible();
  await expect(lignes(nadia).first()).toBeHidden();
  await verifierPage(nadia, 'at 390');
  await nadia.getByRole('link', { name: 'Tous les messages' }).click();
  await expect(lignes(nadia).first()).toBeVisible();
});
