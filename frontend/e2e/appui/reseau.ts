/** The network between a page and the server: held, cut, answered in the server's place. */

import type { Page, Route } from '@playwright/test';

/** Where the page begins to send a file. */
export const DEPOTS = /\/api\/v1\/dossiers\/[0-9a-f-]{36}\/televersements$/;

/** Where it sends the parts of a large one. */
export const PARTIES = /\/api\/v1\/televersements\/[0-9a-f-]{36}$/;

/** Holds the requests to an address until they are let go. */
export async function retenir(page: Page, adresse: RegExp) {
  const retenues: Route[] = [];
  let ouvert = false;
  await page.route(adresse, async route => {
    if (ouvert) await route.continue();
    else retenues.push(route);
  });
  return {
    /** How many are held. */
    nombre: () => retenues.length,
    liberer: async () => {
      ouvert = true;
      await Promise.all(retenues.map(route => route.continue()));
    },
  };
}

/** Cuts the next requests to an address before a byte has left. */
export async function couper(page: Page, adresse: RegExp) {
  await page.route(adresse, route => route.abort('connectionfailed'));
  return { retablir: () => page.unroute(adresse) };
}

/** Answers in the server's place with a problem. */
export async function repondre(page: Page, adresse: RegExp, probleme: { status: number; code: string; [champ: string]: unknown }) {
  await page.route(adresse, route =>
    route.fulfill({
      status: probleme.status,
      contentType: 'application/problem+json',
      body: JSON.stringify({ type: `/problems/${probleme.code}`, title: probleme.code, ...probleme }),
    }),
  );
  return { retablir: () => page.unroute(adresse) };
}

/** The requests to an address that a page makes from now on. */
export function compter(page: Page, methode: string, adresse: RegExp) {
  let nombre = 0;
  page.on('request', requete => {
    if (requete.method() === methode && adresse.test(new URL(requete.url()).pathname)) nombre += 1;
  });
  return { nombre: () => nombre };
}

/** Holds the parts of files after the first, and notes where each part sent begins. */
export async function retenirLaSuite(page: Page) {
  const retenues: Route[] = [];
  const debuts: number[] = [];
  let ouvert = false;
  await page.route(PARTIES, async route => {
    const requete = route.request();
    if (requete.method() !== 'PATCH') return route.fallback();
    const debut = Number((await requete.allHeaders())['upload-offset']);
    debuts.push(debut);
    if (ouvert || debut === 0) return route.continue();
    retenues.push(route);
  });
  return {
    /** How many parts are held. */
    nombre: () => retenues.length,
    /** Where each part sent so far began. */
    debuts: () => debuts,
    /** Lets go of those held and of those to come; those of a page that was left are gone. */
    liberer: async () => {
      ouvert = true;
      await Promise.all(retenues.splice(0).map(route => route.continue().catch(() => undefined)));
    },
  };
}
