/** What is served beside the page: the API's documentation and the pages of problems. */

import { verifierPage } from './appui/axe';
import { expect, test } from './appui/test';

test.use({ reglages: { annulation: 60 } });

test('the API’s documentation is served with the product, from its foot', async ({ page }) => {
  await page.goto('/mentions-legales');
  await page.getByRole('contentinfo').getByRole('link', { name: 'Documentation de l’API' }).click();
  await expect(page).toHaveURL(/\/docs\/api\/guide$/);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Guide de l’éditeur : s’intégrer en une journée');
  await verifierPage(page);
  const chapitres = page.getByRole('navigation', { name: 'Chapitres' });
  await chapitres.getByRole('link', { name: 'Webhooks' }).click();
  await expect(page).toHaveURL(/\/docs\/api\/webhooks$/);
  await expect(chapitres.getByRole('link', { name: 'Webhooks' })).toHaveAttribute('aria-current', 'page');
  await verifierPage(page);
  await chapitres.getByRole('link', { name: 'Référence' }).click();
  await expect(page).toHaveURL(/\/docs\/$/);
  await expect(page.getByRole('heading', { name: /eGestion/ }).first()).toBeVisible();
  await expect(page.getByText('/api/v1/dossiers/{dossier_id}/documents', { exact: true }).first()).toBeVisible();
});

test('a problem has its page, and an unknown one does not', async ({ page }) => {
  await page.goto('/problems/document-en-double');
  await expect(page).toHaveTitle('Document déjà déposé — eGestion');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Document déjà déposé');
  await verifierPage(page);
  expect((await page.goto('/problems/inconnu'))?.status()).toBe(404);
});

test('what is not a sandbox says nothing of one', async ({ page }) => {
  await page.goto('/mentions-legales');
  await expect(page.getByRole('contentinfo')).toBeVisible();
  await expect(page.getByText('Bac à sable')).toHaveCount(0);
});
