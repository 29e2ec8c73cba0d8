"""What Schemathesis is told of this API: how to sign in, and what exists.

Invented identifiers would make nearly every answer a 404. In most cases the hooks put in real ones, and what the
rules want beyond the shapes: real categories, readable files, right passwords. What Schemathesis made wrong on
purpose stays wrong, but for half of the paths: a wrong one hides everything behind it.
"""

import atexit
import json
import os
import uuid
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import schemathesis
from schemathesis import Case, HookContext, Response
from schemathesis.auths import AuthContext
from schemathesis.checks import CheckContext
from schemathesis.core.parameters import ParameterLocation as Place

from known import NUMBERS, Known, new_account
from person import COOKIE, PASSWORD, new_address, pdf
from roles import ROLES

# How often what can be real is, in what Schemathesis meant to be right, and in the paths that it meant to be wrong.
REAL = 0.8
RIGHTED = 0.5
# Deposited again and again: an answer tells which document it is the double of.
SAME_FILE = pdf()

TUS_HEADERS = {"Tus-Resumable", "Upload-Checksum", "Upload-Length", "Upload-Metadata", "Upload-Offset"}

ROLE = ROLES[os.environ["CONTRACT_ROLE"]]
known = Known(
    os.environ["CONTRACT_URL"], Path(os.environ["CONTRACT_MAILS"]), ROLE, os.environ.get("CONTRACT_SCOPE")
)
answers: Counter[tuple[str, int]] = Counter()
# The path parameters, the query and the `ETag` of what each operation read last.
read: dict[str, tuple[dict[str, Any], dict[str, Any], str]] = {}
chance = Random(int(os.environ["CONTRACT_SEED"]))


@schemathesis.auth()
class Session:
    """The session or the access token that every request is made with, unless its operation would end it."""

    def get(self, _case: Case, _context: AuthContext) -> str:
        return known.tested

    def set(self, case: Case, token: str, _context: AuthContext) -> None:
        if ROLE.program:
            case.headers.update(known.person.credentials(token))
        else:
            case.cookies = {**case.cookies, COOKIE: token}


@schemathesis.serializer("application/offset+octet-stream")
def bytes_of_an_upload(_context: Any, value: Any) -> bytes:
    """Bytes as they are; any other value that Schemathesis makes, as text."""
    return value if isinstance(value, bytes) else str(value).encode()


@schemathesis.check
def refusals_are_problems(_context: CheckContext, response: Response, case: Case) -> None:
    """Every refusal is a problem (RFC 9457) that tells its own status, whatever was sent."""
    if response.status_code < 400 or response.request.method == "HEAD":
        return
    media_type = response.headers.get("content-type", ["none"])[0]
    if media_type == "application/json" and operation(case) in FORMS and response.status_code in (400, 401):
        # RFC 6749 has a shape of its own.
        assert response.json()["error"], "a refusal of OAuth tells its code"
        return
    assert media_type == "application/problem+json", f"a refusal has the media type {media_type}"
    problem = response.json()
    assert problem["status"] == response.status_code, f"the problem tells the status {problem['status']}"
    assert response.status_code != 429 or int(response.headers["retry-after"][0]) > 0, "a 429 says when to come back"
    assert problem["type"] == f"/problems/{problem['code']}", f"the problem has the type {problem['type']}"


@schemathesis.hook
def before_call(_context: HookContext, case: Case, _kwargs: dict[str, Any]) -> None:
    if chance.random() < 0.9:
        case.headers["X-Forwarded-For"] = new_address()
    if case.path_parameters and operation(case) not in DESTROYING and chance.random() < (RIGHTED if wrong(case, Place.PATH) else REAL):
        for name in case.path_parameters:
            if known.ids[name]:
                case.path_parameters[name] = chance.choice(known.ids[name])
    head(case)
    for name in TUS_HEADERS & case.headers.keys():
        # What HTTP forbids in a header never reaches the server's own code.
        case.headers[name] = "".join(c for c in str(case.headers[name]) if " " <= c <= "~")
    act = ACTS.get(operation(case))
    if act and is_asked(case) and (operation(case) in LASTING or chance.random() < REAL):
        act(case)
    if operation(case) in ENDING:
        as_spare(case)


@schemathesis.hook
def after_call(_context: HookContext, case: Case, response: Response) -> None:
    if not is_asked(case):
        return
    answers[operation(case), response.status_code] += 1
    if response.status_code == 200:
        for etag in response.headers.get("etag", []):
            read[operation(case)] = (dict(case.path_parameters), dict(case.query), etag)
    done = response.status_code == 204 and "simulation" not in response.headers
    if operation(case) == "changer_mot_de_passe" and done and isinstance(case.body, dict):
        known.spare.password = str(case.body["nouveau"])


@atexit.register
def write_answers() -> None:
    """Hands over how often each operation answered each status."""
    lines = [[name, status, times] for (name, status), times in sorted(answers.items())]
    Path(os.environ["CONTRACT_ANSWERS"]).write_text(json.dumps(lines))


def operation(case: Case) -> str:
    """The `operationId`."""
    return str(case.operation.definition.raw["operationId"])


def as_spare(case: Case) -> None:
    """Asks in a new session of the spare person, rather than in the one that must last."""
    case.cookies = {**case.cookies, COOKIE: known.spare.sign_in()}


def is_asked(case: Case) -> bool:
    """Whether the case asks for its operation, rather than for a method that the address has not."""
    return bool(case.method.upper() == case.operation.method.upper())


def wrong(case: Case, place: Place) -> bool:
    """Whether Schemathesis made a part of the case wrong on purpose."""
    return case.meta is not None and case.meta.is_negative_at(place)


def head(case: Case) -> None:
    """Makes the headers and the query that all operations share mean something, most of the time."""
    if "simulation" in case.query and not wrong(case, Place.QUERY) and chance.random() < REAL:
        case.query.pop("simulation")
    # The HTTP libraries refuse what no header may hold, before it is a request of ours.
    for name in [name for name, value in case.headers.items() if any(not " " <= c <= "\u00ff" for c in str(value))]:
        case.headers.pop(name)
    # Some fields are not the whole that the document tells: the integration tests ask for them.
    case.query.pop("fields", None)
    if wrong(case, Place.HEADER):
        return
    # A key belongs to one request; a digest is that of the body, which is not made yet.
    for name, value in (("Idempotency-Key", str(uuid.uuid4())), ("Content-Digest", None)):
        if name in case.headers and chance.random() < REAL:
            case.headers.pop(name)
            if value is not None:
                case.headers[name] = value
    if operation(case) in VERSIONED:
        case.headers["If-Match"] = "*" if chance.random() < REAL else '"another"'
    if "If-None-Match" in case.headers or case.method.upper() == "GET":
        case.headers.pop("If-None-Match", None)
        if operation(case) in read and chance.random() < 0.2 and not wrong(case, Place.QUERY):
            case.path_parameters, case.query, case.headers["If-None-Match"] = read[operation(case)]


# What makes a case succeed, by operation.

Act = Callable[[Case], None]


def body(make: Callable[[Case], dict[str, Any] | None]) -> Act:
    """Replaces the body by what `make` gives, unless it is wrong on purpose or nothing is given."""

    def act(case: Case) -> None:
        if not wrong(case, Place.BODY):
            made = make(case)
            if made is not None:
                case.body = made

    return act


def text(case: Case, name: str, otherwise: str) -> str:
    """The text that Schemathesis made for a field of the body, half of the time."""
    made = case.body.get(name) if isinstance(case.body, dict) else None
    return made if isinstance(made, str) and chance.random() < 0.5 else otherwise


def filters(case: Case) -> None:
    """Keeps the filters that leave something in the list, half of the time, else all but an invented cursor."""
    if wrong(case, Place.QUERY) or "If-None-Match" in case.headers:
        return
    case.query.pop("curseur", None)
    if chance.random() < 0.5:
        case.query = {name: value for name, value in case.query.items() if name in ("vue", "tri", "limite", "attendus")}


def part(case: Case) -> None:
    """Asks for a part that is there, for one that is not, for what has not changed since, or for all."""
    if wrong(case, Place.HEADER):
        return
    header: dict[str, str] = chance.choice([{"Range": "bytes=0-99"}, {"Range": "bytes=999999999-"}, {}, {}])
    if "If-None-Match" in case.headers:
        header = {}
    case.headers.pop("Range", None)
    case.headers.update(header)


def deposit(case: Case) -> dict[str, Any]:
    dossier = case.path_parameters["dossier_id"]
    pieces = known.pieces.get(dossier) if isinstance(dossier, str) else None
    if pieces is None:
        dossier = case.path_parameters["dossier_id"] = chance.choice(sorted(known.pieces))
        pieces = known.pieces[dossier]
    file = chance.choice([pdf(), pdf(), SAME_FILE])
    return {"piece": chance.choice(pieces), "doublon_accepte": chance.choice(["true", "false"]), "fichier": file}


def version(case: Case) -> dict[str, Any]:
    case.path_parameters["document_id"] = known.deposit(chance)
    return {"fichier": pdf()}


def own_deposit(case: Case) -> None:
    if not wrong(case, Place.PATH):
        case.path_parameters["document_id"] = known.deposit(chance)


def tus(case: Case, **headers: str) -> None:
    """Puts right the headers of the protocol, unless they are wrong on purpose."""
    if not wrong(case, Place.HEADER):
        case.headers.update({"Tus-Resumable": "1.0.0", **headers})
        case.headers.pop("Upload-Checksum", None)


def creation(case: Case) -> None:
    dossier = case.path_parameters["dossier_id"]
    if dossier not in known.pieces:
        dossier = case.path_parameters["dossier_id"] = chance.choice(sorted(known.pieces))
    content = pdf()
    tus(case, **{"Upload-Length": str(len(content)), "Upload-Metadata": known.metadata(chance, dossier)})
    if not wrong(case, Place.BODY):
        case.body = content


def own_upload(case: Case) -> None:
    # What is asked for again is what was read.
    if not wrong(case, Place.PATH) and "If-None-Match" not in case.headers:
        case.path_parameters["televersement_id"] = known.upload(chance, 1000)
    tus(case)


def part_of_an_upload(case: Case) -> None:
    content = pdf()
    if not wrong(case, Place.PATH):
        case.path_parameters["televersement_id"] = known.upload(chance, len(content))
    tus(case, **{"Upload-Offset": "0"})
    if not wrong(case, Place.BODY):
        case.body = content


def upload_to_deposit(case: Case) -> None:
    if wrong(case, Place.PATH):
        return
    content = pdf()
    case.path_parameters["televersement_id"] = known.upload(chance, len(content))
    known.send(case.path_parameters["televersement_id"], content)


def message(case: Case) -> dict[str, Any]:
    words = text(case, "corps", "Bonjour, voici les pièces demandées.")
    return {"corps": words, "fichier": [pdf() for _ in range(chance.randrange(3))]}


def request_for_a_piece(case: Case) -> dict[str, Any]:
    dossier = case.path_parameters["dossier_id"] = chance.choice(sorted(known.pieces))
    day = (date.today() + timedelta(days=chance.randint(1, 60))).isoformat()
    reason = text(case, "motif", "Il manque une page.")
    return {"piece_id": chance.choice(known.pieces[dossier]), "motif": reason, "avant": text(case, "avant", day)}


def open_request(case: Case) -> None:
    """A request for a piece that nothing answered; none is made for who may not ask."""
    if not known.is_member and not wrong(case, Place.PATH):
        case.path_parameters["dossier_id"], case.path_parameters["piece_id"] = known.ask_for_a_piece(chance)


def changed_request(case: Case) -> dict[str, Any]:
    open_request(case)
    day = (date.today() + timedelta(days=chance.randint(1, 60))).isoformat()
    return {"motif": text(case, "motif", "La page 3 est illisible."), "avant": text(case, "avant", day)}


def judgement(case: Case) -> dict[str, Any]:
    reason = text(case, "motif", "La page 2 est illisible.")
    verdict = chance.choice(["acceptee", "a_completer", "refusee"])
    day = (date.today() + timedelta(days=chance.randint(1, 60))).isoformat()
    return {"verdict": verdict, "motif": reason, "avant": day if verdict == "a_completer" else None}


def batch(case: Case) -> dict[str, Any]:
    acts = [
        {"envoyer_message": {"dossier": chance.choice(known.ids["dossier_id"]), "corps": "Bonjour."}},
        {"marquer_message": {"message": chance.choice(known.ids["message_id"]), "lu": chance.random() < 0.5}},
        {"envoyer_message": {"dossier": str(uuid.uuid4()), "corps": "Nulle part."}},
    ]
    return {"elements": [{"acte": chance.choice(acts)} for _ in range(chance.randint(1, 5))]}


def request_for_an_account(case: Case) -> dict[str, Any]:
    account = new_account(f"{chance.randrange(10**9)}@contrat.example")
    return {**account, "prenom": text(case, "prenom", "Ada"), "nom": text(case, "nom", "Contrat")}


def other_session(case: Case) -> None:
    """The session of a second browser of the person whose sessions may end."""
    if wrong(case, Place.PATH):
        return
    token = known.spare.sign_in()
    sessions = known.spare.get("/api/v1/moi/sessions", token)["elements"]
    case.path_parameters["session_id"] = next(session["id"] for session in sessions if session["courante"])


def link(page: str, case: Case) -> str | None:
    """The token of a link that was not used yet, for a case in which nothing is wrong."""
    right = case.meta is not None and case.meta.generation.mode.is_positive
    return known.links[page].pop() if right and known.links[page] else None


def confirmation(case: Case) -> dict[str, Any] | None:
    token = link("compte/confirmer", case)
    return None if token is None else {"jeton": token}


def invitation_received(case: Case) -> dict[str, Any] | None:
    right = case.meta is not None and case.meta.generation.mode.is_positive
    return {"jeton": known.links["/invitation"][-1]} if right and known.links["/invitation"] else None


def acceptance(case: Case) -> dict[str, Any] | None:
    # One stays, to be read.
    token = link("/invitation", case) if len(known.links["/invitation"]) > 1 else None
    account = {"prenom": text(case, "prenom", "Ada"), "nom": "Contrat", "mot_de_passe": PASSWORD}
    return None if token is None else {"jeton": token, "compte": account}


def to_join(_: Case) -> dict[str, Any]:
    return NUMBERS


def in_the_company(case: Case) -> None:
    if known.ids["adherent_id"] and not wrong(case, Place.PATH):
        case.path_parameters["adherent_id"] = known.ids["adherent_id"][0]


def member(case: Case) -> dict[str, Any]:
    in_the_company(case)
    return {"rattachements": known.rights(chance.choice(["lecteur", "contributeur"]))}


def somebody_to_invite(case: Case) -> dict[str, Any]:
    in_the_company(case)
    return known.invitation()


def new_password(case: Case) -> dict[str, Any] | None:
    token = link("mot-de-passe/nouveau", case)
    return None if token is None else {"jeton": token, "mot_de_passe": f"{PASSWORD}-2"}


def change_of_password(case: Case) -> dict[str, Any]:
    as_spare(case)
    return {"actuel": known.spare.password, "nouveau": f"{PASSWORD}-{chance.randrange(10**6)}"}


def subscription(case: Case) -> dict[str, Any]:
    return {"url": known.receiver, "description": text(case, "description", "Notre logiciel")[:200]}


def new_subscription(case: Case) -> dict[str, Any]:
    if known.deliveries:
        known.new_webhook()
        case.path_parameters["adherent_id"] = known.ids["adherent_id"][0]
    return subscription(case)


def spare_subscription(case: Case) -> None:
    if known.deliveries and not wrong(case, Place.PATH):
        case.path_parameters["webhook_id"] = known.new_webhook()


def delivery(case: Case) -> None:
    if known.deliveries and not wrong(case, Place.PATH):
        case.path_parameters["webhook_id"], case.path_parameters["livraison_id"] = chance.choice(known.deliveries)


def finished_delivery(case: Case) -> None:
    """A delivery that was taken, of an active subscription."""
    delivery(case)
    if known.deliveries and not wrong(case, Place.PATH):
        known.settle(case.path_parameters["webhook_id"], case.path_parameters["livraison_id"])


def replay(case: Case) -> dict[str, Any]:
    if known.deliveries:
        case.path_parameters["webhook_id"] = known.ids["webhook_id"][0]
        known.person.post(f"/api/v1/webhooks/{known.ids['webhook_id'][0]}/reprise", known.token)
    return {"depuis": "2026-01-01T00:00:00Z", "etendue": chance.choice(["echecs", "toutes"])}


def client(case: Case) -> dict[str, Any]:
    settings = known.client_settings() if known.ids["client_id"] else {}
    return {**settings, "nom": text(case, "nom", "Paie du siège")[:80]}


def new_client(case: Case) -> dict[str, Any]:
    if known.ids["client_id"]:
        known.new_client()
        case.path_parameters["adherent_id"] = known.ids["adherent_id"][0]
    return client(case)


def spare_client(case: Case) -> None:
    """A client of which nothing else is wanted."""
    if known.ids["client_id"] and not wrong(case, Place.PATH):
        case.path_parameters["client_id"] = known.new_client()["client_id"]


def rotation(case: Case) -> dict[str, Any]:
    spare_client(case)
    return {"chevauchement_heures": chance.randrange(721)}


def key(case: Case) -> dict[str, Any]:
    spare_client(case)
    return {"jwk": public_key()}


def public_key() -> dict[str, str]:
    x = urlsafe_b64encode(chance.randbytes(32)).decode().rstrip("=")
    return {"kty": "OKP", "crv": "Ed25519", "x": x}


def spare_secret(case: Case) -> None:
    spare_client(case)
    if known.ids["client_id"] and not wrong(case, Place.PATH):
        card = known.person.get(f"/api/v1/clients-api/{case.path_parameters['client_id']}", known.token)
        case.path_parameters["secret_id"] = card["secrets"][0]["id"]


def spare_key(case: Case) -> None:
    spare_client(case)
    if known.ids["client_id"] and not wrong(case, Place.PATH):
        path = f"/api/v1/clients-api/{case.path_parameters['client_id']}/cles"
        card = known.person.post(path, known.token, json={"jwk": public_key()}).json()
        case.path_parameters["cle_id"] = card["cles"][0]["id"]


def token_request(_: Case) -> dict[str, Any]:
    return {"grant_type": "client_credentials", **known.client}


def token_presented(_: Case) -> dict[str, Any]:
    return {"token": known.access_token(), **known.client}


ACTS: dict[str, Act] = {
    "accepter_invitation": body(acceptance),
    "abandonner_televersement": own_upload,
    "ajouter_cle_api": body(key),
    "annuler_depot": own_deposit,
    "apercu_document": part,
    "changer_mot_de_passe": body(change_of_password),
    "changer_secret_webhook": body(lambda _: {"recouvrement_heures": chance.randrange(169)}),
    "confirmer_compte": body(confirmation),
    "corriger_identite": body(lambda _: {"prenom": "Ada", "nom": chance.choice(["Contrat", "Lemercier"])}),
    "creer_client_api": body(new_client),
    "creer_compte": body(request_for_an_account),
    "creer_televersement": creation,
    "creer_webhook": body(new_subscription),
    "demander_piece": body(request_for_a_piece),
    "demander_rattachement": body(to_join),
    "deposer_document": body(deposit),
    "deposer_document_opco": body(deposit),
    "deposer_televersement": upload_to_deposit,
    "emettre_jeton": body(token_request),
    "envoyer_message": body(message),
    "examiner_document": body(judgement),
    "executer_lot": body(batch),
    "introspecter_jeton": body(token_presented),
    "inviter_membre": body(somebody_to_invite),
    "lire_invitation": body(invitation_received),
    "lire_membre": in_the_company,
    "lister_clients_api": filters,
    "lister_invitations": filters,
    "lister_membres": filters,
    "lister_dossiers": filters,
    "lister_messages": filters,
    "lister_televersements": filters,
    "lire_fil": filters,
    "lire_livraison": delivery,
    "lire_televersement": own_upload,
    "lire_travail": filters,
    "lister_livraisons": filters,
    "modifier_client_api": body(client),
    "modifier_demande_piece": body(changed_request),
    "modifier_webhook": body(subscription),
    "oublier_mot_de_passe": body(lambda _: {"email": known.spare.email}),
    "poursuivre_televersement": part_of_an_upload,
    "ouvrir_session": body(lambda _: {"email": known.spare.email, "mot_de_passe": known.spare.password}),
    "regler_membre": body(member),
    "reinitialiser_mot_de_passe": body(new_password),
    "rejouer_livraison": finished_delivery,
    "rejouer_livraisons": body(replay),
    "remplacer_document": body(version),
    "renouveler_secret_api": body(rotation),
    "retirer_cle_api": spare_key,
    "retirer_demande_piece": open_request,
    "revoquer_client_api": spare_client,
    "revoquer_jeton": body(token_presented),
    "suivre_televersement": own_upload,
    "supprimer_webhook": spare_subscription,
    "telecharger_document": part,
    "telecharger_guide": part,
    "terminer_secret_api": spare_secret,
    "terminer_session": other_session,
}

# Their forms are those of OAuth.
FORMS = {"emettre_jeton", "introspecter_jeton", "revoquer_jeton"}

# They end something for good: never what must last.
DESTROYING = {
    "renouveler_secret_api",
    "retirer_cle_api",
    "revoquer_client_api",
    "supprimer_webhook",
    "terminer_secret_api",
}

# Their invented bodies would take away for good what others read.
LASTING = {"regler_membre"}

# They must be told which version they change.
VERSIONED = {
    "examiner_document",
    "modifier_client_api",
    "modifier_demande_piece",
    "modifier_webhook",
    "regler_membre",
    "remplacer_document",
}

# They end the session that asks, or others of the person.
ENDING = {"fermer_session", "terminer_autres_sessions", "terminer_session"}
