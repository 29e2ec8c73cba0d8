/** The account: signing in and out, passwords, open sessions. */

import { verifierPage } from './appui/axe';
import { estConnecte, menuCompte, seConnecter } from './appui/connexion';
import { attendreCourriel, lien } from './appui/courriels';
import { annonces } from './appui/dossier';
import { CLAIRE, DAMIEN, HELENE, MOT_DE_PASSE, NADIA, PASCAL, SOLINE } from './appui/personnes';
import { expect, test } from './appui/test';

test.use({ reglages: { annulation: 60 } });

test('a wrong password and an unknown address are told in the same words', async ({ page }) => {
  const dits: string[] = [];
  for (const [email, motDePasse] of [
    [NADIA.email, 'ce n’est pas le bon'],
    ['personne@bati-rives.example', MOT_DE_PASSE],
  ] as const) {
    await seConnecter(page, { nom: '', email }, motDePasse);
    const alerte = page.getByRole('alert');
    await expect(alerte).toContainText('Adresse ou mot de passe incorrect');
    dits.push(await alerte.innerText());
    await expect(page.getByLabel('Adresse électronique')).toHaveValue(email);
    await verifierPage(page);
  }
  expect(dits[0]).toBe(dits[1]);
});

test('each field at fault says how to put it right, and the first has the focus', async ({ page }) => {
  await page.goto('/connexion');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  const email = page.getByLabel('Adresse électronique');
  await expect(email).toBeFocused();
  await expect(email).toHaveAttribute('aria-invalid', 'true');
  await expect(email).toHaveAccessibleDescription('Erreur : Saisissez votre adresse, par exemple prenom.nom@entreprise.fr.');
  await expect(page.getByLabel('Mot de passe', { exact: true })).toHaveAccessibleDescription('Erreur : Saisissez votre mot de passe.');
  await email.fill('nadia');
  await page.keyboard.press('Enter');
  await expect(email).toHaveAccessibleDescription('Erreur : Il manque le signe « @ ».');
  await verifierPage(page);
});

test('signing in leads back to the page wanted; signing out closes the door', async ({ page }) => {
  await page.goto('/egestion/dossiers?dispositif=PLAN');
  await expect(page).toHaveURL(/\/connexion\?suite=/);
  await page.getByLabel('Adresse électronique').fill(NADIA.email);
  await page.getByLabel('Mot de passe', { exact: true }).fill(MOT_DE_PASSE);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL('/egestion/dossiers?dispositif=PLAN');
  await estConnecte(page, NADIA);

  await menuCompte(page, NADIA);
  await page.getByRole('link', { name: 'Mon compte' }).click();
  await menuCompte(page, NADIA);
  await page.getByRole('button', { name: 'Se déconnecter' }).click();
  await expect(page).toHaveURL('/connexion');
  await expect(annonces(page).getByText('Vous êtes déconnecté.')).toHaveCount(1);
  await page.goBack();
  await expect(page).toHaveURL(/\/connexion/);
  await expect(page.getByRole('heading', { level: 1, name: 'Se connecter' })).toBeVisible();
  await expect(page.getByRole('link', { name: /^\d{10}\.\d{2}$/ })).toHaveCount(0);
  await page.goto('/egestion');
  await expect(page).toHaveURL(/\/connexion\?suite=\/egestion$/);
});

test('a forgotten password is set again by the mail’s link, which works once', async ({ page, serveur }) => {
  const nouveau = 'tuile ardoise zinc et cuivre';
  await page.goto('/connexion');
  // The address typed goes from one page to the other and back, and never in the address of the page.
  await page.getByLabel('Adresse électronique').fill('pascal');
  await page.getByRole('link', { name: 'Mot de passe oublié ?' }).click();
  await expect(page).toHaveTitle('Mot de passe oublié — eGestion');
  await expect(page).toHaveURL('/mot-de-passe/oubli');
  const demande = page.getByLabel('Adresse électronique de votre compte');
  await expect(demande).toHaveValue('pascal');
  await demande.fill(PASCAL.email);
  await page.getByRole('link', { name: 'Se connecter' }).click();
  await expect(page).toHaveURL('/connexion');
  await expect(page.getByLabel('Adresse électronique')).toHaveValue(PASCAL.email);
  await page.getByRole('link', { name: 'Mot de passe oublié ?' }).click();
  await expect(demande).toHaveValue(PASCAL.email);
  await page.getByRole('button', { name: 'Envoyer le lien' }).click();
  await expect(page.getByText('Si un compte existe, le courriel est parti')).toBeVisible();
  await verifierPage(page);

  const adresse = lien(await attendreCourriel(serveur, PASCAL.email, /nouveau mot de passe/i));
  await page.goto(adresse);
  await page.getByRole('textbox', { name: 'Nouveau mot de passe' }).fill(nouveau);
  await verifierPage(page);
  await page.getByRole('button', { name: 'Changer de mot de passe' }).click();
  await expect(page.getByText('Votre mot de passe est changé')).toBeVisible();
  await verifierPage(page);

  await seConnecter(page, PASCAL);
  await expect(page.getByRole('alert')).toContainText('Adresse ou mot de passe incorrect');
  await seConnecter(page, PASCAL, nouveau);
  await estConnecte(page, PASCAL);

  await page.goto(adresse);
  await page.getByRole('textbox', { name: 'Nouveau mot de passe' }).fill('encore une autre phrase longue');
  await page.getByRole('button', { name: 'Changer de mot de passe' }).click();
  await expect(page.getByRole('alert')).toContainText('Lien expiré ou déjà utilisé');
  await verifierPage(page);
});

test('an unknown address that forgot its password is answered in the same words', async ({ page }) => {
  await page.goto('/mot-de-passe/oubli');
  await page.getByLabel('Adresse électronique de votre compte').fill('personne@bati-rives.example');
  await page.getByRole('button', { name: 'Envoyer le lien' }).click();
  await expect(page.getByText('Si un compte existe, le courriel est parti')).toBeVisible();
});

test('the gauge judges a password while it is typed, and a weak one is refused', async ({ page }) => {
  await seConnecter(page, DAMIEN);
  await estConnecte(page, DAMIEN);
  await page.goto('/compte');
  const nouveau = page.getByLabel('Nouveau mot de passe');
  const jauge = page.getByRole('status').filter({ hasText: 'Une phrase de quatre mots suffit' });
  await nouveau.fill('abc');
  await expect(jauge).toContainText('Encore 9 caractères.');
  await nouveau.fill('motdepasse123');
  await expect(jauge).toContainText(/^Se devine (tout de suite|encore)\./);
  await nouveau.fill('tuile ardoise zinc et cuivre');
  await expect(jauge).toContainText(/^(Très solide|Solide)\./);
  await verifierPage(page);

  await page.getByLabel('Mot de passe actuel').fill(MOT_DE_PASSE);
  await nouveau.fill('motdepasse123');
  await page.getByRole('button', { name: 'Changer de mot de passe' }).click();
  await expect(nouveau).toHaveAttribute('aria-invalid', 'true');
  await expect(nouveau).toBeFocused();
  await expect(page.getByText('Votre mot de passe est changé')).toHaveCount(0);
  await verifierPage(page);
});

test('a password can be shown, and pasted', async ({ ouvrir }) => {
  const page = await ouvrir();
  await page.goto('/connexion');
  const champ = page.getByLabel('Mot de passe', { exact: true });
  await page.evaluate(texte => navigator.clipboard.writeText(texte), MOT_DE_PASSE);
  await champ.focus();
  await page.keyboard.press('Control+V');
  await expect(champ).toHaveValue(MOT_DE_PASSE);
  await expect(champ).toHaveAttribute('type', 'password');
  const bouton = page.getByRole('button', { name: 'Afficher le mot de passe' });
  await bouton.click();
  await expect(bouton).toHaveAttribute('aria-pressed', 'true');
  await expect(champ).toHaveAttribute('type', 'text');
});

test('changing the password ends the other sessions', async ({ ouvrir }) => {
  const nouveau = 'poutre pignon faitage et solive';
  const [ici, ailleurs] = [await ouvrir(), await ouvrir()];
  for (const page of [ici, ailleurs]) {
    await seConnecter(page, SOLINE);
    await estConnecte(page, SOLINE);
  }
  await ailleurs.goto('/egestion');
  await ici.goto('/compte');
  await ici.getByLabel('Mot de passe actuel').fill('ce n’est pas le bon');
  await ici.getByLabel('Nouveau mot de passe').fill(nouveau);
  await ici.getByRole('button', { name: 'Changer de mot de passe' }).click();
  await expect(ici.getByLabel('Mot de passe actuel')).toHaveAttribute('aria-invalid', 'true');
  await ici.getByLabel('Mot de passe actuel').fill(MOT_DE_PASSE);
  await ici.getByRole('button', { name: 'Changer de mot de passe' }).click();
  await expect(ici.getByText('Votre mot de passe est changé')).toBeVisible();
  await expect(ici.getByLabel('Nouveau mot de passe')).toHaveValue('');

  await ailleurs.getByRole('navigation', { name: 'Espace Adhérent' }).getByRole('link', { name: 'Suivre les dossiers' }).click();
  await expect(ailleurs).toHaveURL(/\/connexion\?suite=\/egestion\/dossiers/);
  await expect(ailleurs.getByText('Votre session a pris fin')).toBeVisible();
  await verifierPage(ailleurs);
  await ailleurs.getByLabel('Adresse électronique').fill(SOLINE.email);
  await ailleurs.getByLabel('Mot de passe', { exact: true }).fill(nouveau);
  await ailleurs.keyboard.press('Enter');
  await expect(ailleurs).toHaveURL('/egestion/dossiers');
  await ici.reload();
  await estConnecte(ici, SOLINE);
});

test('the open sessions are listed, and ended one by one or together', async ({ ouvrir }) => {
  const [ici, ailleurs, autre] = [await ouvrir(), await ouvrir(), await ouvrir()];
  for (const page of [ici, ailleurs, autre]) {
    await seConnecter(page, NADIA);
    await estConnecte(page, NADIA);
  }
  await ici.goto('/compte');
  const connexions = ici.getByRole('region', { name: 'Mes connexions' });
  const lignes = connexions.getByRole('listitem');
  await expect(lignes).toHaveCount(3);
  await expect(lignes.filter({ hasText: 'Cette connexion' })).toHaveCount(1);
  await expect(lignes.first()).toContainText(/Chrom/);
  await verifierPage(ici);

  await connexions.getByRole('button', { name: /^Terminer la connexion sur/ }).first().click();
  await expect(lignes).toHaveCount(2);
  await expect(connexions.getByRole('heading', { name: 'Mes connexions' })).toBeFocused();
  await connexions.getByRole('button', { name: 'Terminer toutes les autres' }).click();
  await expect(lignes).toHaveCount(1);
  await expect(lignes).toContainText('Cette connexion');
  for (const page of [ailleurs, autre]) {
    await page.goto('/compte');
    await expect(page).toHaveURL(/\/connexion\?suite=/);
  }
  await ici.reload();
  await expect(lignes).toHaveCount(1);
});

test('the theme chosen is kept', async ({ nadia }) => {
  await nadia.goto('/egestion');
  await menuCompte(nadia, NADIA);
  const theme = nadia.getByRole('button', { name: 'Thème sombre' });
  await expect(theme).toHaveAttribute('aria-pressed', 'false');
  await theme.click();
  await expect(nadia.locator('html')).toHaveAttribute('data-theme', 'dark');
  await nadia.reload();
  await expect(nadia.locator('html')).toHaveAttribute('data-theme', 'dark');
  await menuCompte(nadia, NADIA);
  await expect(theme).toHaveAttribute('aria-pressed', 'true');
  await verifierPage(nadia, 'dark theme chosen');
});

test('the administrator of the OPCO starts with the dossiers, and has no worklist', async ({ page }) => {
  await seConnecter(page, HELENE);
  await estConnecte(page, HELENE);
  await expect(page).toHaveURL(/\/egestion\/dossiers/);
  await expect(page.getByRole('table').getByRole('row').nth(1)).toBeVisible();
  const menu = page.getByRole('navigation', { name: /^Espace/ });
  await expect(menu.getByRole('link', { name: 'Tous les dossiers' })).toBeVisible();
  await expect(menu.getByRole('link', { name: 'Ma file de travail' })).toHaveCount(0);
  await verifierPage(page);
  await page.getByRole('banner').getByRole('link', { name: /eGestion/ }).click();
  await expect(page).toHaveURL(/\/egestion\/dossiers/);
});

test('somebody corrects their own name, which is then told everywhere', async ({ page }) => {
  await seConnecter(page, CLAIRE);
  await estConnecte(page, CLAIRE);
  await page.goto('/compte');
  const corriger = page.getByRole('button', { name: 'Corriger mon nom' });
  await corriger.focus();
  await page.keyboard.press('Enter');
  const dialogue = page.getByRole('dialog', { name: 'Corriger mon nom' });
  const nom = dialogue.getByLabel('Nom', { exact: true });
  await expect(nom).toHaveValue('Aubertin');
  await nom.fill(' ');
  await page.keyboard.press('Enter');
  await expect(nom).toBeFocused();
  await expect(nom).toHaveAccessibleDescription('Erreur : Indiquez votre nom.');
  await verifierPage(page, 'a name at fault');
  await nom.fill('Aubertin-Morel');
  await page.keyboard.press('Enter');
  await expect(dialogue).toBeHidden();
  await expect(corriger).toBeFocused();
  await expect(annonces(page).getByText('Votre nom est corrigé.')).toHaveCount(1);
  await estConnecte(page, { ...CLAIRE, nom: 'Claire Aubertin-Morel' });
  await page.reload();
  await estConnecte(page, { ...CLAIRE, nom: 'Claire Aubertin-Morel' });
});
