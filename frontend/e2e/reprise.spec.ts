/** Files that take time: paused, cut, left, and gone on with where they were. */

import { verifierLargeur, verifierPage } from './appui/axe';
import { seConnecter } from './appui/connexion';
import { annonces, ouvrirDossier, ouvrirOnglet, Piece } from './appui/dossier';
import { type Fichier, pdf, telecharge } from './appui/fichiers';
import { lacher } from './appui/gestes';
import { DOSSIERS, NADIA } from './appui/personnes';
import { compter, PARTIES, retenirLaSuite } from './appui/reseau';
import { expect, type Page, test } from './appui/test';

test.use({ reglages: { annulation: 60 } });

const MIO = 1024 * 1024;
/** What the page sends at a time. */
const PARTIE = 8 * MIO;

/** Drops a file of two parts, the second of which is held. */
async function aMoitie(page: Page, nom: string) {
  await ouvrirDossier(page, DOSSIERS.guide.numero, 'Mes documents');
  const autres = new Piece(page, 'Autres pièces');
  await expect(autres.bouton).toBeVisible();
  const fichier = await pdf(nom, 12 * MIO);
  const parties = await retenirLaSuite(page);
  await lacher(autres.nuage, fichier);
  await expect.poll(parties.nombre).toBe(1);
  return { autres, fichier, parties, envoi: autres.envoi(nom) };
}

/** The document is the file, and the first part left once. */
async function arrive(page: Page, autres: Piece, fichier: Fichier, debuts: number[]) {
  await expect(autres.carte(fichier.nom).element).toBeVisible({ timeout: 30_000 });
  const lu = page.waitForEvent('download');
  await autres.carte(fichier.nom).telecharger().click();
  expect((await telecharge(await lu)).sha256).toBe(fichier.sha256);
  expect(debuts.filter(debut => debut === 0)).toHaveLength(1);
  expect(new Set(debuts)).toEqual(new Set([0, PARTIE]));
}

test('a file of several parts can be stopped for a while', async ({ nadia }) => {
  const { autres, fichier, parties, envoi } = await aMoitie(nadia, 'Pause.pdf');
  await envoi.bouton('Mettre en pause l’envoi de Pause.pdf').click();
  await expect(envoi.element).toContainText(/En pause à 6[67]\s%/);
  await expect(annonces(nadia).getByText('Envoi de Pause.pdf en pause.')).toHaveCount(1);
  await expect(envoi.element).toBeFocused();
  await expect(envoi.bouton('Annuler l’envoi de Pause.pdf')).toBeVisible();
  await verifierPage(nadia);
  await parties.liberer();
  // The network coming back wakes what fell because of it, and nothing else.
  await nadia.context().setOffline(true);
  await nadia.context().setOffline(false);
  await expect(envoi.element).toContainText('En pause');
  await envoi.bouton('Reprendre l’envoi de Pause.pdf').click();
  await arrive(nadia, autres, fichier, parties.debuts());
});

test('the network cut in the middle: it goes on by itself from there', async ({ nadia }) => {
  const { autres, fichier, parties, envoi } = await aMoitie(nadia, 'Tunnel.pdf');
  await nadia.context().setOffline(true);
  await parties.liberer();
  await expect(envoi.element).toContainText(/Connexion perdue à \d+\s%/);
  await expect(envoi.element).toContainText('L’envoi reprendra seul dès le retour du réseau.');
  await expect(envoi.alerte).toHaveCount(0);
  await nadia.context().setOffline(false);
  await expect(annonces(nadia).getByText('Connexion rétablie, l’envoi reprend.')).toHaveCount(1);
  await arrive(nadia, autres, fichier, parties.debuts());
});

test('the server killed in the middle: it goes on once the server is back', async ({ nadia, serveur }) => {
  const { autres, fichier, parties, envoi } = await aMoitie(nadia, 'Panne.pdf');
  await serveur.tuer();
  await parties.liberer();
  await expect(envoi.element).toContainText('Connexion perdue');
  await serveur.relancer();
  await arrive(nadia, autres, fichier, parties.debuts());
});

test('the page reloaded in the middle: it goes on without choosing the file again', async ({ nadia }) => {
  const { autres, fichier, parties, envoi } = await aMoitie(nadia, 'Rechargé.pdf');
  await nadia.reload();
  await expect.poll(parties.nombre).toBe(2);
  await expect(envoi.progression).toHaveAttribute('aria-label', 'Envoi de Rechargé.pdf');
  await parties.liberer();
  await arrive(nadia, autres, fichier, parties.debuts());
  // And it is forgotten: nothing comes back next time.
  await nadia.reload();
  await expect(autres.carte(fichier.nom).element).toBeVisible();
  await expect(envoi.element).toHaveCount(0);
});

test('a pause lasts over a reload', async ({ nadia }) => {
  const { autres, fichier, parties, envoi } = await aMoitie(nadia, 'Demain.pdf');
  await envoi.bouton('Mettre en pause l’envoi de Demain.pdf').click();
  await expect(envoi.element).toContainText('En pause');
  await nadia.reload();
  await expect(envoi.element).toContainText('En pause');
  await parties.liberer();
  await envoi.bouton('Reprendre l’envoi de Demain.pdf').click();
  await arrive(nadia, autres, fichier, parties.debuts());
});

test('a file too large to be kept by the browser is chosen again, the same one, and goes on', async ({ nadia }) => {
  const { autres, fichier, parties, envoi } = await aMoitie(nadia, 'Gros.pdf');
  await oublierLesOctets(nadia);
  await nadia.reload();
  await expect(envoi.element).toContainText('Cet envoi s’est arrêté quand la page a été quittée.');
  await expect(envoi.element).toContainText('Choisissez de nouveau le même fichier');
  await verifierPage(nadia);
  await verifierLargeur(nadia);
  await parties.liberer();

  const autre = await pdf('Autre.pdf', 2 * MIO);
  let choix = nadia.waitForEvent('filechooser');
  await envoi.bouton('Choisir de nouveau Gros.pdf').click();
  await (await choix).setFiles(autre.chemin);
  await expect(autres.region.getByText('Ce n’est pas le même fichier : choisissez Gros.pdf, tel qu’il était.')).toBeVisible();
  await expect(envoi.element).toContainText('Choisissez de nouveau le même fichier');

  choix = nadia.waitForEvent('filechooser');
  await envoi.bouton('Choisir de nouveau Gros.pdf').click();
  await (await choix).setFiles(fichier.chemin);
  await arrive(nadia, autres, fichier, parties.debuts());
});

test('or dropped again on its zone', async ({ nadia }) => {
  const { autres, fichier, parties, envoi } = await aMoitie(nadia, 'Relâché.pdf');
  await oublierLesOctets(nadia);
  await nadia.reload();
  await expect(envoi.element).toContainText('Choisissez de nouveau le même fichier');
  await parties.liberer();
  await lacher(autres.nuage, fichier);
  await arrive(nadia, autres, fichier, parties.debuts());
});

test('the session ended in the middle: signing in again is enough', async ({ ouvrir }) => {
  const page = await ouvrir();
  await seConnecter(page, NADIA);
  await expect(page.getByRole('banner').getByText(NADIA.nom, { exact: true })).toBeVisible();
  const { autres, fichier, parties } = await aMoitie(page, 'Session.pdf');
  await page.context().clearCookies();
  await parties.liberer();
  await expect(page.getByRole('button', { name: 'Se connecter' })).toBeVisible();
  await page.getByLabel('Adresse électronique').fill(NADIA.email);
  await page.getByLabel('Mot de passe', { exact: true }).fill('chantier-echafaudage-bleu');
  await page.getByRole('button', { name: 'Se connecter' }).click();
  await ouvrirOnglet(page, 'Mes documents');
  await arrive(page, autres, fichier, parties.debuts());
});

test('cancelled, it is forgotten here and there', async ({ nadia }) => {
  const { autres, parties, envoi } = await aMoitie(nadia, 'Annulé.pdf');
  const oublis = compter(nadia, 'DELETE', PARTIES);
  await envoi.bouton('Annuler l’envoi de Annulé.pdf').click();
  await expect(envoi.element).toHaveCount(0);
  await expect.poll(oublis.nombre).toBe(1);
  await parties.liberer();
  await nadia.reload();
  await expect(autres.bouton).toBeVisible();
  await expect(envoi.element).toHaveCount(0);
  await expect(autres.carte('Annulé.pdf').element).toHaveCount(0);
});

test('what another person of the browser had on the way stays theirs', async ({ nadia }) => {
  const { envoi } = await aMoitie(nadia, 'Le mien.pdf');
  await nadia.evaluate(
    () =>
      new Promise<void>((bien, mal) => {
        const demande = indexedDB.open('egestion-depots');
        demande.onerror = () => mal(demande.error);
        demande.onsuccess = () => {
          const fiches = demande.result.transaction('fiches', 'readwrite').objectStore('fiches');
          const curseur = fiches.openCursor();
          curseur.onsuccess = () => {
            const ici = curseur.result;
            if (!ici) return bien();
            ici.update(JSON.stringify({ ...JSON.parse(ici.value), qui: '00000000-0000-4000-8000-000000000001' }));
            ici.continue();
          };
        };
      }),
  );
  await nadia.reload();
  await expect(new Piece(nadia, 'Autres pièces').bouton).toBeVisible();
  await expect(envoi.element).toHaveCount(0);
});

/** Takes the bytes away from what the browser keeps, as if there were too many. */
async function oublierLesOctets(page: Page) {
  await page.evaluate(
    () =>
      new Promise<void>((bien, mal) => {
        const demande = indexedDB.open('egestion-depots');
        demande.onerror = () => mal(demande.error);
        demande.onsuccess = () => {
          const transaction = demande.result.transaction('octets', 'readwrite');
          transaction.objectStore('octets').clear();
          transaction.oncomplete = () => {
            demande.result.close();
            bien();
          };
        };
      }),
  );
}
