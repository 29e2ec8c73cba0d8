/** A company's software: it asks for tokens, and calls the API with them. */

import { generateKeyPairSync, type KeyObject, randomUUID, sign } from 'node:crypto';

const ASSERTION = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** A pair of keys, of which the software keeps the private one. */
export interface Paire {
  privee: KeyObject;
  /** What the company pastes in the page. */
  jwk: string;
}

export function paire(): Paire {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { privee: privateKey, jwk: JSON.stringify({ ...publicKey.export({ format: 'jwk' }), kid: 'paie-1' }) };
}

export class Logiciel {
  constructor(
    private readonly adresse: string,
    private readonly id: string,
  ) {}

  /** Asks for a token with a secret. */
  parSecret(secret: string): Promise<Response> {
    return this.demander({ client_id: this.id, client_secret: secret });
  }

  /** Asks for a token with what a key signed. */
  async parCle({ privee }: Paire): Promise<Response> {
    const metadonnees = await fetch(`${this.adresse}/.well-known/oauth-authorization-server`);
    const { token_endpoint: aud } = (await metadonnees.json()) as { token_endpoint: string };
    const exp = Math.floor(Date.now() / 1000) + 60;
    const parties = [
      { alg: 'ES256', kid: 'paie-1' },
      { iss: this.id, sub: this.id, aud, exp, jti: randomUUID() },
    ].map(partie => Buffer.from(JSON.stringify(partie)).toString('base64url'));
    const signature = sign('sha256', Buffer.from(parties.join('.')), { key: privee, dsaEncoding: 'ieee-p1363' });
    const assertion = [...parties, signature.toString('base64url')].join('.');
    return this.demander({ client_assertion_type: ASSERTION, client_assertion: assertion });
  }

  /** The status of a call with a token. */
  async appeler(jeton: string, chemin: string): Promise<number> {
    const reponse = await fetch(`${this.adresse}${chemin}`, { headers: { Authorization: `Bearer ${jeton}` } });
    await reponse.arrayBuffer();
    return reponse.status;
  }

  private demander(preuve: Record<string, string>): Promise<Response> {
    const body = new URLSearchParams({ grant_type: 'client_credentials', ...preuve });
    return fetch(`${this.adresse}/oauth/token`, { method: 'POST', body });
  }
}

/** The token of an answer. */
export async function jeton(reponse: Response): Promise<string> {
  const corps = (await reponse.json()) as { access_token?: string; error?: string };
  if (!corps.access_token) throw new Error(`no token: ${reponse.status} ${corps.error}`);
  return corps.access_token;
}
