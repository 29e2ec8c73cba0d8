"""Un logiciel d’éditeur, entier : il dépose les pièces attendues d’un dossier et suit leur transmission.

Il suit le guide (guide.md) et rien d’autre. Il lit EGESTION, CLIENT_ID et CLIENT_SECRET dans l’environnement, et
RECEPTEUR s’il faut une adresse publique devant son récepteur de webhooks (PORT, alors, est celui où il écoute). Sans elle, il s’abonne sur cette machine, ce qu’un serveur de développement est seul à permettre.

Il dépose et écrit pour de bon : lancez-le sur un bac à sable ou une démonstration.
"""

import base64
import hashlib
import io
import os
import queue
import random
import sys
import threading
import time
import uuid
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import requests
from standardwebhooks.webhooks import Webhook, WebhookVerificationError
from tusclient.client import TusClient

ESSAIS = 5
MORCEAU = 1024 * 1024
# Au-delà du délai d’annulation : le temps qu’un document soit transmis et annoncé.
PATIENCE = 60


class Probleme(Exception):
    """Une erreur de l’API : son code est stable, son détail se lit."""

    def __init__(self, reponse: requests.Response) -> None:
        corps = reponse.json() if "json" in reponse.headers.get("Content-Type", "") else {}
        self.statut, self.code = reponse.status_code, corps.get("code") or corps.get("error")
        super().__init__(f"{self.statut} {self.code} : {corps.get('detail') or corps}")


class Api:
    """L’API avec un jeton, une clé d’idempotence par POST et des essais espacés."""

    def __init__(self, adresse: str, client_id: str, client_secret: str) -> None:
        self.adresse, self._acces = adresse, (client_id, client_secret)
        self._jeton, self._renouveler = "", 0.0
        self._http = requests.Session()

    def jeton(self) -> str:
        """Un jeton qui vaut encore un cinquième de sa vie."""
        if time.monotonic() >= self._renouveler:
            demande = {"grant_type": "client_credentials"}
            reponse = self._http.post(f"{self.adresse}/oauth/token", auth=self._acces, data=demande, timeout=30)
            if not reponse.ok:
                raise Probleme(reponse)
            recu = reponse.json()
            self._jeton, self._renouveler = recu["access_token"], time.monotonic() + 0.8 * recu["expires_in"]
        return self._jeton

    def appeler(
        self, methode: str, chemin: str, entetes: dict[str, str] | None = None, **suite: Any
    ) -> requests.Response:
        """La réponse. Ce qui peut être renvoyé l’est, sous la même clé ; le reste est un Probleme."""
        entetes = dict(entetes or {})
        if methode == "POST":
            entetes.setdefault("Idempotency-Key", str(uuid.uuid4()))
        for essai in range(1, ESSAIS + 1):
            entetes["Authorization"] = f"Bearer {self.jeton()}"
            attente = 0.0
            try:
                reponse = self._http.request(methode, self.adresse + chemin, headers=entetes, timeout=60, **suite)
            except (requests.ConnectionError, requests.Timeout):
                if essai == ESSAIS:
                    raise
            else:
                attente = float(reponse.headers.get("Retry-After", 0))
                if reponse.status_code == 401 and essai == 1:
                    self._renouveler = 0.0
                elif reponse.ok or essai == ESSAIS or not (attente or reponse.status_code >= 500):
                    break
            time.sleep(max(attente, random.uniform(0, 2**essai / 2)))
        if not reponse.ok:
            raise Probleme(reponse)
        return reponse

    def lire(self, chemin: str, **query: str) -> Any:
        """Ce qui est à cette adresse."""
        return self.appeler("GET", chemin, params=query).json()

    def pages(self, chemin: str | None, **query: str) -> Iterator[dict[str, Any]]:
        """Les éléments d’une liste, page après page."""
        while chemin:
            reponse = self.appeler("GET", chemin, params=query)
            yield from reponse.json()["elements"]
            chemin, query = reponse.links.get("next", {}).get("url"), {}


class Recepteur(ThreadingHTTPServer):
    """Reçoit les webhooks : vérifie, ignore ce qu’il a déjà vu, range, répond. Le travail vient après."""

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Demande)
        self.secret = ""
        self.vus: set[str] = set()
        self.file: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Demande(BaseHTTPRequestHandler):
    server: Recepteur

    def do_POST(self) -> None:
        corps = self.rfile.read(int(self.headers["Content-Length"]))
        entetes = {nom.lower(): valeur for nom, valeur in self.headers.items()}
        self.send_response(self.prendre(corps, entetes))
        self.end_headers()

    def prendre(self, corps: bytes, entetes: dict[str, str]) -> int:
        """Le statut à répondre."""
        if not self.server.secret:
            return 503  # l’abonnement n’est pas encore rangé : l’envoi sera refait
        try:
            message = Webhook(self.server.secret).verify(corps, entetes)
        except WebhookVerificationError:
            return 401
        if entetes["webhook-id"] not in self.server.vus:
            self.server.vus.add(entetes["webhook-id"])
            self.server.file.put(message)
        return 204

    def log_message(self, *_: object) -> None:
        """Rien."""


def empreinte(octets: bytes) -> str:
    return f"sha-256=:{base64.b64encode(hashlib.sha256(octets).digest()).decode()}:"


def deposer(api: Api, dossier: str, piece: str, nom: str, octets: bytes, **query: str) -> requests.Response:
    """Dépose par un formulaire : les champs, puis le fichier et son empreinte."""
    fichier = (nom, octets, "application/pdf", {"Content-Digest": empreinte(octets)})
    chemin = f"/api/v1/dossiers/{dossier}/documents"
    return api.appeler("POST", chemin, params=query, data={"piece": piece}, files={"fichier": fichier})


def televerser(api: Api, dossier: str, piece: str, nom: str, octets: bytes) -> dict[str, Any]:
    """Dépose par tus, en deux fois, comme si le réseau avait coupé au milieu."""
    adresse = f"{api.adresse}/api/v1/dossiers/{dossier}/televersements"
    client = TusClient(adresse, headers={"Authorization": f"Bearer {api.jeton()}"})
    flux, metadonnees = io.BytesIO(octets), {"filename": nom, "piece": piece}
    debut = client.uploader(file_stream=flux, chunk_size=MORCEAU, metadata=metadonnees)
    debut.upload_chunk()
    suite = client.uploader(file_stream=flux, chunk_size=MORCEAU, url=debut.url)
    verifier(suite.offset == MORCEAU, f"la reprise est à l’octet {suite.offset}")
    suite.upload()
    envoi = api.lire(f"/api/v1/televersements/{debut.url.rsplit('/', 1)[1]}")
    verifier(envoi["statut"] == "depose", f"le téléversement est « {envoi['statut']} » : {envoi.get('refus')}")
    document: dict[str, Any] = envoi["document"]
    return document


def attendre_transmission(api: Api, document: dict[str, Any], limite: float) -> dict[str, Any]:
    """La fiche du document, une fois transmis. Rien n’est reçu deux fois : les lectures rendent leur ETag."""
    chemin, etag = f"/api/v1/documents/{document['id']}", ""
    while time.monotonic() < limite:
        reponse = api.appeler("GET", chemin, {"If-None-Match": etag} if etag else None)
        if reponse.status_code != 304:
            document, etag = reponse.json(), reponse.headers["ETag"]
            if document["statut"] != "recu" or document["remplace_le"]:
                break
        time.sleep(2)
    verifier(document["statut"] == "transmis", f"« {document['nom']} » est « {document['statut']} »")
    return document


def pdf(taille: int) -> bytes:
    """Un PDF valide, d’une page blanche, d’environ cette taille et semblable à aucun autre."""
    objets = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]
    ligne = b"% " + b"-" * 97 + b"\n"
    fichier, places = f"%PDF-1.4\n% {uuid.uuid4()}\n".encode() + ligne * (taille // len(ligne)), []
    for numero, contenu in enumerate(objets, 1):
        places.append(len(fichier))
        fichier += b"%d 0 obj\n%s\nendobj\n" % (numero, contenu)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    fin = b"xref\n0 4\n0000000000 65535 f \n%strailer\n<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
    return fichier + fin % (table, len(fichier))


def verifier(vrai: bool, sinon: str) -> None:
    if not vrai:
        raise RuntimeError(sinon)


def main() -> None:
    api = Api(os.environ["EGESTION"], os.environ["CLIENT_ID"], os.environ["CLIENT_SECRET"])

    # Les dossiers qui attendent quelque chose de l’entreprise, et le premier dont une pièce manque.
    dossiers = list(api.pages("/api/v1/dossiers", attendus="true", limite="2", fields="id,numero,etat,adherent_id"))
    print(f"{len(dossiers)} dossiers attendent quelque chose de l’entreprise.")
    for dossier in dossiers:
        pieces = api.lire(f"/api/v1/dossiers/{dossier['id']}/pieces")["elements"]
        manquantes = [p for p in pieces if p["due"] and not p["fournie"] and "pdf" in p["formats"]]
        if manquantes and dossier["etat"] != "brouillon":
            break
    else:
        raise RuntimeError("aucun dossier transmis n’attend de pièce")
    piece = manquantes[0]
    noms = ", ".join(f"« {p['libelle']} »" for p in manquantes)
    print(f"Le dossier {dossier['numero']} ({dossier['etat']}) attend {noms}.")

    # S’abonner avant d’agir : rien de ce qui suit n’est manqué.
    recepteur = Recepteur(int(os.environ.get("PORT", "0")))
    ici = f"http://127.0.0.1:{recepteur.server_address[1]}/egestion"
    saisie = {"url": os.environ.get("RECEPTEUR", ici), "types": ["document.transmis", "message.envoye"]}
    cree = api.appeler("POST", f"/api/v1/adherents/{dossier['adherent_id']}/webhooks", json=saisie).json()
    recepteur.secret, abonnement = cree["secret"], f"/api/v1/webhooks/{cree['webhook']['id']}"
    try:
        essai = api.appeler("POST", f"{abonnement}/essai").json()["essai"]
        verifier(essai["statut_http"] == 204, f"l’essai du webhook a échoué : {essai['cause']}")
        verifier(recepteur.file.get(timeout=PATIENCE)["type"] == "webhook.essai", "l’essai n’est pas arrivé")
        print("Le webhook d’essai est reçu, et sa signature vérifiée.")
        agir(api, recepteur, dossier, piece)
    finally:
        api.appeler("DELETE", abonnement)
        recepteur.shutdown()


def agir(api: Api, recepteur: Recepteur, dossier: dict[str, Any], piece: dict[str, Any]) -> None:
    """Dépose deux documents, écrit un message, et attend que l’OPCO ait tout."""
    facture, certificats = pdf(0), pdf(3 * MORCEAU)
    verifier(len(certificats) <= piece["taille_max"], "le fichier dépasse la taille de la catégorie")

    # Simuler d’abord : un refus se lit avant d’avoir rien déposé.
    simulation = deposer(api, dossier["id"], piece["id"], "facture.pdf", facture, simulation="true")
    verifier(simulation.headers.get("Simulation") == "true", "la simulation n’en est pas une")
    petit = deposer(api, dossier["id"], piece["id"], "facture.pdf", facture).json()
    verifier(petit["sha256"] == hashlib.sha256(facture).hexdigest(), "le fichier gardé n’est pas celui envoyé")
    print(f"« {petit['nom']} » est simulé, puis déposé : reçu {petit['recu']}.")

    grand = televerser(api, dossier["id"], piece["id"], "certificats.pdf", certificats)
    verifier(grand["sha256"] == hashlib.sha256(certificats).hexdigest(), "le fichier gardé n’est pas celui envoyé")
    print(f"« {grand['nom']} » ({grand['taille']} octets) est déposé par tus, repris au milieu : reçu {grand['recu']}.")

    texte = f"Les documents {petit['recu']} et {grand['recu']} sont déposés."
    chemin = f"/api/v1/dossiers/{dossier['id']}/messages"
    message = api.appeler("POST", chemin, files={"corps": (None, texte)}).json()
    print(f"Un message est envoyé, signé « {message['auteur']} ».")

    # Suivre : les webhooks disent quand relire, la fiche dit ce qui est.
    limite = time.monotonic() + api.lire("/api/v1/configuration")["annulation_secondes"] + PATIENCE
    attendus = {
        ("document.transmis", petit["id"]),
        ("document.transmis", grand["id"]),
        ("message.envoye", message["id"]),
    }
    for document in (petit, grand):
        transmis = attendre_transmission(api, document, limite)
        print(f"« {transmis['nom']} » est transmis à l’OPCO, le {transmis['transmis_le']}.")
    while attendus:
        try:
            recu = recepteur.file.get(timeout=max(0.0, limite - time.monotonic()))
        except queue.Empty:
            raise RuntimeError(f"des webhooks manquent : {attendus}") from None
        attendus.discard((recu["type"], recu["data"]["objet_id"]))
    print("Les trois webhooks sont reçus, et leurs signatures vérifiées.")

    fin = api.lire(f"/api/v1/dossiers/{dossier['id']}")
    regle = api.lire(f"/api/v1/dossiers/{dossier['id']}/reglements")
    print(
        f"Le dossier {fin['numero']} est « {fin['etat']} » ({fin['code_inter_opco']}) : {fin['pieces_fournies']} pièces"
        f" sur {fin['pieces_dues']}, {regle['regle'] / 100:.2f} {regle['devise']} réglés."
    )


if __name__ == "__main__":
    try:
        main()
    except (Probleme, RuntimeError, requests.RequestException, queue.Empty) as erreur:
        sys.exit(f"Échec : {type(erreur).__name__} {erreur}")
