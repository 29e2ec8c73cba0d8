/** The walk once more, by keyboard alone; at each step the focus can be seen. */

import { annonces, lienOnglet, ouvrirDossier, Piece } from './appui/dossier';
import { pdf, telecharge } from './appui/fichiers';
import { focus, tabuler } from './appui/gestes';
import { CLAIRE, DOSSIERS, MOT_DE_PASSE, NADIA } from './appui/personnes';
import { expect, test } from './appui/test';

test.use({ reglages: { annulation: 60 } });

test('a document is added to a dossier without a mouse', async ({ page }) => {
  test.setTimeout(120_000);
  const clavier = page.keyboard;

  await test.step('from the portal to eGestion', async () => {
    await page.goto('/');
    await tabuler(page, page.getByRole('link', { name: 'Accédez à votre espace' }));
    await clavier.press('Enter');
    await tabuler(page, page.getByLabel('Adresse électronique'));
    await clavier.type(NADIA.email);
    await clavier.press('Tab');
    await clavier.type(MOT_DE_PASSE);
    await clavier.press('Enter');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Bonjour ${NADIA.nom}`);
    await tabuler(page, page.getByRole('link', { name: 'Accéder à l’outil eGestion' }));
    await clavier.press('Enter');
    await expect(page).toHaveTitle('Accueil — eGestion');
    await expect(page.getByRole('main')).toBeFocused();
  });

  await test.step('to the dossier, by its number', async () => {
    const lien = page.getByRole('navigation', { name: 'Espace Adhérent' }).getByRole('link', { name: 'Suivre les dossiers de formation' });
    await tabuler(page, lien, { sens: 'Shift+Tab' });
    await clavier.press('Enter');
    await expect(page.getByRole('main')).toBeFocused();
    await tabuler(page, page.getByRole('search', { name: 'Filtrer les dossiers' }).getByLabel('N° de dossier/demande, stagiaire'));
    await clavier.type('1819006292');
    await clavier.press('Enter');
    await expect(page.getByRole('row')).toHaveCount(2);
    await tabuler(page, page.getByRole('link', { name: DOSSIERS.guide.numero, exact: true }));
    await clavier.press('Enter');
    await expect(page).toHaveTitle(`Mes documents, dossier ${DOSSIERS.guide.numero} — eGestion`);
    await expect(page.getByRole('main')).toBeFocused();
  });

  const autres = new Piece(page, 'Autres pièces');
  const fichier = await pdf('Au clavier.pdf');
  const carte = autres.carte(fichier.nom);

  await test.step('the file, by the zone’s button; the focus goes to its card', async () => {
    await autres.compte(3);
    await tabuler(page, autres.bouton);
    const choix = page.waitForEvent('filechooser');
    // A key may overtake the word that the chooser is awaited; an answer of the page may not.
    await page.evaluate(() => true);
    await clavier.press('Enter');
    const selecteur = await choix;
    expect(selecteur.isMultiple()).toBe(true);
    await selecteur.setFiles(fichier.chemin);
    await expect(carte.nom).toBeFocused();
    expect(await focus(page)).toMatchObject({ visible: true });
    await autres.compte(4);
    await expect(annonces(page).getByText(/Au clavier\.pdf déposé/)).toHaveCount(1);
  });

  await test.step('its preview: in and out', async () => {
    await clavier.press('Enter');
    const apercu = page.getByRole('dialog', { name: fichier.nom });
    await expect(apercu).toBeVisible();
    await expect(apercu.getByRole('button', { name: 'Fermer' })).toBeFocused();
    await clavier.press('Escape');
    await expect(apercu).toBeHidden();
    await expect(carte.nom).toBeFocused();
  });

  await test.step('its bytes and its receipt', async () => {
    await tabuler(page, carte.telecharger());
    const lu = page.waitForEvent('download');
    await clavier.press('Enter');
    expect((await telecharge(await lu)).sha256).toBe(fichier.sha256);

    await tabuler(page, carte.menu(), { max: 2 });
    await clavier.press('Enter');
    const recu = carte.element.getByRole('link', { name: 'Reçu de dépôt (PDF)' });
    await expect(recu).toBeVisible();
    await clavier.press('Escape');
    await expect(recu).toBeHidden();
    await expect(carte.menu()).toBeFocused();
    await clavier.press('Enter');
    await tabuler(page, recu, { max: 3 });
    const recepisse = page.waitForEvent('download');
    await clavier.press('Enter');
    expect((await telecharge(await recepisse)).octets.subarray(0, 5).toString()).toBe('%PDF-');
    // The choice is hidden with the menu: the focus is where the menu was opened.
    await expect(carte.menu()).toBeFocused();
  });

  await test.step('undone', async () => {
    await tabuler(page, autres.annuler(fichier.nom), { max: 20 });
    await clavier.press('Enter');
    await expect(carte.element).toHaveCount(0);
    await expect(autres.bouton).toBeFocused();
    expect(await focus(page)).toMatchObject({ visible: true });
    await autres.compte(3);
  });
});

test('the skip link comes first, and leads to the content', async ({ nadia }) => {
  for (const adresse of ['/egestion', '/egestion/dossiers', '/compte']) {
    await nadia.goto(adresse);
    // The page is there once it holds something to reach.
    const main = nadia.getByRole('main');
    await expect(main.getByRole('link').or(main.getByRole('button')).first()).toBeVisible();
    await nadia.keyboard.press('Tab');
    const lien = nadia.getByRole('link', { name: 'Aller au contenu' });
    await expect(lien).toBeFocused();
    await expect(lien).toBeInViewport();
    await nadia.keyboard.press('Enter');
    await expect(nadia.getByRole('main')).toBeFocused();
    await nadia.keyboard.press('Tab');
    expect(await nadia.evaluate(() => document.querySelector('main')?.contains(document.activeElement))).toBe(true);
  }
});

test('on a phone, the menu is a drawer that Escape closes', async ({ nadia }) => {
  await nadia.setViewportSize({ width: 390, height: 844 });
  await nadia.goto('/egestion');
  const bouton = nadia.getByRole('button', { name: 'Menu', exact: true });
  const menu = nadia.getByRole('navigation', { name: 'Espace Adhérent' });
  await tabuler(nadia, bouton);
  await expect(menu).toBeHidden();
  await nadia.keyboard.press('Enter');
  await expect(menu).toBeVisible();
  await nadia.keyboard.press('Tab');
  await expect(menu.getByRole('button', { name: 'Fermer le menu' })).toBeFocused();
  await nadia.keyboard.press('Escape');
  await expect(menu).toBeHidden();
  await expect(bouton).toBeFocused();

  await nadia.keyboard.press('Enter');
  await tabuler(nadia, menu.getByRole('link', { name: 'Suivre les dossiers de formation' }), { max: 8 });
  await nadia.keyboard.press('Enter');
  await expect(nadia).toHaveURL('/egestion/dossiers');
  await expect(menu).toBeHidden();
  await expect(nadia.getByRole('main')).toBeFocused();
});

test('on a phone, the filters are a sheet that Escape closes', async ({ nadia }) => {
  await nadia.setViewportSize({ width: 390, height: 844 });
  await nadia.goto('/egestion/dossiers');
  const bouton = nadia.getByRole('button', { name: 'Filtrer les dossiers' });
  const feuille = nadia.getByRole('search', { name: 'Filtrer les dossiers' });
  await tabuler(nadia, bouton);
  await nadia.keyboard.press('Enter');
  await expect(feuille).toBeVisible();
  await tabuler(nadia, feuille.getByLabel('Dispositif formation'), { max: 2 });
  await nadia.keyboard.press('Escape');
  await expect(feuille).toBeHidden();
  await expect(bouton).toBeFocused();
});

test('menus open and close by keyboard, and give the focus back', async ({ nadia }) => {
  await nadia.goto('/egestion');
  const compte = nadia.getByRole('banner').locator('summary').filter({ hasText: NADIA.nom });
  await tabuler(nadia, compte);
  await nadia.keyboard.press('Enter');
  const lien = nadia.getByRole('link', { name: 'Mon compte' });
  await expect(lien).toBeVisible();
  await nadia.keyboard.press('Tab');
  await expect(lien).toBeFocused();
  await nadia.keyboard.press('Escape');
  await expect(lien).toBeHidden();
  await expect(compte).toBeFocused();
});

test('tabs of a dossier are links: each has its address, its title and its place', async ({ nadia }) => {
  await ouvrirDossier(nadia, DOSSIERS.guide.numero, 'Mes documents');
  for (const [onglet, titre] of [
    ['Inscription(s)', 'Inscriptions'],
    ['Règlement(s)', 'Règlements'],
    ['Documents Constructys', 'Documents Constructys'],
    ['Message(s)', 'Messages'],
  ] as const) {
    await lienOnglet(nadia, onglet).focus();
    await nadia.keyboard.press('Enter');
    await expect(nadia).toHaveTitle(`${titre}, dossier ${DOSSIERS.guide.numero} — eGestion`);
    await expect(nadia.getByRole('main')).toBeFocused();
  }
});

test('a message is written and put back to unread by keyboard', async ({ nadia }) => {
  await ouvrirDossier(nadia, DOSSIERS.guide.numero, 'Message(s)');
  await tabuler(nadia, nadia.getByLabel(/^Écrire à /));
  await nadia.keyboard.type('Écrit au clavier.');
  await tabuler(nadia, nadia.getByRole('button', { name: 'Envoyer', exact: true }), { max: 5 });
  await nadia.keyboard.press('Enter');
  await expect(nadia.getByRole('article').filter({ hasText: 'Écrit au clavier.' })).toBeVisible();
  const recu = nadia.getByRole('article', { name: new RegExp(`^${CLAIRE.nom}`) }).first();
  await tabuler(nadia, recu.getByRole('button', { name: /^Marquer comme non lu/ }));
  await nadia.keyboard.press('Enter');
  await expect(recu.getByText('Non lu', { exact: true })).toBeVisible();
  await expect(recu.getByRole('button', { name: /^Marquer comme lu/ })).toBeFocused();
});

test('a dossier’s decision is taken by keyboard on the other side', async ({ claire }) => {
  await ouvrirDossier(claire, DOSSIERS.riche.numero, 'Documents de l’adhérent');
  const facture = new Piece(claire, 'Facture de l’organisme').carte('Facture_FA-2026-1187.pdf');
  await tabuler(claire, facture.element.getByRole('button', { name: /^À compléter/ }), { max: 200 });
  await claire.keyboard.press('Enter');
  const dialogue = claire.getByRole('dialog', { name: 'Demander de compléter la pièce' });
  await expect(dialogue.getByRole('button', { name: 'Fermer' })).toBeFocused();
  await tabuler(claire, dialogue.getByLabel('Motif'), { max: 2 });
  await claire.keyboard.type('La facture ne porte pas de date.');
  await tabuler(claire, dialogue.getByRole('button', { name: 'Demander de compléter' }), { max: 3 });
  await claire.keyboard.press('Enter');
  await expect(dialogue).toBeHidden();
  await expect(facture.element).toContainText('À compléter');
  await expect(facture.nom).toBeFocused();
});
