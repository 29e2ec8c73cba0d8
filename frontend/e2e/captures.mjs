// Pictures of each page and state, at 1280 and 390, light and dark, to be looked at: `node captures.mjs folder [part of a name]`.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ARGUMENTS, CHROMIUM } from './appui/navigateur.mjs';
import { demarrer } from './appui/serveur.mjs';

const [dossier = 'captures', partie = ''] = process.argv.slice(2);
const MOT_DE_PASSE = 'chantier-echafaudage-bleu';
const RICHE = '1826006292.01';
const GUIDE = '1819006292.01';

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {{ nom: string, adresse: string, faire?: (page: Page) => Promise<unknown> }} Vue */

/** @param {Page} page @param {string} onglet */
const onglet = (page, onglet) => page.getByRole('navigation', { name: 'Rubriques du dossier' }).getByRole('link', { name: onglet }).click();

/** @param {string} numero @param {string} [rubrique] @param {(page: Page) => Promise<unknown>} [ensuite] */
const dossierPuis = (numero, rubrique, ensuite) => async (/** @type {Page} */ page) => {
  await page.getByRole('row').getByRole('link', { name: numero, exact: true }).click();
  await page.getByRole('navigation', { name: 'Rubriques du dossier' }).waitFor();
  if (rubrique) await onglet(page, rubrique);
  await ensuite?.(page);
};

/** @type {Vue[]} */
const PUBLIQUES = [
  { nom: 'portail-public', adresse: '/' },
  { nom: 'connexion', adresse: '/connexion' },
  { nom: 'connexion-fautes', adresse: '/connexion', faire: page => page.getByRole('button', { name: 'Se connecter' }).click() },
  { nom: 'compte-creer', adresse: '/compte/creer' },
  { nom: 'compte-creer-fautes', adresse: '/compte/creer', faire: page => page.getByRole('button', { name: 'Créer mon compte' }).click() },
  { nom: 'compte-confirmer', adresse: '/compte/confirmer?jeton=x' },
  { nom: 'invitation-perdue', adresse: '/invitation?jeton=x' },
  { nom: 'mot-de-passe-oubli', adresse: '/mot-de-passe/oubli' },
  { nom: 'mot-de-passe-nouveau', adresse: '/mot-de-passe/nouveau?jeton=x' },
  { nom: 'mentions-legales', adresse: '/mentions-legales' },
  { nom: 'introuvable', adresse: '/nulle-part' },
];

/** @type {Vue[]} */
const MEMBRE = [
  { nom: 'portail', adresse: '/' },
  { nom: 'portail-favoris', adresse: '/', faire: page => page.getByRole('button', { name: 'Gérer mes favoris' }).click() },
  { nom: 'tutoriel', adresse: '/tutoriel' },
  { nom: 'competences', adresse: '/competences' },
  { nom: 'accueil', adresse: '/egestion' },
  { nom: 'utilisateurs', adresse: '/egestion/utilisateurs' },
  { nom: 'utilisateurs-modifier', adresse: '/egestion/utilisateurs', faire: page => page.getByRole('button', { name: /^Modifier les droits/ }).first().click() },
  { nom: 'utilisateurs-inviter', adresse: '/egestion/utilisateurs', faire: page => page.getByRole('button', { name: 'Inviter une personne' }).click() },
  { nom: 'messagerie', adresse: '/egestion/messagerie' },
  { nom: 'messagerie-message', adresse: '/egestion/messagerie', faire: page => page.getByRole('list', { name: 'Messages' }).getByRole('link').first().click() },
  { nom: 'messagerie-vide', adresse: '/egestion/messagerie?q=introuvable' },
  { nom: 'dossiers', adresse: '/egestion/dossiers' },
  { nom: 'dossiers-historique', adresse: '/egestion/dossiers?vue=historique' },
  { nom: 'dossiers-aucun', adresse: '/egestion/dossiers?q=introuvable&dispositif=PLAN' },
  { nom: 'dossier-inscriptions', adresse: `/egestion/dossiers?q=${RICHE}`, faire: dossierPuis(RICHE, 'Inscription(s)') },
  { nom: 'dossier-reglements', adresse: '/egestion/dossiers?q=1826004410.01', faire: dossierPuis('1826004410.01', 'Règlement(s)') },
  { nom: 'dossier-documents', adresse: `/egestion/dossiers?q=${RICHE}`, faire: dossierPuis(RICHE) },
  { nom: 'dossier-documents-guide', adresse: `/egestion/dossiers?q=${GUIDE}`, faire: dossierPuis(GUIDE) },
  { nom: 'dossier-documents-clos', adresse: '/egestion/dossiers?q=1826002018.01', faire: dossierPuis('1826002018.01') },
  { nom: 'dossier-documents-opco', adresse: `/egestion/dossiers?q=${RICHE}`, faire: dossierPuis(RICHE, 'Documents Constructys') },
  { nom: 'dossier-messages', adresse: `/egestion/dossiers?q=${RICHE}`, faire: dossierPuis(RICHE, 'Message(s)') },
  { nom: 'dossier-historique', adresse: `/egestion/dossiers?q=${RICHE}`, faire: dossierPuis(RICHE, undefined, page => page.getByText('Historique du dossier').click()) },
  { nom: 'dossier-depot', adresse: `/egestion/dossiers?q=${GUIDE}`, faire: dossierPuis(GUIDE, undefined, deposer) },
  { nom: 'dossier-transmission-tardive', adresse: `/egestion/dossiers?q=${GUIDE}`, faire: dossierPuis(GUIDE, undefined, tarder) },
  { nom: 'dossier-envoi-pause', adresse: `/egestion/dossiers?q=${GUIDE}`, faire: dossierPuis(GUIDE, undefined, mettreEnPause) },
  { nom: 'dossier-envoi-reseau', adresse: `/egestion/dossiers?q=${GUIDE}`, faire: dossierPuis(GUIDE, undefined, perdreLeReseau) },
  { nom: 'dossier-envoi-a-choisir', adresse: `/egestion/dossiers?q=${GUIDE}`, faire: dossierPuis(GUIDE, undefined, perdreLesOctets) },
  { nom: 'dossier-absent', adresse: '/egestion/dossiers/00000000-0000-4000-8000-000000000000/documents' },
  { nom: 'clients', adresse: '/egestion/acces-api' },
  { nom: 'clients-nouveau', adresse: '/egestion/acces-api', faire: page => page.getByRole('button', { name: 'Nouvel accès' }).click() },
  { nom: 'clients-fautes', adresse: '/egestion/acces-api', faire: seTromper },
  { nom: 'clients-secret', adresse: '/egestion/acces-api', faire: donnerAcces },
  { nom: 'clients-fiche', adresse: '/egestion/acces-api', faire: voirAcces },
  { nom: 'clients-renouveler', adresse: '/egestion/acces-api', faire: renouveler },
  { nom: 'clients-cle', adresse: '/egestion/acces-api', faire: ajouterCle },
  { nom: 'webhooks-vide', adresse: '/egestion/webhooks' },
  { nom: 'webhooks-nouveau', adresse: '/egestion/webhooks', faire: page => page.getByRole('button', { name: 'Nouvel abonnement' }).click() },
  { nom: 'webhooks-secret', adresse: '/egestion/webhooks', faire: abonner },
  { nom: 'webhooks', adresse: '/egestion/webhooks' },
  { nom: 'webhooks-fiche', adresse: '/egestion/webhooks', faire: essayer },
  { nom: 'compte', adresse: '/compte' },
  { nom: 'compte-nom', adresse: '/compte', faire: page => page.getByRole('button', { name: 'Corriger mon nom' }).click() },
];

/** @type {Vue[]} */
const GESTIONNAIRE = [
  { nom: 'gestion', adresse: '/gestion' },
  { nom: 'gestion-dossiers', adresse: '/egestion/dossiers' },
  { nom: 'gestion-documents', adresse: `/egestion/dossiers?q=${RICHE}`, faire: dossierPuis(RICHE) },
  { nom: 'gestion-documents-opco', adresse: `/egestion/dossiers?q=${RICHE}`, faire: dossierPuis(RICHE, 'Documents Constructys') },
  { nom: 'gestion-messages', adresse: `/egestion/dossiers?q=${RICHE}`, faire: dossierPuis(RICHE, 'Message(s)') },
  {
    nom: 'gestion-demande',
    adresse: `/egestion/dossiers?q=${RICHE}`,
    faire: dossierPuis(RICHE, undefined, page => page.getByRole('button', { name: /^Demander à l’adhérent/ }).first().click()),
  },
];

/** A subscription to a receiver that does not answer. @param {Page} page */
async function abonner(page) {
  await page.getByRole('button', { name: 'Nouvel abonnement' }).click();
  await page.getByLabel('Adresse de réception').fill('http://127.0.0.1:9/hooks/egestion');
  await page.getByLabel('Nom de l’abonnement').fill('Notre logiciel RH');
  await page.getByRole('button', { name: 'Créer l’abonnement' }).click();
  await page.getByLabel('Secret de signature').waitFor();
}

/** The same, tried twice. @param {Page} page */
async function essayer(page) {
  await page.getByRole('link', { name: 'Notre logiciel RH' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Notre logiciel RH' }).waitFor();
  for (let n = 0; n < 2; n += 1) {
    await page.getByRole('button', { name: 'Envoyer un essai' }).click();
    await page.getByText('L’essai n’a pas abouti').waitFor();
  }
}

/** Files on their way, refused, and deposited. @param {Page} page */
async function deposer(page) {
  const choix = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /dans « Autres pièces »/ }).click();
  await (await choix).setFiles([
    { name: `Convention ${Date.now()}.pdf`, mimeType: 'application/pdf', buffer: Buffer.from(`%PDF-1.4\n% ${Math.random()}\n%%EOF\n`) },
    { name: 'Notes de réunion.txt', mimeType: 'text/plain', buffer: Buffer.from('x') },
    { name: 'Vide.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(0) },
    { name: 'Faux.png', mimeType: 'image/png', buffer: Buffer.from('x') },
  ]);
  await page.getByText('1 fichier déposé, 3 refusés', { exact: true }).waitFor();
}

/** A document that should have been transmitted twenty minutes ago. @param {Page} page */
async function tarder(page) {
  const choix = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /dans « Autres pièces »/ }).click();
  await (await choix).setFiles({
    name: `Attestation ${Date.now()}.pdf`,
    mimeType: 'application/pdf',
    buffer: Buffer.from(`%PDF-1.4\n% ${Math.random()}\n%%EOF\n`),
  });
  await page.getByText(/^Sera transmis dans/).first().waitFor();
  await page.route(/\/api\/v1\/dossiers\/[^/]+\/pieces/, async route => {
    const reponse = await route.fetch();
    const il_y_a_vingt_minutes = new Date(Date.now() - 20 * 60 * 1000).toISOString();
    const texte = (await reponse.text()).replace(/"annulable_jusqu_a":"[^"]+"/g, `"annulable_jusqu_a":"${il_y_a_vingt_minutes}"`);
    await route.fulfill({ response: reponse, body: texte });
  });
  await page.reload();
  await page.getByText(/retardée/).first().waitFor();
  await page.unrouteAll();
}

/** A file of two parts, the second of which is held. @param {Page} page */
async function envoyerAMoitie(page) {
  // What the view before left on its way comes back by itself.
  await page.getByRole('button', { name: /dans « Autres pièces »/ }).waitFor();
  for (const bouton of await page.getByRole('button', { name: /^Annuler l’envoi/ }).all()) await bouton.click();
  await page.unrouteAll();
  const retenue = new Promise(retenir =>
    page.route(/\/api\/v1\/televersements\/[^/]+$/, async route => {
      const debut = (await route.request().allHeaders())['upload-offset'] ?? '0';
      if (debut === '0') await route.continue();
      else retenir(undefined);
    }),
  );
  const choix = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: /dans « Autres pièces »/ }).click();
  const octets = Buffer.concat([Buffer.from(`%PDF-1.4\n% ${Math.random()}\n`), Buffer.alloc(12 * 1024 * 1024, '%\n'), Buffer.from('%%EOF\n')]);
  await (await choix).setFiles({ name: 'Plans d’exécution.pdf', mimeType: 'application/pdf', buffer: octets });
  await retenue;
}

/** @param {Page} page */
async function mettreEnPause(page) {
  await envoyerAMoitie(page);
  await page.getByRole('button', { name: /^Mettre en pause/ }).click();
  await page.getByText(/En pause à/).waitFor();
}

/** @param {Page} page */
async function perdreLeReseau(page) {
  await envoyerAMoitie(page);
  await page.route(/\/api\/v1\/televersements/, route => route.abort('connectionfailed'));
  await page.getByRole('button', { name: /^Mettre en pause/ }).click();
  await page.getByRole('button', { name: /^Reprendre/ }).click();
  await page.getByText(/Connexion perdue à/).waitFor();
}

/** @param {Page} page */
async function perdreLesOctets(page) {
  await envoyerAMoitie(page);
  await page.evaluate(
    () =>
      new Promise(bien => {
        const demande = indexedDB.open('egestion-depots');
        demande.onsuccess = () => {
          const transaction = demande.result.transaction('octets', 'readwrite');
          transaction.objectStore('octets').clear();
          transaction.oncomplete = () => bien(demande.result.close());
        };
      }),
  );
  await page.reload();
  await page.getByRole('button', { name: /^Choisir de nouveau/ }).waitFor();
}

/** @param {Page} page */
async function seTromper(page) {
  await page.getByRole('button', { name: 'Nouvel accès' }).click();
  await page.getByRole('button', { name: 'Créer l’accès' }).click();
  await page.getByText('Choisissez au moins une portée.').waitFor();
}

/** @param {Page} page */
async function donnerAcces(page) {
  await page.getByRole('button', { name: 'Nouvel accès' }).click();
  await page.getByLabel('Nom de l’accès').fill('SIRH du siège');
  await page.getByRole('checkbox', { name: 'dossiers:read' }).check();
  await page.getByRole('group', { name: 'Établissements' }).getByRole('checkbox').first().check();
  await page.getByLabel('Valable jusqu’au').fill('31/12/2030');
  await page.getByRole('button', { name: 'Créer l’accès' }).click();
  await page.getByLabel('Secret (client_secret)').waitFor();
}

/** The software of the demonstration, after some calls. @param {Page} page */
async function voirAcces(page) {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: '01980000-0000-7000-8000-000000000001',
    client_secret: 'egs_live_demonstration-seulement-ne-protege-rien-0001',
  });
  const reponse = await fetch(`${serveur.adresse}/oauth/token`, { method: 'POST', body });
  const { access_token: jeton } = /** @type {{ access_token: string }} */ (await reponse.json());
  for (const chemin of ['dossiers', 'messages', 'portail']) {
    await fetch(`${serveur.adresse}/api/v1/${chemin}`, { headers: { Authorization: `Bearer ${jeton}` } });
  }
  await page.getByRole('link', { name: 'Logiciel de paie' }).click();
  while ((await page.getByRole('region', { name: 'Appels par jour' }).count()) === 0) {
    await page.reload();
    await page.getByRole('heading', { name: 'Usage' }).waitFor();
  }
}

/** @param {Page} page */
async function renouveler(page) {
  await page.getByRole('link', { name: 'Logiciel de paie' }).click();
  await page.getByRole('button', { name: 'Renouveler le secret' }).click();
}

/** @param {Page} page */
async function ajouterCle(page) {
  await page.getByRole('link', { name: 'Logiciel de paie' }).click();
  await page.getByRole('button', { name: 'Ajouter une clé' }).click();
}

const ECRANS = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
];

const serveur = await demarrer({ annulation: 60 });
const navigateur = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
await mkdir(dossier, { recursive: true });
try {
  for (const [email, vues] of /** @type {[string, Vue[]][]} */ ([
    ['', PUBLIQUES],
    ['n.lemercier@bati-rives.example', MEMBRE],
    ['claire.aubertin@opco.example', GESTIONNAIRE],
  ])) {
    const temoins = email ? await connecter(email) : [];
    for (const viewport of ECRANS) {
      for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
        const context = await navigateur.newContext({
          baseURL: serveur.adresse,
          viewport,
          colorScheme,
          locale: 'fr-FR',
          timezoneId: 'Europe/Paris',
          reducedMotion: 'reduce',
        });
        await context.addCookies(temoins);
        const page = await context.newPage();
        for (const vue of vues.filter(({ nom }) => nom.includes(partie))) {
          await page.goto(vue.adresse);
          await page.getByRole('heading', { level: 1 }).first().waitFor();
          await page.locator('main [aria-busy="true"]').first().waitFor({ state: 'detached' });
          await vue.faire?.(page);
          await page.locator('main [aria-busy="true"]').first().waitFor({ state: 'detached' });
          const nom = `${vue.nom}-${viewport.width}${colorScheme === 'dark' ? '-dark' : ''}.png`;
          await page.screenshot({ path: join(dossier, nom), fullPage: true });
          console.log(nom);
        }
        await context.close();
      }
    }
  }
} finally {
  await navigateur.close();
  await serveur.arreter();
}

/** @param {string} email */
async function connecter(email) {
  const context = await navigateur.newContext({ baseURL: serveur.adresse });
  const page = await context.newPage();
  await page.goto('/connexion');
  await page.getByLabel('Adresse électronique').fill(email);
  await page.getByLabel('Mot de passe', { exact: true }).fill(MOT_DE_PASSE);
  await page.keyboard.press('Enter');
  await page.getByRole('banner').locator('summary').first().waitFor();
  const temoins = await context.cookies();
  await context.close();
  return temoins;
}
