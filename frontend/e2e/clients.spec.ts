/** API clients: an access made, used, renewed, narrowed and revoked, with a real program that calls. */

import { verifierPage, verifierPartout } from './appui/axe';
import { jeton, Logiciel, paire } from './appui/logiciel';
import { PASCAL } from './appui/personnes';
import { expect, type Page, test } from './appui/test';

test.use({ reglages: { annulation: 60 } });

const ACCES = '/egestion/acces-api';
const portee = (page: Page, code: string) => page.getByRole('checkbox', { name: code });
const secrets = (page: Page) => page.getByRole('region', { name: 'Secrets' }).getByRole('listitem');

/** What a button copies. */
async function copie(page: Page, quoi: string): Promise<string> {
  await page.getByRole('dialog').getByRole('button', { name: `Copier ${quoi}` }).click();
  await expect(page.getByRole('dialog').getByRole('button', { name: `Copié ${quoi}`, exact: true })).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

/** The identifier and the secret, at the only time it is shown; the dialog is closed. */
async function copier(page: Page): Promise<{ id: string; secret: string }> {
  const champ = page.getByLabel('Secret (client_secret)');
  await expect(champ).toBeVisible();
  const [id, secret] = [await copie(page, 'l’identifiant'), await copie(page, 'le secret')];
  expect(secret).toMatch(/^egs_live_[A-Za-z0-9_-]{43}$/);
  await expect(champ).toHaveValue(secret);
  await verifierPage(page, 'secret');
  await page.getByRole('button', { name: 'J’ai copié le secret' }).click();
  await expect(champ).toHaveCount(0);
  return { id, secret };
}

test('a company gives its software an access, and takes it back', async ({ nadia, serveur }) => {
  test.setTimeout(120_000);
  await nadia.goto('/egestion');
  await nadia.getByRole('navigation', { name: /^Espace/ }).getByRole('link', { name: 'Accès API' }).click();
  await expect(nadia).toHaveTitle('Accès API — eGestion');
  await expect(nadia.getByRole('link', { name: 'Logiciel de paie' })).toBeVisible();
  await verifierPartout(nadia);

  // What is wrong is told on its field, and what was typed stays.
  await nadia.getByRole('button', { name: 'Nouvel accès' }).click();
  const nom = nadia.getByLabel('Nom de l’accès');
  await nadia.getByLabel('Logiciel (facultatif)').fill('PaieFacile');
  await nadia.getByRole('button', { name: 'Créer l’accès' }).click();
  await expect(nom).toBeFocused();
  await expect(nom).toHaveAccessibleDescription(/Donnez un nom/);
  await expect(nadia.getByRole('group', { name: 'Ce que le logiciel peut faire' })).toHaveAccessibleDescription(/au moins une portée/);
  await expect(nadia.getByLabel('Logiciel (facultatif)')).toHaveValue('PaieFacile');
  await verifierPartout(nadia);
  await nom.fill('Notre SIRH');
  await portee(nadia, 'dossiers:read').check();
  await portee(nadia, 'messages:read').check();
  await nadia.getByRole('group', { name: 'Établissements' }).getByRole('checkbox').first().check();
  await nadia.getByLabel('Valable jusqu’au').fill('31/02/2030');
  await nadia.getByRole('button', { name: 'Créer l’accès' }).click();
  await expect(nadia.getByLabel('Valable jusqu’au')).toBeFocused();
  await nadia.getByLabel('Valable jusqu’au').fill('31/12/2030');
  await nadia.getByRole('button', { name: 'Créer l’accès' }).click();
  const { id, secret } = await copier(nadia);

  // The software does what it may, and nothing else.
  const logiciel = new Logiciel(serveur.adresse, id);
  const premier = await jeton(await logiciel.parSecret(secret));
  expect(await logiciel.appeler(premier, '/api/v1/dossiers')).toBe(200);
  expect(await logiciel.appeler(premier, '/api/v1/messages')).toBe(200);
  expect(await logiciel.appeler(premier, '/api/v1/portail')).toBe(403);
  await nadia.getByRole('link', { name: 'Notre SIRH' }).click();
  await expect(nadia.getByRole('heading', { level: 1, name: 'Notre SIRH' })).toBeVisible();
  await expect(nadia.getByText('Jusqu’au 31/12/2030 compris')).toBeVisible();
  await expect(nadia.getByLabel('Identifiant (client_id)')).toHaveValue(id);
  await expect(async () => {
    await nadia.reload();
    await expect(nadia.getByText(/3\sappels en 30\sjours, 1\serreur\./)).toBeVisible({ timeout: 1000 });
  }).toPass();
  await expect(nadia.getByRole('region', { name: 'Appels par jour' }).getByRole('row')).toHaveCount(2);
  await verifierPartout(nadia);

  // Another secret, without a cut; then the former one ends.
  await nadia.getByRole('button', { name: 'Renouveler le secret' }).click();
  await verifierPage(nadia, 'renouvellement');
  await nadia.getByRole('dialog').getByRole('button', { name: 'Renouveler le secret' }).click();
  const nouveau = await copier(nadia);
  expect(nouveau.id).toBe(id);
  for (const vivant of [secret, nouveau.secret]) expect((await logiciel.parSecret(vivant)).status).toBe(200);
  await expect(secrets(nadia)).toHaveCount(2);
  await expect(secrets(nadia).nth(1)).toContainText('s’éteint le');
  await secrets(nadia).nth(1).getByRole('button', { name: /^Terminer/ }).click();
  await verifierPage(nadia, 'terminer');
  await nadia.getByRole('dialog').getByRole('button', { name: 'Terminer le secret' }).click();
  await expect(secrets(nadia)).toHaveCount(1);
  expect((await logiciel.parSecret(secret)).status).toBe(401);
  expect((await logiciel.parSecret(nouveau.secret)).status).toBe(200);

  // A key in the place of a secret.
  const cles = paire();
  await nadia.getByRole('button', { name: 'Ajouter une clé' }).click();
  const champ = nadia.getByLabel('Clé publique', { exact: true });
  await champ.fill('pas une clé');
  await nadia.getByRole('button', { name: 'Ajouter la clé' }).click();
  await expect(champ).toBeFocused();
  await expect(champ).toHaveAccessibleDescription(/Collez la clé entière/);
  await verifierPage(nadia, 'clé');
  await champ.fill(cles.jwk);
  await nadia.getByRole('button', { name: 'Ajouter la clé' }).click();
  await expect(nadia.getByRole('region', { name: 'Clés publiques' })).toContainText('paie-1');
  expect((await logiciel.parCle(cles)).status).toBe(200);
  expect((await logiciel.parCle(paire())).status).toBe(401);
  await nadia.getByRole('button', { name: 'Retirer la clé paie-1' }).click();
  await expect(nadia.getByRole('region', { name: 'Clés publiques' })).toContainText('Aucune.');
  expect((await logiciel.parCle(cles)).status).toBe(401);

  // Narrowed: the token that lives does less at once.
  await nadia.getByRole('button', { name: 'Modifier' }).click();
  await expect(nadia.getByLabel('Valable jusqu’au')).toHaveValue('31/12/2030');
  await portee(nadia, 'messages:read').uncheck();
  await nadia.getByRole('button', { name: 'Enregistrer' }).click();
  await expect(nadia.getByText('Lire les dossiers', { exact: true })).toBeVisible();
  expect(await logiciel.appeler(premier, '/api/v1/messages')).toBe(403);

  await nadia.getByRole('button', { name: 'Révoquer' }).click();
  await verifierPage(nadia, 'révoquer');
  await nadia.getByRole('dialog').getByRole('button', { name: 'Révoquer l’accès' }).click();
  await expect(nadia.getByText('Cet accès est révoqué')).toBeVisible();
  await expect(nadia.getByRole('button', { name: 'Modifier' })).toHaveCount(0);
  expect(await logiciel.appeler(premier, '/api/v1/dossiers')).toBe(401);
  expect((await logiciel.parSecret(nouveau.secret)).status).toBe(401);
  await verifierPartout(nadia);
});

test('whoever does not manage the company is told whom to ask, and has no entry in the menu', async ({ entrer }) => {
  const pascal = await entrer(PASCAL);
  await pascal.goto(ACCES);
  await expect(pascal.getByText('réservée aux administrateurs')).toBeVisible();
  await expect(pascal.getByRole('navigation', { name: /^Espace/ }).getByRole('link', { name: 'Accès API' })).toHaveCount(0);
  await verifierPage(pascal);
});

test('an access is made by keyboard alone', async ({ nadia }) => {
  await nadia.goto(ACCES);
  await nadia.getByRole('button', { name: 'Nouvel accès' }).focus();
  await nadia.keyboard.press('Enter');
  await nadia.getByLabel('Nom de l’accès').focus();
  await nadia.keyboard.type('Au clavier');
  await nadia.keyboard.press('Tab');
  await nadia.keyboard.press('Tab');
  await nadia.keyboard.press('Space');
  await expect(portee(nadia, 'dossiers:read')).toBeChecked();
  await nadia.getByRole('group', { name: 'Établissements' }).getByRole('checkbox').first().focus();
  await nadia.keyboard.press('Space');
  await nadia.keyboard.press('Enter');
  await expect(nadia.getByLabel('Secret (client_secret)')).toBeVisible();
  await nadia.keyboard.press('Escape');
  await expect(nadia.getByRole('link', { name: 'Au clavier' })).toBeVisible();
});
