/** A sandbox says on every page that all is invented. */

import { verifierPartout } from './appui/axe';
import { seConnecter } from './appui/connexion';
import { expect, test, type Page } from './appui/test';

test.use({ reglages: { annulation: 60, commande: 'bac-a-sable' } });

const bande = (page: Page) => page.getByText('Bac à sable – données fictives', { exact: true });

test('anybody sees the band', async ({ page }) => {
  for (const adresse of ['/', '/connexion', '/compte/creer', '/mentions-legales', '/nulle-part']) {
    await page.goto(adresse);
    await expect(bande(page)).toBeVisible();
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    await verifierPartout(page);
  }
});

test('somebody of an invented company sees it everywhere', async ({ page, request }) => {
  const creee = await request.post('/api/v1/bac-a-sable/adherents', { data: {} });
  expect(creee.status()).toBe(201);
  const { administrateur } = await creee.json();
  await seConnecter(page, { nom: '', email: administrateur.email }, administrateur.mot_de_passe);
  await expect(page.getByRole('banner').getByText('Camille Administratrice fictive')).toBeVisible();
  for (const adresse of ['/', '/egestion', '/egestion/dossiers', '/egestion/messagerie', '/compte']) {
    await page.goto(adresse);
    await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
    await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
    await expect(bande(page)).toBeVisible();
    await verifierPartout(page);
  }
  await page.goto('/egestion/dossiers');
  await page.getByRole('row').getByRole('link', { name: /^18\d{8}\.01$/ }).first().click();
  await expect(page.getByRole('navigation', { name: 'Rubriques du dossier' })).toBeVisible();
  await expect(bande(page)).toBeVisible();
  await verifierPartout(page);
});
