/** Signing in and out as people do. */

import { expect, type Page } from '@playwright/test';
import { MOT_DE_PASSE, type Personne } from './personnes';

/** Fills in the sign-in page and sends it. */
export async function seConnecter(page: Page, { email }: Personne, motDePasse = MOT_DE_PASSE) {
  await page.goto('/connexion');
  await page.getByLabel('Adresse électronique').fill(email);
  await page.getByLabel('Mot de passe', { exact: true }).fill(motDePasse);
  await page.getByRole('button', { name: 'Se connecter' }).click();
}

/** Whether the page of somebody signed in is shown. */
export async function estConnecte(page: Page, { nom }: Personne) {
  await expect(page.getByRole('banner').getByText(nom, { exact: true })).toBeVisible();
}

/** Opens the account's menu, in the head of the page. */
export async function menuCompte(page: Page, { nom }: Personne) {
  await page.getByRole('banner').getByText(nom, { exact: true }).click();
}
