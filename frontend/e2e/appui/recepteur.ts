/** A receiver of webhooks, which verifies them with the library of the specification. */

import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';

export interface Recu {
  /** The identifier, the same over all attempts and replays. */
  id: string;
  /** What it tells; `null` when no secret verifies it. */
  type: string | null;
}

export class Recepteur {
  readonly recus: Recu[] = [];
  /** The status it answers. */
  statut = 200;
  /** The secrets that it verifies with. */
  secrets: string[] = [];
  #serveur: Server;

  private constructor(serveur: Server) {
    this.#serveur = serveur;
  }

  static async demarrer(): Promise<Recepteur> {
    const serveur = createServer();
    const recepteur = new Recepteur(serveur);
    serveur.on('request', async (requete: IncomingMessage, reponse) => {
      const morceaux: Buffer[] = [];
      for await (const morceau of requete) morceaux.push(morceau as Buffer);
      recepteur.recus.push(recepteur.#lire(Buffer.concat(morceaux).toString(), requete));
      reponse.writeHead(recepteur.statut).end('bien reçu');
    });
    await new Promise<void>(pret => serveur.listen(0, '127.0.0.1', pret));
    return recepteur;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#serveur.address() as AddressInfo).port}/hooks`;
  }

  async arreter() {
    this.#serveur.closeAllConnections();
    await new Promise(fini => this.#serveur.close(fini));
  }

  #lire(corps: string, requete: IncomingMessage): Recu {
    const entetes = requete.headers as Record<string, string>;
    const id = entetes['webhook-id'] ?? '';
    for (const secret of this.secrets) {
      try {
        return { id, type: (new Webhook(secret).verify(corps, entetes) as { type: string }).type };
      } catch {
        // Another secret may verify it.
      }
    }
    return { id, type: null };
  }
}
