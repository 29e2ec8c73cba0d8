/** What hands do: dragging real files, typing on the keyboard. */

import { expect, type Locator, type Page } from '@playwright/test';

/** What is dragged: files and folders of the disk, or text. */
export type Glisse = { fichiers: string[] } | { texte: string };

/** Drags something over an element and holds it there; what is returned lets go of it, or takes it away. */
export async function survoler(cible: Locator, glisse: Glisse) {
  await cible.scrollIntoViewIfNeeded();
  const boite = await cible.boundingBox();
  if (!boite) throw new Error('nothing to drop on');
  return survolerPoint(cible.page(), { x: boite.x + boite.width / 2, y: boite.y + boite.height / 2 }, glisse);
}

/** The same over a point of the window. The events are the browser's own, as if the desktop had sent them. */
export async function survolerPoint(page: Page, lieu: { x: number; y: number }, glisse: Glisse) {
  const cdp = await page.context().newCDPSession(page);
  const data = {
    items: 'texte' in glisse ? [{ mimeType: 'text/plain', data: glisse.texte }] : [],
    files: 'fichiers' in glisse ? glisse.fichiers : undefined,
    dragOperationsMask: 1,
  };
  const dire = (type: 'dragEnter' | 'dragOver' | 'drop' | 'dragCancel') =>
    cdp.send('Input.dispatchDragEvent', { type, ...lieu, data });
  await dire('dragEnter');
  await dire('dragOver');
  return {
    lacher: () => dire('drop'),
    emporter: () => dire('dragCancel'),
  };
}

/** Drops files of the disk on an element. */
export async function lacher(cible: Locator, ...fichiers: { chemin: string }[]) {
  const geste = await survoler(cible, { fichiers: fichiers.map(f => f.chemin) });
  await geste.lacher();
}

/** Slows the sending down to so many bytes per second. */
export async function ralentir(page: Page, octetsParSeconde: number) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Network.enable');
  const debit = (uploadThroughput: number) =>
    cdp.send('Network.emulateNetworkConditions', { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput });
  await debit(octetsParSeconde);
  return { liberer: () => debit(-1) };
}

/** Tabs to an element, looking at each step that the focus can be seen. */
export async function tabuler(page: Page, cible: Locator, { sens = 'Tab', max = 120 }: { sens?: 'Tab' | 'Shift+Tab'; max?: number } = {}) {
  await expect(cible).toBeVisible();
  for (let pas = 0; pas < max; pas++) {
    await page.keyboard.press(sens);
    expect(await focus(page), 'the focus can be seen').toMatchObject({ visible: true });
    if (await cible.evaluate(e => e === document.activeElement)) return;
  }
  throw new Error(`the focus does not reach ${cible} in ${max} steps`);
}

/** What has the focus, and whether it is seen. */
export function focus(page: Page) {
  return page.evaluate(() => {
    const e = document.activeElement;
    if (!e || e === document.body) return { ou: 'nowhere', visible: true };
    const entoure = (x: Element | null) => {
      if (!x) return false;
      const style = getComputedStyle(x);
      return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    };
    const { width, height } = e.getBoundingClientRect();
    return {
      ou: `${e.tagName.toLowerCase()}#${e.id} ${e.textContent?.trim().slice(0, 60)}`,
      // The button of a zone is shown by the ring of its zone.
      visible: width > 0 && height > 0 && (entoure(e) || entoure(e.closest('.nuage'))),
    };
  });
}
