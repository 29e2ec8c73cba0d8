"""What exists: identifiers read through the API, and links received by mail."""

import email
import re
import time
import uuid
from collections import defaultdict
from email.policy import default
from pathlib import Path
from random import Random

from person import PASSWORD, Person, pdf
from roles import Role

# A company of the demonstration: the SIRET of an établissement, the number at the OPCO.
NUMBERS = {"siret": "99841230800012", "numero_adherent": "A0440-18772"}
NEW_ACCOUNTS = 3
MAIL_SECONDS = 20


class Known:
    """What a person of the demonstration sees."""

    def __init__(self, url: str, mails: Path, role: Role) -> None:
        self.mails = mails
        self.person, self.spare = Person(url, role.email), Person(url, role.spare)
        self.token = self.person.sign_in()
        # By the name that the parameter has in every path.
        self.ids: dict[str, list[str]] = defaultdict(list)
        # Categories that take any number of PDFs, by dossier.
        self.pieces: dict[str, list[str]] = {}
        self._member = self.person.get("/api/v1/session", self.token)["cote"] == "membre"
        self._read_portal()
        self._read_dossiers()
        # Tokens that serve once, by the page that the link leads to.
        self.links = self._ask_for_links(role)

    def deposit(self, chance: Random) -> str:
        """Deposits a document of the person's side, and gives its identifier."""
        dossier = chance.choice(sorted(self.pieces))
        path, fields = f"/api/v1/dossiers/{dossier}/documents-opco", {}
        if self._member:
            path, fields = f"/api/v1/dossiers/{dossier}/documents", {"piece": chance.choice(self.pieces[dossier])}
        answer = self.person.post(path, self.token, data=fields, files={"fichier": ("depot.pdf", pdf())})
        return str(answer.json()["id"])

    def _read_portal(self) -> None:
        portal = self.person.get("/api/v1/portail", self.token)
        self.ids["service_id"] = [service["id"] for theme in portal["themes"] for service in theme["services"]]
        guides = self.person.get("/api/v1/guides", self.token)
        self.ids["guide_id"] = [guide["id"] for guide in guides["elements"]]
        self.ids["message_id"] = [message["id"] for message in self.person.pages("/api/v1/messages", self.token)]

    def _read_dossiers(self) -> None:
        for view in ("en_cours", "historique"):
            for dossier in self.person.pages("/api/v1/dossiers", self.token, vue=view):
                self._read_dossier(dossier["id"])

    def _read_dossier(self, dossier: str) -> None:
        self.ids["dossier_id"].append(dossier)
        pieces = self.person.get(f"/api/v1/dossiers/{dossier}/pieces", self.token)
        opco = self.person.get(f"/api/v1/dossiers/{dossier}/documents-opco", self.token)
        lists = [opco["elements"], *(piece["documents"] for piece in pieces["elements"])]
        self.ids["document_id"] += [document["id"] for documents in lists for document in documents]
        if pieces["peut_deposer"] or not self._member:
            free = [p["id"] for p in pieces["elements"] if "pdf" in p["formats"] and p["nombre_max"] is None]
            if free:
                self.pieces[dossier] = free

    def _ask_for_links(self, role: Role) -> dict[str, list[str]]:
        """Asks for accounts and for new passwords, and reads the links that come by mail."""
        before = set(self.mails.glob("*.eml"))
        for _ in range(NEW_ACCOUNTS):
            self.person.post("/api/v1/comptes", None, json=new_account(f"{uuid.uuid4()}@contrat.example"))
        for address in role.forgetful:
            self.person.post("/api/v1/mots-de-passe/oubli", None, json={"email": address})
        wanted = {"compte/confirmer": NEW_ACCOUNTS, "mot-de-passe/nouveau": len(role.forgetful)}
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


def new_account(address: str) -> dict[str, str]:
    """A request for an account that leads to one."""
    return {**NUMBERS, "prenom": "Ada", "nom": "Contrat", "email": address, "mot_de_passe": PASSWORD}


def text_of(mail: Path) -> str:
    """The text of a mail."""
    message = email.message_from_bytes(mail.read_bytes(), policy=default)
    return str(message.get_content())
