"""What Schemathesis is told of this API: how to sign in, and what exists.

Invented identifiers would make nearly every answer a 404. In most cases the hooks put in real ones, and what the
rules want beyond the shapes: real categories, readable files, right passwords. What Schemathesis made wrong on
purpose stays wrong, but for half of the paths: a wrong one hides everything behind it.
"""

import atexit
import json
import os
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

from known import Known, new_account
from person import COOKIE, PASSWORD, new_address, pdf
from roles import ROLES

# How often what can be real is, in what Schemathesis meant to be right, and in the paths that it meant to be wrong.
REAL = 0.8
RIGHTED = 0.5
# Deposited again and again: an answer tells which document it is the double of.
SAME_FILE = pdf()

known = Known(os.environ["CONTRACT_URL"], Path(os.environ["CONTRACT_MAILS"]), ROLES[os.environ["CONTRACT_ROLE"]])
answers: Counter[tuple[str, int]] = Counter()
# The path parameters and the `ETag` of what each operation read last.
read: dict[str, tuple[dict[str, Any], str]] = {}
chance = Random(int(os.environ["CONTRACT_SEED"]))


@schemathesis.auth()
class Session:
    """The session that every request is made in, unless its operation would end it."""

    def get(self, _case: Case, _context: AuthContext) -> str:
        return known.token

    def set(self, case: Case, token: str, _context: AuthContext) -> None:
        case.cookies = {**case.cookies, COOKIE: token}


@schemathesis.check
def refusals_are_problems(_context: CheckContext, response: Response, _case: Case) -> None:
    """Every refusal is a problem (RFC 9457) that tells its own status, whatever was sent."""
    if response.status_code < 400 or response.request.method == "HEAD":
        return
    media_type = response.headers.get("content-type", ["none"])[0]
    assert media_type == "application/problem+json", f"a refusal has the media type {media_type}"
    problem = response.json()
    assert problem["status"] == response.status_code, f"the problem tells the status {problem['status']}"
    assert response.status_code != 429 or int(response.headers["retry-after"][0]) > 0, "a 429 says when to come back"
    assert problem["type"] == f"/problems/{problem['code']}", f"the problem has the type {problem['type']}"


@schemathesis.hook
def before_call(_context: HookContext, case: Case, _kwargs: dict[str, Any]) -> None:
    if chance.random() < 0.9:
        case.headers["X-Forwarded-For"] = new_address()
    if case.path_parameters and chance.random() < (RIGHTED if wrong(case, Place.PATH) else REAL):
        for name in case.path_parameters:
            if known.ids[name]:
                case.path_parameters[name] = chance.choice(known.ids[name])
    act = ACTS.get(operation(case))
    if act and is_asked(case) and chance.random() < REAL:
        act(case)
    if operation(case) in ENDING:
        as_spare(case)


@schemathesis.hook
def after_call(_context: HookContext, case: Case, response: Response) -> None:
    if not is_asked(case):
        return
    answers[operation(case), response.status_code] += 1
    for etag in response.headers.get("etag", []):
        read[operation(case)] = (dict(case.path_parameters), etag)
    if operation(case) == "changer_mot_de_passe" and response.status_code == 204 and isinstance(case.body, dict):
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
    if wrong(case, Place.QUERY):
        return
    case.query.pop("curseur", None)
    if chance.random() < 0.5:
        case.query = {name: value for name, value in case.query.items() if name in ("vue", "tri", "limite", "attendus")}


def part(case: Case) -> None:
    """Asks for a part that is there, for one that is not, for what has not changed since, or for all."""
    if wrong(case, Place.HEADER):
        return
    header: dict[str, str] = chance.choice([{"Range": "bytes=0-99"}, {"Range": "bytes=999999999-"}, {}, {}])
    if chance.random() < 0.2 and operation(case) in read:
        case.path_parameters, etag = read[operation(case)]
        header = {"If-None-Match": etag}
    case.headers.pop("Range", None)
    case.headers.update(header)


def deposit(case: Case) -> dict[str, Any]:
    dossier = case.path_parameters["dossier_id"]
    pieces = known.pieces.get(dossier)
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


def message(case: Case) -> dict[str, Any]:
    words = text(case, "corps", "Bonjour, voici les pièces demandées.")
    return {"corps": words, "fichier": [pdf() for _ in range(chance.randrange(3))]}


def request_for_a_piece(case: Case) -> dict[str, Any]:
    dossier = case.path_parameters["dossier_id"] = chance.choice(sorted(known.pieces))
    day = (date.today() + timedelta(days=chance.randint(1, 60))).isoformat()
    reason = text(case, "motif", "Il manque une page.")
    return {"piece_id": chance.choice(known.pieces[dossier]), "motif": reason, "avant": text(case, "avant", day)}


def judgement(case: Case) -> dict[str, Any]:
    reason = text(case, "motif", "La page 2 est illisible.")
    return {"verdict": chance.choice(["acceptee", "a_completer", "refusee"]), "motif": reason}


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


def new_password(case: Case) -> dict[str, Any] | None:
    token = link("mot-de-passe/nouveau", case)
    return None if token is None else {"jeton": token, "mot_de_passe": f"{PASSWORD}-2"}


def change_of_password(case: Case) -> dict[str, Any]:
    as_spare(case)
    return {"actuel": known.spare.password, "nouveau": f"{PASSWORD}-{chance.randrange(10**6)}"}


ACTS: dict[str, Act] = {
    "annuler_depot": own_deposit,
    "apercu_document": part,
    "changer_mot_de_passe": body(change_of_password),
    "confirmer_compte": body(confirmation),
    "creer_compte": body(request_for_an_account),
    "demander_piece": body(request_for_a_piece),
    "deposer_document": body(deposit),
    "deposer_document_opco": body(deposit),
    "envoyer_message": body(message),
    "examiner_document": body(judgement),
    "lister_dossiers": filters,
    "lister_messages": filters,
    "lire_fil": filters,
    "lire_travail": filters,
    "oublier_mot_de_passe": body(lambda _: {"email": known.spare.email}),
    "ouvrir_session": body(lambda _: {"email": known.spare.email, "mot_de_passe": known.spare.password}),
    "reinitialiser_mot_de_passe": body(new_password),
    "remplacer_document": body(version),
    "telecharger_document": part,
    "telecharger_guide": part,
    "terminer_session": other_session,
}

# They end the session that asks, or others of the person.
ENDING = {"fermer_session", "terminer_autres_sessions", "terminer_session"}
