// The first load of a page, without a cache: bytes on the wire by type, and time until its form can be used.
//
// `node premier-chargement.mjs http://localhost:8080/connexion [loads]` prints JSON; `cargo xtask bench` runs it.

import { chromium } from 'playwright-core';
import { ARGUMENTS, CHROMIUM } from './appui/navigateur.mjs';

/** @typedef {{ kind: string, requests: number, bytes: number }} Resource */

const PATIENCE_MS = 15_000;

const [adresse, nombre = '5'] = process.argv.slice(2);
if (!adresse) throw new Error('Usage: node premier-chargement.mjs http://localhost:8080/connexion [loads]');

const navigateur = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
try {
  // The browser itself has started for good once it has shown something.
  await navigateur.newPage().then(page => page.close());
  const chargements = [];
  for (let i = 0; i < Number(nombre); i += 1) chargements.push(await charger(adresse));
  const resources = chargements.at(-1)?.resources ?? [];
  console.log(JSON.stringify({ resources, usable_ms: chargements.map(({ usable }) => usable) }));
} finally {
  await navigateur.close();
}

/**
 * One load in a context of its own, which shares no cache with the others.
 *
 * @param {string} url
 */
async function charger(url) {
  const contexte = await navigateur.newContext({ locale: 'fr-FR', viewport: { width: 1280, height: 900 } });
  try {
    const page = await contexte.newPage();
    const { resources, nus } = await compter(page);
    await page.addInitScript(guetter);
    await page.goto(url, { waitUntil: 'commit' });
    const attente = await page.waitForFunction(() => Reflect.get(window, 'utilisable'), null, { timeout: PATIENCE_MS });
    const usable = /** @type {number} */ (await attente.jsonValue());
    await page.waitForLoadState('networkidle', { timeout: PATIENCE_MS });
    if (nus.length > 0) throw new Error(`Sent without brotli: ${nus.join(', ')}`);
    return { usable, resources: [...resources.values()] };
  } finally {
    await contexte.close();
  }
}

/** In the page: notes the time since the navigation's start when the first field of a form is visible and enabled. */
function guetter() {
  const regarder = () => {
    const champ = document.querySelector('form :is(input:not([type=hidden]), select, textarea)');
    if (champ instanceof HTMLElement && champ.checkVisibility() && !champ.matches(':disabled')) {
      // At the next frame it is painted.
      requestAnimationFrame(() => Reflect.set(window, 'utilisable', performance.now()));
    } else {
      requestAnimationFrame(regarder);
    }
  };
  requestAnimationFrame(regarder);
}

/**
 * Counts requests and bytes as the network carries them, heads included, by type of resource.
 *
 * @param {import('playwright-core').Page} page
 */
async function compter(page) {
  /** @type {Map<string, Resource>} */
  const resources = new Map();
  /** @type {Map<string, string>} */
  const types = new Map();
  /** @type {string[]} What should be compressed and is not. */
  const nus = [];
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    const { mimeType, url, headers } = response;
    const codage = Object.entries(headers).find(([nom]) => nom.toLowerCase() === 'content-encoding')?.[1];
    if (/wasm|javascript|css|html/.test(mimeType) && codage !== 'br') nus.push(url);
    types.set(requestId, sorte(type, mimeType));
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = types.get(requestId);
    if (!kind) return;
    const resource = resources.get(kind) ?? { kind, requests: 0, bytes: 0 };
    resource.requests += 1;
    resource.bytes += encodedDataLength;
    resources.set(kind, resource);
  });
  return { resources, nus };
}

/**
 * @param {string} type As the browser asks for it.
 * @param {string} media As the server sends it.
 */
function sorte(type, media) {
  if (media === 'application/wasm') return 'wasm';
  if (/json/.test(media)) return 'api';
  if (media.startsWith('image/')) return 'image';
  const sortes = /** @type {Record<string, string>} */ ({ Document: 'html', Script: 'js', Stylesheet: 'css', Font: 'font' });
  return sortes[type] ?? 'other';
}
