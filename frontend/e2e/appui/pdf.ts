/** What a PDF says to programs. */

import { inflateSync } from 'node:zlib';

/** A PDF's bytes as text, its compressed streams after them. */
export function clair(octets: Buffer): string {
  const parties = [octets.toString('utf8')];
  const debut = Buffer.from('stream\n');
  for (let ici = octets.indexOf(debut); ici >= 0; ici = octets.indexOf(debut, ici + 1)) {
    try {
      parties.push(inflateSync(octets.subarray(ici + debut.length)).toString('utf8'));
    } catch {
      // Not compressed that way: it is in the bytes themselves, or it is a picture or a font.
    }
  }
  return parties.join('\n');
}
