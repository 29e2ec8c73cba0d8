/** The page of a dossier, as people name its parts. */

import { expect, type Locator, type Page } from '@playwright/test';

export type Onglet = 'Inscription(s)' | 'Règlement(s)' | 'Mes documents' | 'Documents de l’adhérent' | 'Documents Constructys' | 'Message(s)';

/** Opens a dossier from the list, by its number. */
export async function ouvrirDossier(page: Page, numero: string, onglet?: Onglet) {
  await page.goto(`/egestion/dossiers?q=${numero}`);
  await page.getByRole('row').getByRole('link', { name: numero, exact: true }).click();
  await expect(page.getByRole('navigation', { name: 'Rubriques du dossier' })).toBeVisible();
  if (onglet) await ouvrirOnglet(page, onglet);
}

/** The link of a tab; its name goes on with its counts. */
export function lienOnglet(page: Page, onglet: Onglet): Locator {
  return page.getByRole('navigation', { name: 'Rubriques du dossier' }).getByRole('link', { name: onglet });
}

export async function ouvrirOnglet(page: Page, onglet: Onglet) {
  await lienOnglet(page, onglet).click();
  await expect(lienOnglet(page, onglet)).toHaveAttribute('aria-current', 'page');
}

/** The identifier of the dossier shown. */
export function idDossier(page: Page): string {
  const id = new URL(page.url()).pathname.match(/\/egestion\/dossiers\/([0-9a-f-]{36})/)?.[1];
  expect(id, 'a dossier is shown').toBeDefined();
  return id!;
}

/** A category of pieces: its cloud, its files on their way, its documents. */
export class Piece {
  readonly region: Locator;
  /** The cloud. */
  readonly nuage: Locator;
  /** The button of the cloud. */
  readonly bouton: Locator;
  readonly liste: Locator;

  constructor(
    readonly page: Page,
    readonly nom: string,
  ) {
    this.region = page.getByRole('region', { name: new RegExp(`^${echapper(nom)}\\s\\(\\d+\\)$`) });
    this.bouton = this.region.getByRole('button', { name: new RegExp(`dans « ${echapper(nom)} »|^Dépôt fermé`) });
    this.nuage = this.region.locator('.nuage');
    this.liste = this.region.getByRole('list', { name: `Documents de « ${nom} »` });
  }

  /** The title tells the number of documents. */
  async compte(nombre: number) {
    await expect(this.region.getByRole('heading', { level: 3 })).toHaveText(`${this.nom} (${nombre})`);
  }

  async combien(): Promise<number> {
    const titre = await this.region.getByRole('heading', { level: 3 }).innerText();
    return Number(titre.match(/\((\d+)\)\s*$/)?.[1]);
  }

  /** Chooses files with the button, as the file chooser would give them. */
  async choisir(...fichiers: { chemin: string }[]) {
    const choix = this.page.waitForEvent('filechooser');
    await this.bouton.click();
    await (await choix).setFiles(fichiers.map(f => f.chemin));
  }

  carte(fichier: string) {
    return new Carte(this.page, this.liste, fichier);
  }

  envoi(fichier: string) {
    return new Envoi(this.liste, fichier);
  }

  /** The bar of the undo window of a file. */
  annuler(fichier: string): Locator {
    return this.region.getByRole('button', { name: `Annuler le dépôt de ${fichier}` });
  }
}

/** The card of a document. */
export class Carte {
  readonly element: Locator;
  readonly nom: Locator;

  constructor(
    readonly page: Page,
    liste: Locator,
    readonly fichier: string,
  ) {
    this.element = liste.getByRole('listitem').filter({ has: page.getByRole('link', { name: fichier, exact: true }) });
    this.nom = this.element.getByRole('link', { name: fichier, exact: true });
  }

  telecharger(): Locator {
    return this.element.getByRole('link', { name: `Télécharger ${this.fichier}` });
  }

  /** The identifier of the document. */
  async id(): Promise<string> {
    const id = (await this.nom.getAttribute('href'))?.match(/\/documents\/([0-9a-f-]{36})\//)?.[1];
    expect(id, 'the card leads to a document').toBeDefined();
    return id!;
  }

  /** Opens the menu of the card and gives an act of it. */
  async action(nom: string | RegExp): Promise<Locator> {
    await this.menu().click();
    return this.element.getByRole('button', { name: nom }).or(this.element.getByRole('link', { name: nom }));
  }

  menu(): Locator {
    // A `summary` has no role that all browsers agree on.
    return this.element.getByLabel(`Autres actions pour ${this.fichier}`);
  }
}

/** The row of a file on its way. */
export class Envoi {
  readonly element: Locator;

  constructor(liste: Locator, fichier: string) {
    const page = liste.page();
    this.element = liste
      .getByRole('listitem')
      .filter({ hasText: fichier })
      .filter({ hasNot: page.getByRole('link', { name: fichier, exact: true }) });
  }

  get progression(): Locator {
    return this.element.getByRole('progressbar');
  }
  get alerte(): Locator {
    return this.element.getByRole('alert');
  }
  bouton(nom: string): Locator {
    return this.element.getByRole('button', { name: nom });
  }
}

/** Reads the API as the person of the page. */
export async function api<T>(page: Page, chemin: string): Promise<{ statut: number; corps: T }> {
  return page.evaluate(async chemin => {
    const reponse = await fetch(chemin, { headers: { Accept: 'application/json' } });
    const texte = await reponse.text();
    return { statut: reponse.status, corps: texte ? JSON.parse(texte) : null };
  }, chemin);
}

/** What the live regions said and still show: that of the page, and those of its dialogs. */
export function annonces(page: Page): Locator {
  return page.locator('#annonces, [data-annonces]');
}

export const echapper = (texte: string) => texte.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
