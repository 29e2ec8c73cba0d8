/** The mails that the server wrote to files. */

import { expect } from '@playwright/test';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Serveur } from './serveur.mjs';

export interface Courriel {
  destinataire: string;
  sujet: string;
  corps: string;
}

/** The latest mail to somebody whose subject is such, once it is there. */
export async function attendreCourriel(serveur: Serveur, destinataire: string, sujet: RegExp): Promise<Courriel> {
  let trouve: Courriel | undefined;
  await expect
    .poll(
      async () => {
        const courriels = await lireCourriels(serveur);
        trouve = courriels.filter(c => c.destinataire.includes(destinataire) && sujet.test(c.sujet)).at(-1);
        return trouve !== undefined;
      },
      { message: `a mail ${sujet} to ${destinataire}`, timeout: 20_000 },
    )
    .toBe(true);
  return trouve!;
}

/** The mails, in the order they were asked for: their names are time-ordered identifiers. */
export async function lireCourriels({ donnees }: Serveur): Promise<Courriel[]> {
  const dossier = join(donnees, 'mail');
  const noms = await readdir(dossier).catch(() => []);
  const complets = noms.filter(nom => nom.endsWith('.eml')).sort();
  return Promise.all(complets.map(async nom => lire(await readFile(join(dossier, nom), 'utf8'))));
}

/** The link of a mail that leads into the page, without the server's address. */
export function lien({ corps }: Courriel): string {
  const url = corps.match(/https?:\/\/\S+/)?.[0];
  expect(url, 'a link in the mail').toBeDefined();
  const { pathname, search } = new URL(url!);
  return pathname + search;
}

function lire(texte: string): Courriel {
  const [tete = '', ...reste] = texte.split(/\r?\n\r?\n/);
  const champs = tete.replace(/\r?\n[ \t]+/g, ' ');
  const champ = (nom: string) => champs.match(new RegExp(`^${nom}: *(.*)$`, 'im'))?.[1] ?? '';
  const corps = reste.join('\n\n');
  return {
    destinataire: champ('To'),
    sujet: champ('Subject').replace(/\?= +=\?/g, '?==?').replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, codage, mot) => {
      return codage.toLowerCase() === 'b' ? base64(mot) : imprimable(mot.replaceAll('_', ' '));
    }),
    corps: decoder(champ('Content-Transfer-Encoding'), corps),
  };
}

function decoder(codage: string, corps: string): string {
  switch (codage.trim().toLowerCase()) {
    case 'base64':
      return base64(corps);
    case 'quoted-printable':
      return imprimable(corps);
    default:
      return corps;
  }
}

const base64 = (texte: string) => Buffer.from(texte, 'base64').toString('utf8');

/** Quoted-printable (RFC 2045, 6.7). */
function imprimable(texte: string): string {
  const entier = texte.replace(/=\r?\n/g, '');
  const octets = [...entier.matchAll(/=([0-9A-Fa-f]{2})|([^=]+|=)/gs)].map(([, hexa, clair]) =>
    hexa ? Buffer.from(hexa, 'hex') : Buffer.from(clair ?? '', 'utf8'),
  );
  return Buffer.concat(octets).toString('utf8');
}
