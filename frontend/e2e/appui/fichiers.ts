/** Real files on the disk, to be dropped, chosen and compared. */

import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Download, type TestInfo, test } from '@playwright/test';

export interface Fichier {
  nom: string;
  chemin: string;
  octets: Buffer;
  sha256: string;
}

/** Writes a file in the folder of the test. */
export async function ecrire(nom: string, octets: Buffer, info: TestInfo = test.info()): Promise<Fichier> {
  const chemin = info.outputPath('fichiers', nom);
  await mkdir(dirname(chemin), { recursive: true });
  await writeFile(chemin, octets);
  return { nom, chemin, octets, sha256: createHash('sha256').update(octets).digest('hex') };
}

/** A PDF of one page, unlike any other; at least `taille` bytes. */
export function pdf(nom: string, taille = 0): Promise<Fichier> {
  return ecrire(nom, octetsPdf(taille));
}

export function octetsPdf(taille = 0): Buffer {
  const objets = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    flux(`BT /F1 18 Tf 60 760 Td (Piece ${randomUUID()}) Tj ET`, taille),
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
  ];
  let corps = '%PDF-1.4\n';
  const places = objets.map((objet, rang) => {
    const place = corps.length;
    corps += `${rang + 1} 0 obj\n${objet}\nendobj\n`;
    return `${String(place).padStart(10, '0')} 00000 n \n`;
  });
  const table = corps.length;
  corps += `xref\n0 ${objets.length + 1}\n0000000000 65535 f \n${places.join('')}`;
  corps += `trailer\n<< /Size ${objets.length + 1} /Root 1 0 R >>\nstartxref\n${table}\n%%EOF\n`;
  return Buffer.from(corps, 'latin1');
}

function flux(dessin: string, taille: number): string {
  // Comments weigh as much as wanted and draw nothing.
  const contenu = `${dessin}\n`.padEnd(Math.max(taille, dessin.length + 1), '%\n');
  return `<< /Length ${contenu.length} >>\nstream\n${contenu}\nendstream`;
}

/** A picture of one pixel. */
export const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** The bytes of a download. */
export async function telecharge(telechargement: Download): Promise<{ nom: string; octets: Buffer; sha256: string }> {
  const octets = await readFile(await telechargement.path());
  const sha256 = createHash('sha256').update(octets).digest('hex');
  return { nom: telechargement.suggestedFilename(), octets, sha256 };
}
