"""What exists: identifiers read through the API, and links received by mail."""

import email
import re
import threading
import time
import uuid
from base64 import b64encode
from collections import defaultdict
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any

from person import PASSWORD, Person, Program, pdf
from roles import ROLES, Role

# A company of the demonstration: the SIRET of an établissement, the number at the OPCO.
NUMBERS = {"siret": "99841230800012", "numero_adherent": "A0440-18772"}
# All that an API client may be given.
SCOPES = [
    "dossiers:read",
    "documents:read",
    "documents:write",
    "messages:read",
    "messages:write",
    "webhooks:manage",
]
NEW_ACCOUNTS = 3
# Invitations to accept, and to withdraw.
INVITED, WITHDRAWN = 3, 20
MAIL_SECONDS = 20
# An access token lives twice as long.
RENEWAL_SECONDS = 300


class Known:
    """What a person of the demonstration sees."""

    def __init__(self, url: str, mails: Path, role: Role, scope: str | None = None) -> None:
        self.mails, self.scope = mails, scope
        self._narrow, self._narrowed = "", float("-inf")
        self.person, self.spare = Person(url, role.email), Person(url, role.spare)
        self._sign_in()
        # By the name that the parameter has in every path.
        self.ids: dict[str, list[str]] = defaultdict(list)
        # Categories that take any number of PDFs, by dossier.
        self.pieces: dict[str, list[str]] = {}
        # The dossiers of those that take pieces still.
        self.open: list[str] = []
        self.is_member = self.person.get("/api/v1/session", self.token)["cote"] == "membre"
        # Where webhooks are taken.
        self.receiver = receiver()
        # A subscription that stays, with its deliveries.
        self.deliveries: list[tuple[str, str]] = []
        self._read_portal()
        # Whoever administers a company, and the API client of it that stays: its identifier and its secret.
        self.company = self.person if self.is_member else Person(url, ROLES["adherent"].email)
        self._companies = self.places(self.company.sign_in())
        self.client = self.new_client()
        if role.program:
            self.person = Program(url, **self.client)
            self._sign_in()
        self._read_dossiers()
        if self.is_member:
            self.ids["client_id"] = [self.client["client_id"]]
            self._subscribe()
            if not role.program:
                # No scope opens them; and a company may invite so many people within an hour.
                self._read_members()
        # Tokens that serve once, by the page that the link leads to.
        self.links = self._ask_for_links(role)

    @property
    def token(self) -> str:
        """What every request is made with: the session of a person, which lasts, or a program's access token."""
        if isinstance(self.person, Program) and time.monotonic() - self._taken > RENEWAL_SECONDS:
            self._sign_in()
        return self._token

    @property
    def tested(self) -> str:
        """What operations are asked for with: the token, but of one scope alone where there is one to test."""
        if self.scope is None or not isinstance(self.person, Program):
            return self.token
        if time.monotonic() - self._narrowed > RENEWAL_SECONDS:
            self._narrow, self._narrowed = self.person.sign_in(self.scope), time.monotonic()
        return self._narrow

    def _sign_in(self) -> None:
        self._token, self._taken = self.person.sign_in(), time.monotonic()

    def deposit(self, chance: Random) -> str:
        """Deposits a document of the person's side, and gives its identifier."""
        dossier = chance.choice(sorted(self.pieces))
        path, fields = f"/api/v1/dossiers/{dossier}/documents-opco", {}
        if self.is_member:
            path, fields = f"/api/v1/dossiers/{dossier}/documents", {"piece": chance.choice(self.pieces[dossier])}
        answer = self.person.post(path, self.token, data=fields, files={"fichier": ("depot.pdf", pdf())})
        return str(answer.json()["id"])

    def ask_for_a_piece(self, chance: Random) -> tuple[str, str]:
        """Gives an open dossier and one of its categories, which the member is asked for and has not filled since."""
        dossier = chance.choice(self.open)
        wanted = chance.choice(self.pieces[dossier])
        path = f"/api/v1/dossiers/{dossier}"
        pieces = self.person.get(f"{path}/pieces", self.token)["elements"]
        piece = next(piece for piece in pieces if piece["id"] == wanted)
        if piece["demande"] is None or piece["fournie"]:
            asked = {"piece_id": wanted, "motif": "Il manque une page."}
            self.person.post(f"{path}/demandes-piece", self.token, json=asked)
        return dossier, wanted

    def new_webhook(self) -> str:
        """Makes room among the subscriptions of the company, then makes one, and gives its identifier."""
        path = f"/api/v1/adherents/{self.ids['adherent_id'][0]}/webhooks"
        for webhook in self.person.get(path, self.token)["elements"]:
            if webhook["id"] not in self.ids["webhook_id"]:
                self.person.delete(f"/api/v1/webhooks/{webhook['id']}", self.token)
        return str(self.person.post(path, self.token, json={"url": self.receiver}).json()["webhook"]["id"])

    def new_client(self) -> dict[str, str]:
        """Makes room among the API clients of the company, then makes one, and gives what it proves itself by."""
        token = self.company.sign_in()
        path = f"/api/v1/adherents/{self._companies[0]['adherent_id']}/clients-api"
        for client in self.company.pages(path, token):
            if client["revoque_le"] is None and client["id"] not in self.ids["client_id"]:
                self.company.delete(f"/api/v1/clients-api/{client['id']}", token)
        made = self.company.post(path, token, json=self.client_settings()).json()
        return {"client_id": made["client"]["client"]["id"], "client_secret": made["secret"]}

    def client_settings(self) -> dict[str, Any]:
        """What an API client with every scope, everywhere in its company, is to be."""
        company = self._companies[0]["adherent_id"]
        places = [place["id"] for place in self._companies if place["adherent_id"] == company]
        return {"nom": "Paie", "logiciel": "Contrat", "scopes": SCOPES, "etablissements": places}

    def places(self, token: str) -> list[dict[str, Any]]:
        """The établissements of the companies that are administered."""
        found = self.company.get("/api/v1/session", token)["etablissements"]
        return sorted(found, key=lambda place: str(place["adherent_id"]))

    def access_token(self) -> str:
        """An access token of the client that stays."""
        form = {"grant_type": "client_credentials", **self.client}
        return str(self.person.post("/oauth/token", None, data=form).json()["access_token"])

    def settle(self, webhook: str, delivery: str) -> None:
        """Resumes a subscription, and waits until one of its deliveries is taken."""
        self.person.post(f"/api/v1/webhooks/{webhook}/reprise", self.token)
        limit = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < limit:
            read = self.person.get(f"/api/v1/webhooks/{webhook}/livraisons/{delivery}", self.token)
            if read["livraison"]["statut"] == "livree":
                return
            time.sleep(0.1)
        raise RuntimeError(f"The webhook was not taken within {MAIL_SECONDS} s.")

    def _subscribe(self) -> None:
        """Subscribes to what happens, lets something happen, and reads what was sent."""
        self.ids["adherent_id"] = sorted({place["adherent_id"] for place in self._companies})
        self.ids["webhook_id"] = [self.new_webhook()]
        dossier = sorted(self.pieces)[0]
        words = {"corps": (None, "Bonjour")}
        self.person.post(f"/api/v1/dossiers/{dossier}/messages", self.token, files=words)
        webhook = self.ids["webhook_id"][0]
        limit = time.monotonic() + MAIL_SECONDS
        while not self.deliveries and time.monotonic() < limit:
            log = self.person.get(f"/api/v1/webhooks/{webhook}/livraisons", self.token)["elements"]
            self.deliveries = [(webhook, delivery["id"]) for delivery in log]
            time.sleep(0.1)
        self.ids["livraison_id"] = [delivery for _, delivery in self.deliveries]

    def upload(self, chance: Random, size: int) -> str:
        """Opens a resumable upload of the person's side, and gives its identifier."""
        dossier = chance.choice(sorted(self.pieces))
        path = f"/api/v1/dossiers/{dossier}/televersements"
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(size), "Upload-Metadata": self.metadata(chance, dossier)}
        return str(self.person.post(path, self.token, more_headers=headers).json()["id"])

    def metadata(self, chance: Random, dossier: str) -> str:
        """What an upload to a dossier tells of its file."""
        pairs = {"filename": "depot.pdf"}
        if self.is_member:
            pairs["piece"] = chance.choice(self.pieces[dossier])
        return ",".join(f"{key} {b64encode(value.encode()).decode()}" for key, value in pairs.items())

    def send(self, upload: str, content: bytes) -> None:
        """Sends all bytes of an upload."""
        headers = {"Tus-Resumable": "1.0.0", "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
        self.person.patch(f"/api/v1/televersements/{upload}", self.token, data=content, more_headers=headers)

    def _read_portal(self) -> None:
        portal = self.person.get("/api/v1/portail", self.token)
        self.ids["service_id"] = [service["id"] for theme in portal["themes"] for service in theme["services"]]
        guides = self.person.get("/api/v1/guides", self.token)
        self.ids["guide_id"] = [guide["id"] for guide in guides["elements"]]
        self.ids["message_id"] = [message["id"] for message in self.person.pages("/api/v1/messages", self.token)]

    def _read_members(self) -> None:
        """A member who administers nothing, whose rights may change, and invitations that may be withdrawn."""
        token = self.company.sign_in()
        company = f"/api/v1/adherents/{self._companies[0]['adherent_id']}"
        members = self.company.pages(f"{company}/membres", token)
        roles = {m["id"]: {r["role"] for r in m["rattachements"]} for m in members if not m["moi"]}
        self.ids["membre_id"] = [member for member, held in roles.items() if "administrateur" not in held]
        for _ in range(WITHDRAWN):
            made = self.company.post(f"{company}/invitations", token, json=self.invitation()).json()
            self.ids["invitation_id"].append(made["id"])

    def rights(self, role: str = "lecteur", place: dict[str, Any] | None = None) -> list[dict[str, str]]:
        """A role in an établissement of the companies that are administered: the first, unless told."""
        return [{"etablissement_id": (place or self._companies[0])["id"], "role": role}]

    def invitation(self, place: dict[str, Any] | None = None) -> dict[str, Any]:
        """Somebody to invite."""
        return {"email": f"{uuid.uuid4()}@contrat.example", "rattachements": self.rights(place=place)}

    def _read_dossiers(self) -> None:
        for view in ("en_cours", "historique"):
            for dossier in self.person.pages("/api/v1/dossiers", self.token, vue=view):
                self._read_dossier(dossier["id"])
            if view == "en_cours":
                self.open = sorted(self.pieces)

    def _read_dossier(self, dossier: str) -> None:
        self.ids["dossier_id"].append(dossier)
        pieces = self.person.get(f"/api/v1/dossiers/{dossier}/pieces", self.token)
        opco = self.person.get(f"/api/v1/dossiers/{dossier}/documents-opco", self.token)
        lists = [opco["elements"], *(piece["documents"] for piece in pieces["elements"])]
        self.ids["document_id"] += [document["id"] for documents in lists for document in documents]
        if pieces["peut_deposer"] or not self.is_member:
            free = [p["id"] for p in pieces["elements"] if "pdf" in p["formats"] and p["nombre_max"] is None]
            if free:
                self.pieces[dossier] = free

    def _ask_for_links(self, role: Role) -> dict[str, list[str]]:
        """Asks for accounts and for new passwords, and reads the links that come by mail."""
        if not role.forgetful:
            return defaultdict(list)
        before = set(self.mails.glob("*.eml"))
        for _ in range(NEW_ACCOUNTS):
            self.person.post("/api/v1/comptes", None, json=new_account(f"{uuid.uuid4()}@contrat.example"))
        for address in role.forgetful:
            self.person.post("/api/v1/mots-de-passe/oubli", None, json={"email": address})
        token = self.company.sign_in()
        # Not the company whose invitations of this hour the member's test may have used up.
        place = self._companies[0 if self.is_member else -1]
        for _ in range(INVITED):
            path = f"/api/v1/adherents/{place['adherent_id']}/invitations"
            self.company.post(path, token, json=self.invitation(place))
        wanted = {"compte/confirmer": NEW_ACCOUNTS, "/invitation": INVITED, "mot-de-passe/nouveau": len(role.forgetful)}
        limit = time.monotonic() + MAIL_SECONDS
        while time.monotonic() < limit:
            texts = [text_of(mail) for mail in sorted({*self.mails.glob("*.eml")} - before)]
            links = {
                page: [t for text in texts for t in re.findall(page + r"\?jeton=(\S+)\s", text)] for page in wanted
            }
            if all(len(links[page]) >= number for page, number in wanted.items()):
                return links
            time.sleep(0.2)
        raise RuntimeError(f"The mails with the links did not come within {MAIL_SECONDS} s.")


class Taking(BaseHTTPRequestHandler):
    """Takes every webhook."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def receiver() -> str:
    """Starts a receiver of webhooks, and gives its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Taking)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_address[1]}/hooks"


def new_account(address: str) -> dict[str, str]:
    """A request for an account that leads to one."""
    return {**NUMBERS, "prenom": "Ada", "nom": "Contrat", "email": address, "mot_de_passe": PASSWORD}


def text_of(mail: Path) -> str:
    """The text of a mail."""
    message = email.message_from_bytes(mail.read_bytes(), policy=default)
    return str(message.get_content())
