/** Accessibility and layout of what is shown. */

import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const REGLES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];

/** Once the page has what it reads. */
export async function prete(page: Page) {
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
}

/** Axe finds nothing in the page as it is shown now; or in a part of it, which floats over the rest. */
export async function verifierPage(page: Page, etat = '', partie?: string) {
  // A PDF in a frame is drawn by the browser, in a page that is not ours.
  const axe = new AxeBuilder({ page }).withTags(REGLES).exclude('iframe');
  const resultat = await (partie ? axe.include(partie) : axe).analyze();
  const fautes = resultat.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(noeud => `${id} (${help}): ${noeud.target.join(' ')}\n    ${noeud.failureSummary?.replaceAll('\n', '\n    ')}`),
  );
  expect(fautes, `axe, ${new URL(page.url()).pathname} ${etat}`).toEqual([]);
}

/** Nothing is cut off or scrolls sideways; what is meant to, inside itself, is left out. */
export async function verifierLargeur(page: Page) {
  const debords = await page.evaluate(() => {
    const large = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= large) return [];
    const admis = '.onglets, .table-cadre, .visionneuse__page';
    return [...document.querySelectorAll('body *')]
      .filter(e => e.getBoundingClientRect().right > large + 1 && !e.closest(admis))
      .map(e => `${e.tagName.toLowerCase()}.${e.className} ends at ${Math.round(e.getBoundingClientRect().right)} of ${large}`);
  });
  expect(debords, `no sideways scroll, ${new URL(page.url()).pathname}`).toEqual([]);
  const { scrollWidth, clientWidth } = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return { scrollWidth, clientWidth };
  });
  expect(scrollWidth, `no sideways scroll, ${new URL(page.url()).pathname}`).toBeLessThanOrEqual(clientWidth);
}

/** The screens on which a page is looked at. */
const ECRANS = [
  { nom: '1280 light', width: 1280, height: 900, theme: 'light' },
  { nom: '1280 dark', width: 1280, height: 900, theme: 'dark' },
  { nom: '390', width: 390, height: 844, theme: 'light' },
] as const;

/** Axe on every screen, and no sideways scroll down to 320 px, which is 400 % zoom. */
export async function verifierPartout(page: Page, partie?: string) {
  for (const { nom, width, height, theme } of ECRANS) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme: theme });
    await verifierPage(page, nom, partie);
    await verifierLargeur(page);
  }
  await page.setViewportSize({ width: 320, height: 640 });
  await verifierLargeur(page);
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1280, height: 900 });
}
