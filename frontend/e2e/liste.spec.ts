/** « Suivre les dossiers de formation »: the address holds the state of the list. */

import { verifierPage } from './appui/axe';
import { api } from './appui/dossier';
import { DOSSIERS } from './appui/personnes';
import { expect, type Page, test } from './appui/test';

test.use({ reglages: { annulation: 60 } });

interface Resume {
  numero: string;
  dispositif: string;
  date_debut: string;
  date_fin: string;
  etablissement: string;
  adherent: string;
  etat: string;
  attente: string;
  pieces_dues: number;
  pieces_fournies: number;
}

interface PageDossiers {
  elements: Resume[];
  compte: { en_cours: number; historique: number };
}

/** What the API lists, to be compared with what is shown. */
async function attendus(page: Page, query = ''): Promise<PageDossiers> {
  const { statut, corps } = await api<PageDossiers>(page, `/api/v1/dossiers?limite=50${query}`);
  expect(statut).toBe(200);
  return corps;
}

async function ouvrir(page: Page, query = '') {
  await page.goto(`/egestion/dossiers${query}`);
  await expect(page.getByRole('heading', { level: 1, name: 'Suivre les dossiers de formation' })).toBeVisible();
}

const filtres = (page: Page) => page.getByRole('search', { name: 'Filtrer les dossiers' });
const numeros = (page: Page) => page.getByRole('row').getByRole('link', { name: /^\d{10}\.\d{2}$/ });
const vue = (page: Page, nom: RegExp) => page.getByRole('navigation', { name: 'Dossiers' }).getByRole('link', { name: nom });

/** The list shows exactly these dossiers, in this order. */
async function montre(page: Page, { elements }: PageDossiers) {
  await expect(numeros(page)).toHaveText(elements.map(d => d.numero));
}

test('the two views tell their sizes and hold their dossiers', async ({ nadia }) => {
  await ouvrir(nadia);
  const { compte, ...enCours } = await attendus(nadia);
  expect(compte.en_cours).toBeGreaterThan(5);
  expect(compte.historique).toBeGreaterThan(2);
  await expect(vue(nadia, /en cours$/)).toHaveText(`${compte.en_cours} en cours`);
  await expect(vue(nadia, /historique$/)).toHaveText(`${compte.historique} historique`);
  await montre(nadia, { compte, ...enCours });
  await expect(nadia.getByRole('status').filter({ hasText: 'par prochaine échéance' })).toContainText(`${enCours.elements.length} dossiers`);

  await vue(nadia, /historique$/).click();
  await expect(nadia).toHaveURL('/egestion/dossiers?vue=historique');
  await expect(vue(nadia, /historique$/)).toHaveAttribute('aria-current', 'page');
  await montre(nadia, await attendus(nadia, '&vue=historique'));
  await expect(numeros(nadia)).toHaveCount(compte.historique);
});

test('each filter narrows the list and is in the address; back, forward and reload follow', async ({ nadia }) => {
  await ouvrir(nadia);
  await filtres(nadia).getByLabel('Dispositif formation').selectOption('C PRO');
  await expect(nadia).toHaveURL('/egestion/dossiers?dispositif=C%20PRO');
  const cpro = await attendus(nadia, '&dispositif=C%20PRO');
  expect(cpro.elements.length).toBeGreaterThan(1);
  expect(cpro.elements.every(d => d.dispositif === 'C PRO')).toBe(true);
  await montre(nadia, cpro);

  await filtres(nadia).getByLabel('État').selectOption({ label: 'En cours d’instruction' });
  await expect(nadia).toHaveURL(/dispositif=C%20PRO&situation=en_instruction$/);
  const instruits = await attendus(nadia, '&dispositif=C%20PRO&situation=en_instruction');
  expect(instruits.elements.length).toBeGreaterThan(0);
  expect(instruits.elements.length).toBeLessThan(cpro.elements.length);
  await montre(nadia, instruits);

  await nadia.reload();
  await montre(nadia, instruits);
  await expect(filtres(nadia).getByLabel('Dispositif formation')).toHaveValue('C PRO');
  await expect(filtres(nadia).getByLabel('État')).toHaveValue('en_instruction');

  await nadia.goBack();
  await montre(nadia, cpro);
  await expect(filtres(nadia).getByLabel('État')).toHaveValue('');
  await nadia.goBack();
  await montre(nadia, await attendus(nadia));
  await expect(filtres(nadia).getByLabel('Dispositif formation')).toHaveValue('');
  await nadia.goForward();
  await montre(nadia, cpro);
  await expect(filtres(nadia).getByLabel('Dispositif formation')).toHaveValue('C PRO');
});

test('an établissement is chosen in the filters or in the head of the page', async ({ nadia }) => {
  await ouvrir(nadia);
  const avant = nadia.url();
  await filtres(nadia).getByLabel('Établissement').selectOption({ label: 'Agence de Cholet' });
  await expect(nadia).toHaveURL(/\?etablissement=[0-9a-f-]{36}$/);
  const query = new URL(nadia.url()).search.replace('?', '&');
  const cholet = await attendus(nadia, query);
  expect(cholet.elements.length).toBeGreaterThan(0);
  expect(cholet.elements.every(d => d.etablissement === 'Agence de Cholet')).toBe(true);
  await montre(nadia, cholet);
  const entite = nadia.getByRole('banner').getByText('Bâti-Rives, Agence de Cholet');
  await expect(entite.first()).toBeVisible();

  await entite.first().click();
  await nadia.getByRole('banner').getByRole('link', { name: /^Tous mes établissements/ }).click();
  await expect(nadia).toHaveURL(avant);
  await nadia.getByRole('banner').getByText('Tous mes établissements').first().click();
  await verifierPage(nadia, 'établissements open');
  await nadia.getByRole('banner').getByRole('link', { name: /^Rives Travaux Publics/ }).click();
  await montre(nadia, await attendus(nadia, new URL(nadia.url()).search.replace('?', '&')));
  await expect(filtres(nadia).getByLabel('Établissement')).not.toHaveValue('');
});

test('dates are typed as jj/mm/aaaa, and a day that does not exist is told', async ({ nadia }) => {
  await ouvrir(nadia);
  const debut = filtres(nadia).getByLabel('Début de formation dès le');
  await debut.fill('01/09/2026');
  await debut.press('Tab');
  await expect(nadia).toHaveURL('/egestion/dossiers?debut_apres=2026-09-01');
  const apres = await attendus(nadia, '&debut_apres=2026-09-01');
  expect(apres.elements.every(d => d.date_debut >= '2026-09-01')).toBe(true);
  await montre(nadia, apres);

  const fin = filtres(nadia).getByLabel('Fin de formation avant le');
  await fin.fill('31/02/2027');
  await fin.press('Tab');
  await expect(fin).toHaveAttribute('aria-invalid', 'true');
  await expect(fin).toHaveAccessibleDescription('Erreur : Le 31/02/2027 n’existe pas. Vérifiez le jour et le mois.');
  await expect(fin).toHaveValue('31/02/2027');
  await verifierPage(nadia);
  await fin.fill('hier');
  await fin.press('Tab');
  await expect(fin).toHaveAccessibleDescription(/^Erreur\s: Écrivez la date ainsi\s: \d{2}\/\d{2}\/\d{4}\.$/);
  await expect(nadia).toHaveURL('/egestion/dossiers?debut_apres=2026-09-01');
  await fin.fill('28/02/2027');
  await fin.press('Tab');
  await expect(nadia).toHaveURL(/debut_apres=2026-09-01&fin_avant=2027-02-28$/);
  await montre(nadia, await attendus(nadia, '&debut_apres=2026-09-01&fin_avant=2027-02-28'));
});

test('a date is understood as people write it, and a period that ends before it begins is told', async ({ nadia }) => {
  await ouvrir(nadia);
  const debut = filtres(nadia).getByLabel('Début de formation dès le');
  const fin = filtres(nadia).getByLabel('Fin de formation avant le');
  for (const texte of ['1/9/26', '01/09/26', '1/9/2026', '01.09.2026', '01-09-2026', '2026-09-01', '01092026']) {
    await debut.fill(texte);
    await debut.press('Tab');
    await expect(debut, texte).toHaveValue('01/09/2026');
    await expect(nadia).toHaveURL('/egestion/dossiers?debut_apres=2026-09-01');
  }

  await fin.fill('31/8/26');
  await fin.press('Tab');
  await expect(fin).toHaveAccessibleDescription('Erreur : La date de fin est avant la date de début.');
  await expect(nadia).toHaveURL('/egestion/dossiers?debut_apres=2026-09-01');
  // The other end put right, both are in force.
  await debut.fill('1/8/26');
  await debut.press('Tab');
  await expect(nadia).toHaveURL(/debut_apres=2026-08-01&fin_avant=2026-08-31$/);
  await expect(fin).not.toHaveAttribute('aria-invalid', 'true');
  await expect(fin).toHaveValue('31/08/2026');
});

test('a date refused for the other end is forgotten with it, and nothing is asked for by itself', async ({ nadia }) => {
  await ouvrir(nadia);
  const debut = filtres(nadia).getByLabel('Début de formation dès le');
  const fin = filtres(nadia).getByLabel('Fin de formation avant le');
  await debut.fill('20260901');
  await debut.press('Tab');
  await expect(nadia).toHaveURL('/egestion/dossiers?debut_apres=2026-09-01');
  await expect(debut).toHaveValue('01/09/2026');
  await fin.fill('31/8/26');
  await fin.press('Tab');
  await expect(fin).toHaveAccessibleDescription('Erreur : La date de fin est avant la date de début.');
  await nadia.goBack();
  await expect(debut).toHaveValue('');
  await expect(fin).not.toHaveAttribute('aria-invalid', 'true');
  await expect(fin).toHaveValue('');
  await montre(nadia, await attendus(nadia));
  await expect(nadia).toHaveURL('/egestion/dossiers');
});

test('a number of dossier, of demande, or the start of a name finds', async ({ nadia }) => {
  await ouvrir(nadia);
  const recherche = filtres(nadia).getByLabel('N° de dossier/demande, stagiaire');
  for (const [texte, trouves] of [
    [DOSSIERS.guide.numero, [DOSSIERS.guide.numero]],
    ['1819006292', [DOSSIERS.guide.numero]],
    [DOSSIERS.guide.demande, [DOSSIERS.guide.numero]],
    ['keriven', [DOSSIERS.riche.numero]],
    // A number is looked for in both views.
    [DOSSIERS.clos.numero, [DOSSIERS.clos.numero]],
  ] as const) {
    await recherche.fill(texte);
    await recherche.press('Enter');
    await expect(numeros(nadia)).toHaveText(trouves as unknown as string[]);
    await expect(nadia).toHaveURL(`/egestion/dossiers?q=${texte}`);
  }
});

test('the head’s search leads to the list from any page', async ({ nadia }) => {
  await nadia.goto('/egestion');
  const recherche = nadia.getByLabel('Rechercher un dossier, une demande, un stagiaire');
  await recherche.fill('1304811');
  await recherche.press('Enter');
  await expect(nadia).toHaveURL('/egestion/dossiers?q=1304811');
  await expect(numeros(nadia)).toHaveText([DOSSIERS.guide.numero]);
});

test('only what awaits the member', async ({ nadia }) => {
  await ouvrir(nadia);
  await nadia.getByRole('checkbox', { name: 'Seulement ceux qui m’attendent' }).check();
  await expect(nadia).toHaveURL('/egestion/dossiers?attendus=true');
  const attendu = await attendus(nadia, '&attendus=true');
  expect(attendu.elements.length).toBeGreaterThan(0);
  expect(attendu.elements.every(d => d.attente === 'adherent')).toBe(true);
  expect(attendu.elements.some(d => d.pieces_fournies < d.pieces_dues)).toBe(true);
  await montre(nadia, attendu);
  for (const { numero } of attendu.elements.filter(d => d.pieces_fournies < d.pieces_dues)) {
    await expect(nadia.getByRole('row').filter({ hasText: numero })).toContainText('pièces fournies');
  }
});

test('heads sort, and say so', async ({ nadia }) => {
  await ouvrir(nadia);
  const tete = (nom: string) => nadia.getByRole('columnheader', { name: nom, exact: true });
  await expect(tete('Échéance')).toHaveAttribute('aria-sort', 'ascending');
  for (const [nom, tri, sens, dit] of [
    ['Échéance', '-echeance', 'descending', 'par échéance, la plus lointaine d’abord'],
    ['N° de dossier', '-numero', 'descending', 'par numéro, le plus élevé d’abord'],
    ['N° de dossier', 'numero', 'ascending', 'par numéro, le plus petit d’abord'],
    ['Dates', '-date_debut', 'descending', 'par date de début, la plus récente d’abord'],
    ['Dates', 'date_debut', 'ascending', 'par date de début, la plus ancienne d’abord'],
    ['Dates', '-date_debut', 'descending', 'par date de début, la plus récente d’abord'],
  ] as const) {
    await tete(nom).getByRole('button').press('Enter');
    await expect(nadia).toHaveURL(`/egestion/dossiers?tri=${tri}`);
    await expect(tete(nom)).toHaveAttribute('aria-sort', sens);
    await expect(nadia.locator('th[aria-sort]')).toHaveCount(1);
    await expect(nadia.getByRole('status').filter({ hasText: dit })).toBeVisible();
    await montre(nadia, await attendus(nadia, `&tri=${tri}`));
  }
  await verifierPage(nadia);
  const parDate = await attendus(nadia, '&tri=-date_debut');
  const debuts = parDate.elements.map(d => d.date_debut);
  expect(debuts).toEqual([...debuts].sort().reverse());
  await nadia.goBack();
  await expect(tete('Dates')).toHaveAttribute('aria-sort', 'ascending');
  await tete('Échéance').getByRole('button').click();
  await expect(nadia).toHaveURL('/egestion/dossiers');
  await expect(tete('Échéance')).toHaveAttribute('aria-sort', 'ascending');
});

test('the filter of the états and the stamps say the same', async ({ nadia }) => {
  await ouvrir(nadia);
  const stamps = nadia.getByRole('row').locator('td[data-libelle="État"]');
  const options = await filtres(nadia)
    .getByLabel('État')
    .getByRole('option')
    .evaluateAll(options => options.map(o => ({ etat: (o as HTMLOptionElement).label, code: (o as HTMLOptionElement).value })));
  expect(options).toContainEqual({ etat: 'Pièces attendues', code: 'pieces_attendues' });
  let montres = 0;
  for (const { etat, code } of options.slice(1)) {
    await filtres(nadia).getByLabel('État').selectOption({ label: etat });
    await expect(nadia).toHaveURL(`/egestion/dossiers?situation=${code}`);
    const { elements } = await attendus(nadia, `&situation=${code}`);
    if (elements.length === 0) {
      await expect(nadia.getByText('Aucun dossier ne correspond')).toBeVisible();
      await expect(nadia.getByRole('button', { name: `Retirer le filtre ${etat}` })).toBeVisible();
    } else {
      await montre(nadia, { elements, compte: { en_cours: 0, historique: 0 } });
      await expect(stamps).toHaveText(elements.map(() => etat));
    }
    montres += elements.length;
  }
  expect(montres).toBe((await attendus(nadia)).elements.length);
});

test('the filter of the états says what filters, whoever made the address', async ({ nadia, claire }) => {
  const etat = (page: Page) => filtres(page).getByLabel('État');
  await ouvrir(nadia, '?etat=incomplet');
  await expect(nadia).toHaveURL('/egestion/dossiers?situation=pieces_attendues');
  await expect(etat(nadia).locator('option:checked')).toHaveText('Pièces attendues');
  await montre(nadia, await attendus(nadia, '&situation=pieces_attendues'));

  await ouvrir(claire, '?situation=pieces_attendues');
  await expect(etat(claire).locator('option:checked')).toHaveText('Pièces attendues, côté adhérent');
  await montre(claire, await attendus(claire, '&situation=pieces_attendues'));
  await etat(claire).selectOption({ label: 'Pièces attendues' });
  await expect(claire).toHaveURL('/egestion/dossiers?etat=incomplet');
  await expect(etat(claire).getByRole('option', { name: /côté adhérent$/ })).toHaveCount(0);
  await expect(etat(claire).locator('option:checked')).toHaveText('Pièces attendues');
});

test('a company is found by the start of its name', async ({ nadia, claire }) => {
  await ouvrir(nadia);
  const recherche = filtres(nadia).getByLabel('N° de dossier/demande, stagiaire, entreprise');
  await recherche.fill('rives travaux');
  await recherche.press('Enter');
  await expect(nadia).toHaveURL('/egestion/dossiers?q=rives%20travaux');
  const trouves = await attendus(nadia, '&q=rives%20travaux');
  expect(trouves.elements.length).toBeGreaterThan(0);
  expect(trouves.elements.every(d => d.adherent === 'Rives Travaux Publics')).toBe(true);
  await montre(nadia, trouves);

  await claire.goto('/gestion');
  const tete = claire.getByLabel('Rechercher un dossier, une demande, un stagiaire, une entreprise');
  await tete.fill('bâti rives');
  await tete.press('Enter');
  await expect(claire).toHaveURL('/egestion/dossiers?q=b%C3%A2ti%20rives');
  const siens = await attendus(claire, '&q=bati-rives');
  expect(siens.elements.length).toBeGreaterThan(0);
  expect(siens.elements.every(d => d.adherent === 'Bâti-Rives')).toBe(true);
  await montre(claire, siens);
});

test('on a phone the head’s search opens from its button', async ({ nadia }) => {
  await nadia.setViewportSize({ width: 390, height: 844 });
  await nadia.goto('/egestion');
  const bouton = nadia.getByRole('banner').getByRole('button', { name: 'Rechercher' }).first();
  const recherche = nadia.getByLabel('Rechercher un dossier, une demande, un stagiaire');
  await expect(recherche).toBeHidden();
  await bouton.press('Enter');
  await expect(recherche).toBeFocused();
  await verifierPage(nadia, 'search open at 390');
  await nadia.keyboard.press('Escape');
  await expect(recherche).toBeHidden();
  await expect(bouton).toBeFocused();

  // The focus is never under the sheet.
  await bouton.press('Enter');
  await expect(recherche).toBeFocused();
  await nadia.getByRole('button', { name: 'Fermer la recherche' }).focus();
  await nadia.keyboard.press('Tab');
  await expect(recherche).toBeHidden();
  await expect(nadia.getByRole('banner').getByRole('link', { name: /^Messages/ })).toBeFocused();

  await bouton.click();
  await nadia.getByRole('button', { name: 'Fermer la recherche' }).click();
  await expect(recherche).toBeHidden();
  await bouton.click();
  await recherche.fill('1304811');
  await recherche.press('Enter');
  await expect(nadia).toHaveURL('/egestion/dossiers?q=1304811');
  await expect(recherche).toBeHidden();
  await expect(numeros(nadia)).toHaveText([DOSSIERS.guide.numero]);
});

test('when nothing is found, each filter has its way out', async ({ nadia }) => {
  await ouvrir(nadia, '?dispositif=C%20PRO&q=introuvable&attendus=true');
  await expect(nadia.getByText('Aucun dossier ne correspond')).toBeVisible();
  await expect(nadia.getByRole('button', { name: /^Retirer le filtre/ })).toHaveCount(3);
  await verifierPage(nadia);

  await nadia.getByRole('button', { name: 'Retirer le filtre « introuvable »' }).click();
  await expect(nadia).toHaveURL('/egestion/dossiers?attendus=true&dispositif=C%20PRO');
  await montre(nadia, await attendus(nadia, '&attendus=true&dispositif=C%20PRO'));
  await expect(nadia.getByRole('status').filter({ hasText: 'trié' })).toBeFocused();

  await nadia.goBack();
  await nadia.getByRole('button', { name: 'Effacer les filtres' }).click();
  await expect(nadia).toHaveURL('/egestion/dossiers');
  await montre(nadia, await attendus(nadia));
});

test('a dossier opened leads back to the list as it was', async ({ nadia }) => {
  await ouvrir(nadia, '?tri=-numero');
  await numeros(nadia).first().click();
  await expect(nadia.getByRole('navigation', { name: 'Rubriques du dossier' })).toBeVisible();
  await nadia.getByRole('main').getByRole('link', { name: 'Suivre les dossiers de formation' }).click();
  await expect(nadia).toHaveURL('/egestion/dossiers?tri=-numero');
});

test('one comes back to the row that was opened, in the pages that were shown', async ({ nadia }) => {
  // Pages of three, so that there are several.
  await nadia.route(/\/api\/v1\/dossiers(\?|$)/, route => {
    const url = new URL(route.request().url());
    url.searchParams.set('limite', '3');
    return route.continue({ url: url.href });
  });
  await nadia.setViewportSize({ width: 1280, height: 480 });
  await ouvrir(nadia);
  await nadia.getByRole('button', { name: 'Afficher la suite' }).click();
  await expect(numeros(nadia)).toHaveCount(6);
  const montres = await numeros(nadia).allInnerTexts();
  const ouvert = numeros(nadia).nth(4);
  const defilement = () => nadia.evaluate(() => Math.round(window.scrollY));

  const retours = [
    () => nadia.goBack(),
    () => nadia.getByRole('main').getByRole('link', { name: 'Suivre les dossiers de formation' }).click(),
  ];
  for (const revenir of retours) {
    await ouvert.scrollIntoViewIfNeeded();
    const avant = await defilement();
    expect(avant).toBeGreaterThan(0);
    await ouvert.click();
    await expect(nadia.getByRole('navigation', { name: 'Rubriques du dossier' })).toBeVisible();
    const relue = nadia.waitForResponse(r => new URL(r.url()).searchParams.has('curseur'));
    await revenir();
    await expect(ouvert).toBeFocused();
    await expect.poll(defilement).toBe(avant);
    await relue;
    await expect(numeros(nadia)).toHaveText(montres);
    await expect(ouvert).toBeFocused();
  }
});

test('an unknown value in the address is left out, not an error', async ({ nadia }) => {
  await ouvrir(nadia, '?vue=ailleurs&tri=hasard&etat=perdu&etablissement=x&debut_apres=hier');
  await montre(nadia, await attendus(nadia));
});

test('on a phone the filters are a sheet, and dossiers are cards', async ({ nadia }) => {
  await nadia.setViewportSize({ width: 390, height: 844 });
  await ouvrir(nadia);
  await expect(filtres(nadia)).toBeHidden();
  await nadia.getByRole('button', { name: 'Filtrer les dossiers' }).click();
  await expect(filtres(nadia)).toBeVisible();
  await verifierPage(nadia, 'filters open at 390');
  await filtres(nadia).getByRole('button', { name: 'Voir les dossiers' }).focus();
  await nadia.keyboard.press('Tab');
  await expect(filtres(nadia)).toBeHidden();
  await nadia.getByRole('button', { name: 'Filtrer les dossiers' }).click();
  await filtres(nadia).getByLabel('Trier par').selectOption({ label: 'N° de dossier le plus élevé' });
  await expect(nadia).toHaveURL('/egestion/dossiers?tri=-numero');
  await filtres(nadia).getByRole('button', { name: 'Voir les dossiers' }).click();
  await expect(filtres(nadia)).toBeHidden();
  await montre(nadia, await attendus(nadia, '&tri=-numero'));
});
