/** What every test starts from: a server, and people already signed in. */

import { test as base, expect, type BrowserContext, type Cookie, type Page } from '@playwright/test';
import { writeFile } from 'node:fs/promises';
import { CLAIRE, MOT_DE_PASSE, NADIA, type Personne } from './personnes';
import { demarrer, type Serveur } from './serveur.mjs';
import { surveiller, type Surveillance } from './surveillance';

export interface Reglages {
  /** The undo window of deposits, in seconds. */
  annulation: number;
  /** Which command serves: the product on its demonstration by default, or an empty sandbox. */
  commande?: 'serve' | 'bac-a-sable';
}

interface DuFichier {
  /** The settings of the server; each file of tests gives its own, and so has a server of its own. */
  reglages: Reglages | undefined;
  /** The server of the file of tests. */
  serveur: Serveur;
  /** The cookies of the people signed in so far, by address. */
  sessions: Map<string, Cookie[]>;
}

interface DuTest {
  /** What went wrong in the pages without showing; looked at when the test ends. */
  surveillance: Surveillance;
  /** Opens a page in a browser of its own, where nobody is signed in. */
  ouvrir: () => Promise<Page>;
  /** The same, where somebody is. */
  entrer: (qui: Personne) => Promise<Page>;
  /** Nadia's page, a member. */
  nadia: Page;
  /** Claire's page, the gestionnaire. */
  claire: Page;
}

export const test = base.extend<DuTest, DuFichier>({
  reglages: [undefined, { option: true, scope: 'worker' }],

  serveur: [
    async ({ reglages }, use) => {
      if (!reglages) throw new Error('Say `test.use({ reglages: { … } })` at the top of the file.');
      const serveur = await demarrer(reglages);
      await use(serveur);
      await serveur.arreter();
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  sessions: [
    async ({}, use) => {
      await use(new Map());
    },
    { scope: 'worker' },
  ],

  baseURL: async ({ serveur }, use) => {
    await use(serveur.adresse);
  },

  surveillance: [
    async ({ serveur }, use, info) => {
      const surveillance = surveiller();
      await use(surveillance);
      if (info.status !== info.expectedStatus) {
        const journal = info.outputPath('serveur.log');
        await writeFile(journal, await serveur.journal());
        await info.attach('serveur.log', { path: journal, contentType: 'text/plain' });
      }
      expect(surveillance.bilan(), 'nothing went wrong behind the page').toEqual([]);
    },
    { auto: true },
  ],

  context: async ({ context, surveillance }, use) => {
    surveillance.suivre(context);
    await use(context);
  },

  ouvrir: async ({ browser, surveillance }, use) => {
    const ouverts: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext({ permissions: ['clipboard-read', 'clipboard-write'] });
      ouverts.push(context);
      surveillance.suivre(context);
      return context.newPage();
    });
    await Promise.all(ouverts.map(context => context.close()));
  },

  entrer: async ({ ouvrir, serveur, sessions }, use) => {
    await use(async qui => {
      const page = await ouvrir();
      const temoins = sessions.get(qui.email);
      if (temoins) {
        await page.context().addCookies(temoins);
      } else {
        await ouvrirSession(page, serveur, qui);
        sessions.set(qui.email, await page.context().cookies());
      }
      return page;
    });
  },

  nadia: async ({ entrer }, use) => {
    await use(await entrer(NADIA));
  },

  claire: async ({ entrer }, use) => {
    await use(await entrer(CLAIRE));
  },
});

export { expect };
export type { Page };

/** Signs in by the API, from a light page of the same origin, for tests that are not about signing in. */
async function ouvrirSession(page: Page, serveur: Serveur, { email }: Personne) {
  await page.goto(`${serveur.adresse}/robots.txt`);
  const statut = await page.evaluate(
    async corps => {
      const reponse = await fetch('/api/v1/session', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'X-Requested-With': 'egestion' },
        body: JSON.stringify(corps),
      });
      return `${reponse.status} ${reponse.ok ? '' : await reponse.text()}`;
    },
    { email, mot_de_passe: MOT_DE_PASSE },
  );
  expect(statut).toMatch(/^20[01] /);
}
