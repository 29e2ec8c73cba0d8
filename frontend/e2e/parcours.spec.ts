/** The user guide, « Ajouter un document à un dossier existant », step by step. */

import { verifierPage } from './appui/axe';
import { attendreCourriel, lien } from './appui/courriels';
import { aujourdhui } from './appui/dates';
import { api, Piece, ouvrirOnglet } from './appui/dossier';
import { pdf, telecharge } from './appui/fichiers';
import { lacher, ralentir, survoler } from './appui/gestes';
import { clair } from './appui/pdf';
import { CLAIRE, DOSSIERS, ENTREPRISE, MOT_DE_PASSE, NADIA } from './appui/personnes';
import { expect, test } from './appui/test';

test.use({ annulation: 3 });

test('somebody who knows the company’s two numbers creates an account alone', async ({ page, serveur }) => {
  const email = 'y.benali@bati-rives.example';
  const motDePasse = 'grue jaune sur le quai nord';

  await page.goto('/');
  await verifierPage(page);
  await page.getByRole('link', { name: 'Créer un compte' }).click();
  await expect(page).toHaveTitle('Créer un compte — eGestion');
  await page.getByLabel('SIRET de votre établissement').fill(ENTREPRISE.siret);
  await page.getByLabel('Numéro d’adhérent').fill(ENTREPRISE.numero);
  await page.getByLabel('Prénom').fill('Yanis');
  await page.getByLabel('Nom', { exact: true }).fill('Benali');
  await page.getByLabel('Adresse électronique professionnelle').fill(email);
  await page.getByLabel('Mot de passe', { exact: true }).fill(motDePasse);
  await expect(page.getByText(/^(Très solide|Solide)\.$/)).toBeVisible();
  await page.getByRole('checkbox', { name: /J’ai lu l’information sur les données personnelles/ }).check();
  await verifierPage(page, 'filled in');
  await page.getByRole('button', { name: 'Créer mon compte' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Un courriel vous attend' })).toContainText(email);
  await verifierPage(page, 'sent');

  await page.goto(lien(await attendreCourriel(serveur, email, /confirm/i)));
  await page.getByRole('button', { name: 'Activer mon compte' }).click();
  await expect(page.getByText('Votre compte est actif')).toBeVisible();
  await verifierPage(page, 'confirmed');
  await page.getByRole('link', { name: 'Se connecter' }).last().click();
  await page.getByLabel('Adresse électronique').fill(email);
  await page.getByLabel('Mot de passe', { exact: true }).fill(motDePasse);
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Bonjour Yanis Benali');
});

test('an account asked for with a wrong number is answered in the same words; only the mailbox learns why', async ({ page, serveur }) => {
  const email = 'i.connue@bati-rives.example';
  await page.goto('/compte/creer');
  await page.getByLabel('SIRET de votre établissement').fill(ENTREPRISE.siret);
  await page.getByLabel('Numéro d’adhérent').fill('A0440-99999');
  await page.getByLabel('Prénom').fill('Inès');
  await page.getByLabel('Nom', { exact: true }).fill('Connue');
  await page.getByLabel('Adresse électronique professionnelle').fill(email);
  await page.getByLabel('Mot de passe', { exact: true }).fill('quatre mots assez longs');
  await page.getByRole('checkbox', { name: /J’ai lu/ }).check();
  await page.getByRole('button', { name: 'Créer mon compte' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Un courriel vous attend' })).toContainText(email);
  const courriel = await attendreCourriel(serveur, email, /./);
  expect(courriel.corps).toContain('ne vont pas ensemble');
  expect(lien(courriel)).toBe('/compte/creer');
});

test('a member adds a document to a dossier, and the gestionnaire has it', async ({ page, claire }) => {
  test.setTimeout(120_000);

  await test.step('1. the portal leads to sign in', async () => {
    await page.goto('/');
    await expect(page).toHaveTitle('Portail de services — eGestion');
    await page.getByRole('link', { name: 'Accédez à votre espace' }).click();
    await expect(page).toHaveTitle('Se connecter — eGestion');
    await verifierPage(page);
    await page.getByLabel('Adresse électronique').fill(NADIA.email);
    await page.getByLabel('Mot de passe', { exact: true }).fill(MOT_DE_PASSE);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Bonjour ${NADIA.nom}`);
  });

  await test.step('2. the portal’s home shows the services and the favourites, which persist', async () => {
    const favoris = page.getByRole('region', { name: 'Mes outils favoris' });
    await expect(favoris.getByRole('heading', { name: 'eGestion' })).toBeVisible();
    await expect(page.getByRole('region', { name: /^Mes services/ }).getByRole('link').first()).toBeVisible();
    await verifierPage(page);

    const competences = favoris.getByRole('heading', { name: 'Espace Compétences', level: 3 });
    const avant = await competences.count();
    await favoris.getByRole('button', { name: 'Gérer mes favoris' }).click();
    await verifierPage(page, 'favourites open');
    await favoris.getByRole('checkbox', { name: 'Espace Compétences' }).setChecked(avant === 0);
    await favoris.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(competences).toHaveCount(avant === 0 ? 1 : 0);
    await expect(favoris.getByRole('button', { name: 'Gérer mes favoris' })).toBeFocused();
    await page.reload();
    await expect(favoris.getByRole('heading', { name: 'eGestion' })).toBeVisible();
    await expect(competences).toHaveCount(avant === 0 ? 1 : 0);

    await favoris.getByRole('link', { name: 'Accéder à l’outil eGestion' }).click();
  });

  await test.step('3. eGestion’s home: menu, welcome, messages, INFORMATIONS, contacts, guides', async () => {
    await expect(page).toHaveTitle('Accueil — eGestion');
    await expect(page.getByRole('heading', { level: 1 })).toContainText(NADIA.nom);
    await expect(page.getByRole('navigation', { name: 'Espace Adhérent' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Messages non lus' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'INFORMATIONS' }).getByRole('article').first()).toBeVisible();

    const contacts = page.getByRole('region', { name: 'Mes contacts' });
    await expect(contacts.getByRole('heading', { name: CLAIRE.nom })).toBeVisible();
    await expect(contacts.locator('a[href^="tel:"]').first()).toHaveText(/\d{2} \d{2} \d{2}/);
    await expect(contacts.getByRole('link', { name: CLAIRE.email })).toHaveAttribute('href', `mailto:${CLAIRE.email}`);
    await verifierPage(page);

    const guide = page.getByRole('region', { name: 'Découvrir votre espace' }).getByRole('link').first();
    const telechargement = page.waitForEvent('download');
    await guide.click();
    const { nom, octets } = await telecharge(await telechargement);
    expect(nom).toMatch(/\.pdf$/);
    expect(octets.subarray(0, 5).toString()).toBe('%PDF-');
    expect(octets.subarray(-64).toString()).toContain('%%EOF');
  });

  await test.step('4. the list of dossiers, filtered by a number, opened by keyboard', async () => {
    await page.getByRole('navigation', { name: 'Espace Adhérent' }).getByRole('link', { name: 'Suivre les dossiers de formation' }).click();
    await expect(page).toHaveTitle('Suivre les dossiers de formation — eGestion');
    const vues = page.getByRole('navigation', { name: 'Dossiers' });
    await expect(vues.getByRole('link', { name: /^\d+ en cours$/ })).toHaveAttribute('aria-current', 'page');
    await expect(vues.getByRole('link', { name: /^\d+ historique$/ })).toBeVisible();
    const filtres = page.getByRole('search', { name: 'Filtrer les dossiers' });
    for (const nom of ['Dispositif formation', 'N° de dossier/demande, stagiaire', 'Établissement', 'Début de formation dès le', 'Fin de formation avant le']) {
      await expect(filtres.getByLabel(nom)).toBeVisible();
    }
    for (const nom of ['N° de dossier', 'N° de demande', 'Formation', 'Dispo formation', 'Dates', 'État', 'Pièces', 'Échéance']) {
      await expect(page.getByRole('columnheader', { name: nom, exact: true })).toBeVisible();
    }
    await verifierPage(page);

    await filtres.getByLabel('N° de dossier/demande, stagiaire').fill('1819006292');
    await page.keyboard.press('Enter');
    const dossier = page.getByRole('link', { name: DOSSIERS.guide.numero, exact: true });
    await expect(dossier).toBeVisible();
    await expect(page.getByRole('row')).toHaveCount(2);
    await expect(page.getByRole('row').last()).toContainText(DOSSIERS.guide.demande);
    await expect(page).toHaveURL(/[?&]q=1819006292(&|$)/);
    await dossier.focus();
    await page.keyboard.press('Enter');
  });

  await test.step('5. the dossier, its numbers and its tabs', async () => {
    await expect(page).toHaveTitle(`Mes documents, dossier ${DOSSIERS.guide.numero} — eGestion`);
    const contenu = page.getByRole('main');
    await expect(contenu.getByRole('heading', { level: 1 })).not.toBeEmpty();
    await expect(contenu.getByText(/^du 01\/07\/2019 au 31\/12\/2019$/i)).toBeVisible();
    await expect(contenu.getByText(/^[eé]tat\s: en cours$/i)).toBeVisible();
    await expect(contenu.getByText(DOSSIERS.guide.demande, { exact: true })).toBeVisible();
    for (const onglet of ['Inscription(s)', 'Règlement(s)', 'Message(s)', 'Documents Constructys', 'Mes documents'] as const) {
      await ouvrirOnglet(page, onglet);
      await expect(contenu.getByRole('heading', { level: 2 }).first()).toBeAttached();
      await verifierPage(page);
    }
  });

  const autres = new Piece(page, 'Autres pièces');
  const [convention, plan] = [await pdf('Convention signée.pdf', 1_500_000), await pdf('Plan d’accès au chantier.pdf')];

  await test.step('6. files dropped on the cloud: progress, then their cards', async () => {
    await autres.compte(3);
    await expect(page.getByText('Tout document déposé est automatiquement transmis à Constructys.')).toBeVisible();

    const geste = await survoler(autres.nuage, { fichiers: [convention.chemin, plan.chemin] });
    await expect(autres.bouton).toContainText('Relâcher pour déposer 2 fichiers');
    await verifierPage(page, 'files over the cloud');
    const reseau = await ralentir(page, 100_000);
    await geste.lacher();

    const envoi = autres.envoi(convention.nom);
    await expect(envoi.progression).toBeVisible();
    await expect(envoi.progression).toHaveAccessibleName(`Envoi de ${convention.nom}`);
    await expect(envoi.element).toContainText(/\d+\s%/);
    await expect(envoi.element).toContainText(/ sur 1,4\sMo/);
    await expect.poll(() => envoi.progression.evaluate((p: HTMLProgressElement) => p.value)).toBeGreaterThan(10);
    await expect(envoi.element).toContainText(/encore \d+\ss/);
    await expect(envoi.bouton(`Annuler l’envoi de ${convention.nom}`)).toBeVisible();
    await verifierPage(page, 'files on their way');
    await reseau.liberer();

    for (const fichier of [convention, plan]) {
      const carte = autres.carte(fichier.nom);
      await expect(carte.element).toContainText(`Déposé le ${aujourdhui()}`);
      await expect(carte.element).toContainText(`par ${NADIA.nom}`);
      await expect(carte.telecharger()).toBeVisible();
    }
    await autres.compte(5);
    await verifierPage(page, 'deposited');
  });

  await test.step('7. transmitted, with a receipt; the gestionnaire has it', async () => {
    const carte = autres.carte(convention.nom);
    await expect(carte.element).toContainText(new RegExp(`Transmis à Constructys le ${aujourdhui()} à \\d{2}\\sh\\s\\d{2}`), { timeout: 15_000 });
    await verifierPage(page, 'transmitted');

    const telechargement = page.waitForEvent('download');
    await carte.telecharger().click();
    const recu = await telecharge(await telechargement);
    expect(recu.nom).toBe(convention.nom);
    expect(recu.sha256).toBe(convention.sha256);

    const recepisse = page.waitForEvent('download');
    await (await carte.action('Reçu de dépôt (PDF)')).click();
    const { octets } = await telecharge(await recepisse);
    expect(octets.subarray(0, 5).toString()).toBe('%PDF-');
    const { corps: document } = await api<{ sha256: string; recu: string }>(page, `/api/v1/documents/${await carte.id()}`);
    expect(document.sha256).toBe(convention.sha256);
    expect(clair(octets)).toContain(convention.sha256);
    expect(clair(octets)).toContain(document.recu);

    await claire.goto('/gestion');
    const ligne = claire.getByRole('row').filter({ has: claire.getByRole('link', { name: DOSSIERS.guide.numero, exact: true }) });
    await expect(ligne).toContainText(/[2-9]\sdocuments/);
    await ligne.getByRole('link', { name: DOSSIERS.guide.numero, exact: true }).click();
    const chezClaire = new Piece(claire, 'Autres pièces').carte(convention.nom);
    const lu = claire.waitForEvent('download');
    await chezClaire.telecharger().click();
    expect((await telecharge(await lu)).sha256).toBe(convention.sha256);
  });

  await test.step('two files at once left nothing behind, and the dossier says so after a reload', async () => {
    await page.reload();
    await autres.compte(5);
    await lacher(autres.nuage, await pdf('Avenant.pdf'));
    await expect(autres.carte('Avenant.pdf').element).toBeVisible();
    await autres.compte(6);
  });
});
