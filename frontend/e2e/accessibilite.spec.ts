/** Every page but those of a dossier: axe finds nothing, nothing scrolls sideways, the title is told. */

import { prete, verifierLargeur, verifierPage, verifierPartout } from './appui/axe';
import { expect, test } from './appui/test';

test.use({ reglages: { annulation: 60 } });

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
});
