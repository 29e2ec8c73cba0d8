// A server of its own, on the demonstration's data, in a temporary folder.

import { execFile, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delai } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/**
 * @typedef {object} Serveur
 * @property {string} adresse Where it answers, without a final slash.
 * @property {string} donnees Its data folder.
 * @property {string} demonstration What `egestion demo` printed.
 * @property {() => Promise<string>} journal What it logged so far.
 * @property {() => Promise<void>} tuer Kills it at once, as a fault of the machine would.
 * @property {() => Promise<void>} relancer Starts it again where it was, and waits until it answers.
 * @property {() => Promise<void>} arreter Stops it and removes its data.
 */

const RACINE = fileURLToPath(new URL('../../../', import.meta.url));
const PROGRAMME = process.env.EGESTION_BIN ?? join(RACINE, 'target/debug/egestion');
const PAGE = process.env.EGESTION_WEB ?? join(RACINE, 'frontend/dist');
const DEMARRAGE_MS = 30_000;
const ARRET_MS = 5_000;

/**
 * Starts a server whose undo window lasts `annulation` seconds: on the demonstration, or an empty sandbox.
 *
 * @param {{ annulation: number, commande?: 'serve' | 'bac-a-sable' }} reglages
 * @returns {Promise<Serveur>}
 */
export async function demarrer({ annulation, commande = 'serve' }) {
  const donnees = await mkdtemp(join(tmpdir(), 'egestion-e2e-'));
  const port = await portLibre();
  const adresse = `http://localhost:${port}`;
  const env = {
    ...sansReglages(),
    EGESTION_DATA: donnees,
    EGESTION_WEB: PAGE,
    EGESTION_LISTEN: `127.0.0.1:${port}`,
    EGESTION_PUBLIC_URL: adresse,
    EGESTION_ANNULATION_SECONDES: String(annulation),
    // Webhooks may be sent to this machine, over http.
    EGESTION_WEBHOOKS: 'developpement',
    // One person plays the whole walk, and fast.
    EGESTION_QUOTA_PERSONNES: '0',
    EGESTION_QUOTA_ANONYMES: '0',
  };
  const remplir = () => promisify(execFile)(PROGRAMME, ['demo'], { env, encoding: 'utf8' });
  const demonstration = commande === 'serve' ? (await remplir()).stdout : '';

  const chemin = join(donnees, 'serveur.log');
  const journal = () => readFile(chemin, 'utf8');
  /** @type {import('node:child_process').ChildProcess} */
  let processus;
  /** @type {Promise<unknown>} */
  let fini;
  const lancer = () => {
    const sortie = openSync(chemin, 'a');
    processus = spawn(PROGRAMME, [commande], { env, stdio: ['ignore', sortie, sortie] });
    closeSync(sortie);
    fini = new Promise(finir => processus.once('exit', finir));
  };
  const attendre = async () => {
    const limite = Date.now() + DEMARRAGE_MS;
    while (!(await repond(adresse))) {
      if (processus.exitCode !== null || Date.now() > limite) {
        const dit = (await journal()).split('\n').slice(-20).join('\n');
        await arreter();
        throw new Error(`The server did not start:\n${dit}`);
      }
      await delai(50);
    }
  };
  const tuer = async () => {
    processus.kill('SIGKILL');
    await fini;
  };
  const relancer = async () => {
    lancer();
    await attendre();
  };
  const arreter = async () => {
    if (processus.exitCode === null && processus.signalCode === null) {
      processus.kill('SIGTERM');
      const tarde = new AbortController();
      await Promise.race([fini, delai(ARRET_MS, undefined, { signal: tarde.signal }).then(() => processus.kill('SIGKILL'))]);
      tarde.abort();
    }
    await rm(donnees, { recursive: true, force: true });
  };
  await relancer();
  return { adresse, donnees, demonstration, journal, tuer, relancer, arreter };
}

/** The environment without the developer's own settings of the server. */
function sansReglages() {
  const siens = Object.entries(process.env).filter(([nom]) => nom !== 'DATABASE_URL' && !nom.startsWith('EGESTION_'));
  return Object.fromEntries(siens);
}

/** @returns {Promise<number>} */
function portLibre() {
  return new Promise((bien, mal) => {
    const ecoute = createServer();
    ecoute.once('error', mal);
    ecoute.listen(0, '127.0.0.1', () => {
      const lieu = ecoute.address();
      ecoute.close(() => (lieu && typeof lieu === 'object' ? bien(lieu.port) : mal(new Error('no free port'))));
    });
  });
}

/** @param {string} adresse */
async function repond(adresse) {
  try {
    return (await fetch(`${adresse}/api/v1/configuration`)).ok;
  } catch {
    return false;
  }
}
