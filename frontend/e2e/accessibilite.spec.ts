/** Every page and state: axe finds nothing, nothing scrolls sideways, the title and the focus follow the address. */

import { verifierLargeur, verifierPage, verifierPartout } from './appui/axe';
import { ouvrirDossier, ouvrirOnglet, Piece } from './appui/dossier';
import { ecrire, pdf } from './appui/fichiers';
import { lacher } from './appui/gestes';
import { CLAIRE, DOSSIERS, NADIA } from './appui/personnes';
import { repondre } from './appui/reseau';
import { expect, type Page, test } from './appui/test';

test.use({ reglages: { annulation: 60 } });

/** Once the page has what it reads. */
async function prete(page: Page) {
  await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
  await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
}

test.describe('for anybody', () => {
  for (const [adresse, titre] of [
    ['/', 'Portail de services — eGestion'],
    ['/connexion', 'Se connecter — eGestion'],
    ['/compte/creer', 'Créer un compte — eGestion'],
    ['/compte/confirmer', 'Confirmer mon adresse — eGestion'],
    ['/compte/confirmer?jeton=inconnu', 'Confirmer mon adresse — eGestion'],
    ['/mot-de-passe/oubli', 'Mot de passe oublié — eGestion'],
    ['/mot-de-passe/nouveau', 'Nouveau mot de passe — eGestion'],
    ['/mot-de-passe/nouveau?jeton=inconnu', 'Nouveau mot de passe — eGestion'],
    ['/accessibilite', 'Accessibilité — eGestion'],
    ['/donnees-personnelles', 'Données personnelles — eGestion'],
    ['/mentions-legales', 'Mentions légales — eGestion'],
    ['/nulle-part', 'Page introuvable — eGestion'],
  ] as const) {
    test(adresse, async ({ page }) => {
      await page.goto(adresse);
      await prete(page);
      await expect(page).toHaveTitle(titre);
      await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
      await verifierPartout(page);
    });
  }

  test('/compte/creer, with every fault', async ({ page }) => {
    await page.goto('/compte/creer');
    await page.getByRole('button', { name: 'Créer mon compte' }).click();
    await expect(page.locator('[aria-invalid=true]')).toHaveCount(7);
    await expect(page.getByLabel('SIRET de votre établissement')).toBeFocused();
    await verifierPartout(page);
    await page.getByLabel('SIRET de votre établissement').fill('998 412 308 00013');
    await page.keyboard.press('Tab');
    await expect(page.getByLabel('SIRET de votre établissement')).toHaveAccessibleDescription(/Erreur\s: /);
  });

  test('/compte/confirmer, with a link that is no longer good', async ({ page }) => {
    await page.goto('/compte/confirmer?jeton=inconnu');
    await page.getByRole('button', { name: 'Activer mon compte' }).click();
    await expect(page.getByRole('alert')).toContainText('Lien expiré ou déjà utilisé');
    await verifierPartout(page);
  });
});

test.describe('for a member', () => {
  for (const [adresse, titre] of [
    ['/', 'Portail de services — eGestion'],
    ['/tutoriel', 'Espace Tutoriel — eGestion'],
    ['/competences', 'Espace Compétences — eGestion'],
    ['/egestion', 'Accueil — eGestion'],
    ['/egestion/messagerie', 'Messagerie — eGestion'],
    ['/egestion/messagerie?non_lus=true', 'Messagerie — eGestion'],
    ['/egestion/messagerie?q=introuvable', 'Messagerie — eGestion'],
    ['/egestion/dossiers', 'Suivre les dossiers de formation — eGestion'],
    ['/egestion/dossiers?vue=historique', 'Suivre les dossiers de formation — eGestion'],
    ['/egestion/dossiers?q=introuvable&dispositif=PLAN', 'Suivre les dossiers de formation — eGestion'],
    ['/compte', 'Mon compte — eGestion'],
    ['/mentions-legales', 'Mentions légales — eGestion'],
  ] as const) {
    test(adresse, async ({ nadia }) => {
      await nadia.goto(adresse);
      await prete(nadia);
      await expect(nadia).toHaveTitle(titre);
      await verifierPartout(nadia);
    });
  }

  test('a service of the portal', async ({ nadia }) => {
    await nadia.goto('/');
    await nadia.getByRole('region', { name: /^Mes services/ }).getByRole('link', { name: 'Gérer la formation' }).click();
    await expect(nadia).toHaveTitle('Gérer la formation — eGestion');
    await expect(nadia.getByRole('main')).toBeFocused();
    await prete(nadia);
    await verifierPartout(nadia);
  });

  test('a message shown in the inbox', async ({ nadia }) => {
    await nadia.goto('/egestion/messagerie');
    await nadia.getByRole('list', { name: 'Messages' }).getByRole('link').first().click();
    await expect(nadia.getByRole('region', { name: 'Message affiché' }).getByRole('article').first()).toBeVisible();
    await verifierPartout(nadia);
  });

  for (const [nom, numero] of [
    ['the guide’s', DOSSIERS.guide.numero],
    ['with everything in it', DOSSIERS.riche.numero],
    ['closed', DOSSIERS.clos.numero],
    ['being written', DOSSIERS.brouillon.numero],
  ] as const) {
    test(`the five tabs of a dossier: ${nom}`, async ({ nadia }) => {
      test.setTimeout(120_000);
      await ouvrirDossier(nadia, numero);
      for (const onglet of ['Inscription(s)', 'Règlement(s)', 'Mes documents', 'Documents Constructys', 'Message(s)'] as const) {
        await nadia.setViewportSize({ width: 1280, height: 900 });
        await ouvrirOnglet(nadia, onglet);
        await prete(nadia);
        await verifierPartout(nadia);
      }
    });
  }

  test('the history of a dossier, disclosed', async ({ nadia }) => {
    await ouvrirDossier(nadia, DOSSIERS.riche.numero, 'Mes documents');
    await nadia.getByText('Historique du dossier').click();
    await expect(nadia.getByText('dernier changement le')).toBeVisible();
    await verifierPartout(nadia);
  });

  test('a dossier that does not exist, and an address that is not one', async ({ nadia }) => {
    await nadia.goto('/egestion/dossiers/00000000-0000-4000-8000-000000000000/documents');
    await expect(nadia.getByRole('alert')).toContainText('Introuvable');
    await expect(nadia.getByRole('button', { name: 'Réessayer' })).toHaveCount(0);
    await verifierPartout(nadia);
    await nadia.goto('/egestion/dossiers/pas-un-identifiant/documents');
    await expect(nadia.getByText('Ce dossier n’existe pas')).toBeVisible();
    await verifierPartout(nadia);
  });

  test('rows of files in every state', async ({ nadia }) => {
    await ouvrirDossier(nadia, DOSSIERS.guide.numero, 'Mes documents');
    const autres = new Piece(nadia, 'Autres pièces');
    await nadia.context().setOffline(true);
    await lacher(
      autres.nuage,
      await ecrire('Un nom très long_qui ne se coupe_pas_facilement_parce_qu_il_est_sans_espace_2026-11-23_v12.txt', Buffer.from('x')),
      await ecrire('Vide.pdf', Buffer.alloc(0)),
      await ecrire('Lourd.pdf', Buffer.alloc(21 * 1024 * 1024)),
      await pdf('Perdu.pdf'),
    );
    await expect(autres.liste.getByRole('alert')).toHaveCount(3);
    await expect(autres.envoi('Perdu.pdf').element).toContainText('Connexion perdue');
    await verifierPartout(nadia);
    await nadia.context().setOffline(false);
    await expect(autres.carte('Perdu.pdf').element).toBeVisible();
    await verifierPartout(nadia);
  });

  test('dialogs and menus, on a wide screen and on a phone', async ({ nadia }) => {
    test.setTimeout(120_000);
    await ouvrirDossier(nadia, DOSSIERS.riche.numero, 'Mes documents');
    const carte = new Piece(nadia, 'Autres pièces').carte('Courrier_report_session_septembre.pdf');
    const photo = new Piece(nadia, 'Autres pièces').carte('Photo_plateau_echafaudage.png');
    const convention = new Piece(nadia, 'Convention de formation signée').carte('Convention_Cap-Chantier_R408_signee.pdf');

    // A menu floats over the cards around it: what it covers cannot be aimed at meanwhile.
    await carte.menu().click();
    await verifierPartout(nadia, 'details[open]');
    await nadia.keyboard.press('Escape');

    await convention.element.getByRole('button', { name: /^version 2/ }).click();
    await expect(nadia.getByRole('dialog').getByRole('listitem')).toHaveCount(2);
    await verifierPartout(nadia);
    await nadia.keyboard.press('Escape');

    for (const document of [carte, photo]) {
      await document.nom.click();
      await expect(nadia.getByRole('dialog', { name: document.fichier })).toBeVisible();
      await verifierPartout(nadia);
      await nadia.keyboard.press('Escape');
    }

    await nadia.getByRole('banner').getByText(NADIA.nom).click();
    await verifierPartout(nadia, 'details[open]');
    await nadia.keyboard.press('Escape');
  });

  test('drawers on a phone', async ({ nadia }) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await nadia.emulateMedia({ colorScheme });
      await nadia.setViewportSize({ width: 390, height: 844 });
      await nadia.goto('/egestion/dossiers');
      await prete(nadia);
      await nadia.getByRole('button', { name: 'Menu', exact: true }).click();
      await verifierPage(nadia, `menu, ${colorScheme}`);
      await nadia.keyboard.press('Escape');
      await nadia.getByRole('button', { name: 'Filtrer les dossiers' }).click();
      await verifierPage(nadia, `filters, ${colorScheme}`);
      await nadia.setViewportSize({ width: 320, height: 640 });
      await verifierLargeur(nadia);
      await nadia.keyboard.press('Escape');
    }
  });
});

test.describe('for a gestionnaire', () => {
  for (const [adresse, titre] of [
    ['/gestion', 'Ma file de travail — eGestion'],
    ['/egestion/dossiers', 'Suivre les dossiers de formation — eGestion'],
    ['/egestion/messagerie', 'Messagerie — eGestion'],
    ['/compte', 'Mon compte — eGestion'],
  ] as const) {
    test(adresse, async ({ claire }) => {
      await claire.goto(adresse);
      await prete(claire);
      await expect(claire).toHaveTitle(titre);
      await verifierPartout(claire);
    });
  }

  test('the five tabs of a dossier', async ({ claire }) => {
    test.setTimeout(120_000);
    await ouvrirDossier(claire, DOSSIERS.riche.numero);
    for (const onglet of ['Inscription(s)', 'Règlement(s)', 'Documents de l’adhérent', 'Documents Constructys', 'Message(s)'] as const) {
      await claire.setViewportSize({ width: 1280, height: 900 });
      await ouvrirOnglet(claire, onglet);
      await prete(claire);
      await verifierPartout(claire);
    }
  });

  test('the dialogs of the examination', async ({ claire }) => {
    await ouvrirDossier(claire, DOSSIERS.riche.numero, 'Documents de l’adhérent');
    await claire.getByRole('button', { name: 'Demander à l’adhérent : Devis' }).click();
    await verifierPartout(claire);
    await claire.keyboard.press('Escape');
    const facture = new Piece(claire, 'Facture de l’organisme').carte('Facture_FA-2026-1187.pdf');
    await facture.element.getByRole('button', { name: /^Refuser/ }).click();
    await expect(claire.getByRole('dialog', { name: 'Refuser la pièce' })).toBeVisible();
    await verifierPartout(claire);
  });
});

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
