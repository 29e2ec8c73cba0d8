/** What holds on every page: the focus and the title follow the address, targets are wide enough, failures are told. */

import { prete, verifierPage } from './appui/axe';
import { ouvrirDossier } from './appui/dossier';
import { CLAIRE, DOSSIERS } from './appui/personnes';
import { repondre } from './appui/reseau';
import { expect, test } from './appui/test';

test.use({ reglages: { annulation: 60 } });

test('a change of address changes the title, goes to the top and brings the focus to the content', async ({ nadia }) => {
  await nadia.goto('/egestion');
  await prete(nadia);
  await nadia.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  const menu = nadia.getByRole('navigation', { name: 'Espace Adhérent' });
  for (const [entree, titre] of [
    ['Messagerie', 'Messagerie — eGestion'],
    ['Suivre les dossiers de formation', 'Suivre les dossiers de formation — eGestion'],
    ['Accueil', 'Accueil — eGestion'],
  ] as const) {
    await menu.getByRole('link', { name: entree }).click();
    await expect(nadia).toHaveTitle(titre);
    await expect(nadia.getByRole('main')).toBeFocused();
    await expect(menu.getByRole('link', { name: entree })).toHaveAttribute('aria-current', 'page');
    expect(await nadia.evaluate(() => window.scrollY)).toBe(0);
  }
});

test('on a phone no button or field is under 24 px, wide or high', async ({ nadia }) => {
  await nadia.setViewportSize({ width: 390, height: 844 });
  for (const adresse of ['/egestion', '/egestion/dossiers', '/compte']) {
    await nadia.goto(adresse);
    await prete(nadia);
    const petites = await nadia.evaluate(() =>
      [...document.querySelectorAll('button, a.btn, summary, select, input:not([type=hidden], [type=checkbox])')]
        .filter(e => {
          const { width, height } = e.getBoundingClientRect();
          return width > 0 && height > 0 && Math.min(width, height) < 24;
        })
        .map(e => e.outerHTML.slice(0, 80)),
    );
    expect(petites).toEqual([]);
  }
});

test('a server that fails is told with what to do, and the page is there once it is back', async ({ nadia, surveillance }) => {
  surveillance.admettre(/^503 GET .*\/api\/v1\/accueil$/);
  const panne = await repondre(nadia, /\/api\/v1\/accueil$/, { status: 503, code: 'service-indisponible' });
  await nadia.goto('/egestion');
  await expect(nadia.getByRole('alert')).toContainText('Service momentanément indisponible');
  await verifierPage(nadia);
  await panne.retablir();
  await nadia.getByRole('button', { name: 'Réessayer' }).click();
  await expect(nadia.getByRole('region', { name: 'Mes contacts' })).toBeVisible();
  await expect(nadia.getByRole('alert')).toHaveCount(0);
});

test('the page is told in French to whoever has no JavaScript', async ({ browser, serveur }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(serveur.adresse);
  await expect(page.locator('body')).toHaveText('eGestion eGestion a besoin de JavaScript. Activez-le dans les réglages du navigateur, puis rechargez la page.', {
    useInnerText: true,
  });
  await context.close();
});

test('the person who reads is named in words that say who waits for whom', async ({ nadia, claire }) => {
  await ouvrirDossier(nadia, DOSSIERS.riche.numero, 'Mes documents');
  await expect(nadia.getByRole('list', { name: 'Avancement du dossier' })).toContainText(/attendues? de votre part/);
  await ouvrirDossier(claire, DOSSIERS.riche.numero, 'Documents de l’adhérent');
  await expect(claire.getByRole('list', { name: 'Avancement du dossier' })).toContainText(/attendues? de l’adhérent/);
  await expect(claire.getByRole('main')).toContainText(CLAIRE.nom);
});
