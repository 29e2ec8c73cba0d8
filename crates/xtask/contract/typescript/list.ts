// A vendor's program over a client made from the OpenAPI document: a token, the dossiers, one of them, a problem.
//
// What it does not check itself, the compiler does: names, types, and which answers an operation may give.

import { strict as assert } from "node:assert";
import createClient, { type Middleware } from "openapi-fetch";
import type { components, paths } from "./generated/egestion.js";

type DossierLu = components["schemas"]["Dossier"];

function setting(name: string): string {
  const value = process.env[name];
  assert(value, `${name} is not set`);
  return value;
}

const baseUrl = setting("EGESTION_URL");
const client = createClient<paths>({ baseUrl });

const { data: token, error: refusal } = await client.POST("/oauth/token", {
  headers: { "Content-Type": "application/x-www-form-urlencoded" },
  body: {
    grant_type: "client_credentials",
    client_id: setting("CLIENT_ID"),
    client_secret: setting("CLIENT_SECRET"),
  },
  bodySerializer: body => new URLSearchParams(body as Record<string, string>),
});
assert(token, `no token: ${JSON.stringify(refusal)}`);
const bearer: Middleware = {
  onRequest({ request }) {
    request.headers.set("Authorization", `Bearer ${token.access_token}`);
    return request;
  },
};
client.use(bearer);

const numbers: string[] = [];
let cursor: string | undefined;
do {
  const { data: page } = await client.GET("/api/v1/dossiers", { params: { query: { limite: 10, curseur: cursor } } });
  assert(page, "no page of dossiers");
  numbers.push(...page.elements.map(dossier => dossier.numero));
  cursor = page.suivant ?? undefined;
} while (cursor);
assert(numbers.length > 10, `${numbers.length} dossiers`);
assert.equal(new Set(numbers).size, numbers.length, "a dossier is on two pages");

const { data: list } = await client.GET("/api/v1/dossiers", { params: { query: { limite: 1 } } });
const first = list?.elements[0];
assert(first);
const { data: one } = await client.GET("/api/v1/dossiers/{dossier_id}", { params: { path: { dossier_id: first.id } } });
assert(one);
const dossier: DossierLu = one;
assert.deepEqual([dossier.numero, typeof dossier.montant_demande], [first.numero, "number"]);

const { error, response } = await client.GET("/api/v1/dossiers/{dossier_id}", {
  params: { path: { dossier_id: "00000000-0000-7000-8000-000000000000" } },
});
assert(error, "an unknown dossier was given");
assert.deepEqual([response.status, error.code], [404, "absent"]);

console.log(`A client in TypeScript lists ${numbers.length} dossiers and reads one.`);
