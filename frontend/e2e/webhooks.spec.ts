/** Webhooks: a subscription made, tried, replayed and removed, with a real receiver. */

import { verifierPage, verifierPartout } from './appui/axe';
import { ouvrirDossier } from './appui/dossier';
import { DOSSIERS, PASCAL, SOLINE } from './appui/personnes';
import { Recepteur } from './appui/recepteur';
import { expect, type Page, test } from './appui/test';

test.use({ reglages: { annulation: 60 } });

const ligne = (page: Page) => page.getByRole('row').filter({ hasText: 'Message envoyé' });

/** The secret, at the only time it is shown; the dialog is closed. */
async function copier(page: Page): Promise<string> {
  const champ = page.getByLabel('Secret de signature');
  await expect(champ).toBeVisible();
  await page.getByRole('button', { name: 'Copier le secret' }).click();
  await expect(page.getByRole('button', { name: 'Copié le secret', exact: true })).toBeVisible();
  const secret = await page.evaluate(() => navigator.clipboard.readText());
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  await expect(champ).toHaveValue(secret);
  await verifierPage(page, 'secret');
  await page.getByRole('button', { name: 'J’ai copié le secret' }).click();
  await expect(champ).toHaveCount(0);
  return secret;
}

test('a company subscribes its software, which verifies what it is sent', async ({ nadia, entrer }) => {
  test.setTimeout(120_000);
  const recepteur = await Recepteur.demarrer();
  await nadia.goto('/egestion');
  await nadia.getByRole('navigation', { name: /^Espace/ }).getByRole('link', { name: 'Webhooks' }).click();
  await expect(nadia).toHaveTitle('Webhooks — eGestion');
  await expect(nadia.getByText('Aucun abonnement')).toBeVisible();
  await verifierPartout(nadia);

  // What is wrong is told on its field, and what was typed stays.
  await nadia.getByRole('button', { name: 'Nouvel abonnement' }).click();
  const adresse = nadia.getByLabel('Adresse de réception');
  await adresse.fill('https://192.168.1.10/hooks');
  await nadia.getByLabel('Nom de l’abonnement').fill('Notre SIRH');
  await nadia.keyboard.press('Enter');
  await expect(adresse).toHaveAttribute('aria-invalid', 'true');
  await expect(adresse).toBeFocused();
  await expect(adresse).toHaveAccessibleDescription(/n’est pas sur l’internet public/);
  await verifierPartout(nadia);

  await adresse.fill(recepteur.url);
  await nadia.getByRole('button', { name: 'Créer l’abonnement' }).click();
  const premier = await copier(nadia);
  recepteur.secrets = [premier];
  await nadia.getByRole('link', { name: 'Notre SIRH' }).click();
  await expect(nadia.getByRole('heading', { level: 1, name: 'Notre SIRH' })).toBeVisible();
  await expect(nadia.getByText('Rien n’a encore été envoyé.')).toBeVisible();

  await nadia.getByRole('button', { name: 'Envoyer un essai' }).click();
  await expect(nadia.getByRole('status').filter({ hasText: 'L’essai est reçu' })).toContainText('bien reçu');
  expect(recepteur.recus.map(r => r.type)).toEqual(['webhook.essai']);
  await verifierPartout(nadia);

  // Something happens: it is sent, and the log shows it.
  const soline = await entrer(SOLINE);
  await ouvrirDossier(soline, DOSSIERS.guide.numero, 'Message(s)');
  await soline.getByLabel(/^Écrire à /).fill('Bonjour');
  await soline.getByRole('button', { name: 'Envoyer', exact: true }).click();
  await expect.poll(() => recepteur.recus.map(r => r.type)).toEqual(['webhook.essai', 'message.envoye']);
  await nadia.reload();
  await expect(ligne(nadia)).toContainText('Livré');
  await verifierPartout(nadia);

  // Both secrets sign during the overlap.
  await nadia.getByRole('button', { name: 'Changer le secret' }).click();
  await verifierPage(nadia, 'rotation');
  await nadia.getByRole('dialog').getByRole('button', { name: 'Changer le secret' }).click();
  const second = await copier(nadia);
  expect(second).not.toBe(premier);
  await expect(nadia.getByText('l’ancien signe aussi')).toBeVisible();
  for (const secret of [premier, second]) {
    recepteur.secrets = [secret];
    const deja = recepteur.recus.length;
    await ligne(nadia).getByRole('button', { name: /^Rejouer/ }).click();
    await expect.poll(() => recepteur.recus.length).toBe(deja + 1);
    expect(recepteur.recus.at(-1)?.type, 'verified by this secret').toBe('message.envoye');
    await expect(async () => {
      await nadia.reload();
      await expect(ligne(nadia)).toContainText('Livré', { timeout: 1000 });
    }).toPass();
  }
  const envoye = recepteur.recus.filter(r => r.type === 'message.envoye');
  expect(new Set(envoye.map(r => r.id)).size, 'one identifier over all replays').toBe(1);

  await ligne(nadia).getByRole('button', { name: /^Essais/ }).click();
  await expect(nadia.getByRole('dialog').getByRole('listitem')).toHaveCount(3);
  await verifierPage(nadia, 'essais');
  await nadia.keyboard.press('Escape');

  // A receiver that wants nothing more.
  recepteur.statut = 410;
  await ligne(nadia).getByRole('button', { name: /^Rejouer/ }).click();
  await expect(async () => {
    await nadia.reload();
    await expect(nadia.getByText('Plus rien n’est envoyé à cette adresse')).toBeVisible({ timeout: 1000 });
  }).toPass();
  await verifierPartout(nadia);
  recepteur.statut = 200;
  await nadia.getByRole('button', { name: 'Reprendre' }).click();
  await expect(nadia.getByRole('button', { name: 'Suspendre' })).toBeVisible();

  await nadia.getByRole('button', { name: 'Supprimer' }).click();
  await nadia.getByRole('dialog').getByRole('button', { name: 'Supprimer l’abonnement' }).click();
  await expect(nadia).toHaveURL('/egestion/webhooks');
  await expect(nadia.getByText('Aucun abonnement')).toBeVisible();
  await recepteur.arreter();
});

test('whoever does not manage the company is told whom to ask, and has no entry in the menu', async ({ entrer }) => {
  const pascal = await entrer(PASCAL);
  await pascal.goto('/egestion/webhooks');
  await expect(pascal.getByText('réservée aux administrateurs')).toBeVisible();
  await expect(pascal.getByRole('navigation', { name: /^Espace/ }).getByRole('link', { name: 'Webhooks' })).toHaveCount(0);
  await verifierPage(pascal);
});

test('a subscription is made by keyboard alone', async ({ nadia }) => {
  await nadia.goto('/egestion/webhooks');
  await nadia.getByRole('button', { name: 'Nouvel abonnement' }).focus();
  await nadia.keyboard.press('Enter');
  await nadia.getByLabel('Adresse de réception').focus();
  await nadia.keyboard.type('http://127.0.0.1:9/clavier');
  await nadia.keyboard.press('Tab');
  await nadia.keyboard.type('Au clavier');
  await nadia.keyboard.press('Tab');
  await nadia.keyboard.press('Space');
  await expect(nadia.getByRole('checkbox', { name: 'Document déposé' })).toBeChecked();
  await nadia.keyboard.press('Enter');
  await expect(nadia.getByLabel('Secret de signature')).toBeVisible();
  await nadia.keyboard.press('Escape');
  const lien = nadia.getByRole('link', { name: 'Au clavier' });
  await expect(lien).toBeVisible();
  await expect(nadia.getByText('Document déposé')).toBeVisible();
});
