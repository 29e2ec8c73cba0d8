"""The contract test: what the server answers, against the OpenAPI document that it serves.

Schemathesis asks for every operation with values made from the document, as a member, as a gestionnaire and as a
program, and fails when an answer is not one that the document announces. This program starts the servers, counts what succeeded
(an operation that only ever refuses is not tested), and asks for what Schemathesis cannot.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import requests

from known import SCOPES
from person import COOKIE, Person
from roles import APART, ROLES, Role
from server import Server, serving

HERE = Path(__file__).parent
SEED = 20260401
ENGINES = ["sqlite", "postgres"]
STREAM_SECONDS = 10

# How often an operation answered each status.
Answers = dict[str, Counter[int]]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seed", type=int, default=SEED, help="of the cases that are made; the same by default")
    options.add_argument("--engine", choices=ENGINES, action="append", help="only this one; may be repeated")
    options.add_argument("--role", choices=list(ROLES), action="append", help="only this one; may be repeated")
    options.add_argument(
        "--scope", choices=SCOPES, action="append", help="programs alone, with this scope alone; may be repeated"
    )
    options.add_argument("rest", nargs="*", help="more arguments for Schemathesis, after `--`")
    given = options.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))

    print(f"Seed: {given.seed}", flush=True)
    faults: list[str] = []
    for engine in given.engine or engines():
        with (
            tempfile.TemporaryDirectory(prefix="egestion-contract-") as folder,
            serving(os.environ["EGESTION_BIN"], database(engine), Path(folder)) as server,
        ):
            for role, scope in tested(given.role or ROLES, given.scope):
                who = role if scope is None else f"{role} with {scope}"
                print(f"\n== {who} on {engine}: {ROLES[role].email}", flush=True)
                found = test(server, role, scope, given.seed, given.rest)
                faults += [f"{who} on {engine}: {fault}" for fault in found]
            faults += [f"{engine}: the server logged {line}" for line in errors_logged(server)]
    for fault in faults:
        print(f"FAULT  {fault}")
    return 1 if faults else 0


def tested(roles: Iterable[str], scopes: list[str] | None) -> list[tuple[str, str | None]]:
    """Who is tested: each role, or the programs with each of the scopes."""
    if scopes is None:
        return [(role, None) for role in roles]
    return [(role, scope) for role in roles if ROLES[role].program for scope in scopes]


def engines() -> list[str]:
    """SQLite, and PostgreSQL where there is one."""
    return ENGINES if "TEST_POSTGRES_URL" in os.environ else ["sqlite"]


def database(engine: str) -> str | None:
    """The address of the database, or nothing for SQLite, which is a file of the data folder."""
    return os.environ["TEST_POSTGRES_URL"] if engine == "postgres" else None


def test(server: Server, role: str, scope: str | None, seed: int, rest: list[str]) -> list[str]:
    """Tests the document as one role, and gives what is wrong."""
    start = time.monotonic()
    faults = stream_faults(server, ROLES[role])
    if not run(server, role, scope, seed, rest):
        faults.append("Schemathesis found what is told above.")
    answers = read_answers(server)
    show(answers)
    print(f"{role}: {time.monotonic() - start:.0f} s", flush=True)
    # More arguments select operations: the others are not counted.
    return faults if rest else faults + count_faults(server, ROLES[role], scope, answers)


def run(server: Server, role: str, scope: str | None, seed: int, rest: list[str]) -> bool:
    """Runs Schemathesis as one role; whether all answers conform."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(HERE),
        "PYTHONDONTWRITEBYTECODE": "1",
        "CONTRACT_URL": server.url,
        "CONTRACT_SEED": str(seed),
        "CONTRACT_ROLE": role,
        "CONTRACT_MAILS": str(server.mails),
        "CONTRACT_ANSWERS": str(answers_of(server)),
        "SCHEMATHESIS_HOOKS": str(HERE / "hooks.py"),
    }
    if scope is not None:
        environment["CONTRACT_SCOPE"] = scope
    if ROLES[role].program:
        names = (name for name in opened(operations(server)) if name not in APART)
        # Schemathesis takes the session away, and not the token: the integration tests ask without either.
        rest = [*rest, *(f"--include-operation-id={name}" for name in names), "--exclude-checks=ignored_auth"]
    program = [sys.executable, "-m", "schemathesis.cli", "--config-file", str(HERE / "schemathesis.toml"), "run"]
    program += [f"{server.url}/openapi.json", f"--seed={seed}", *rest]
    answers_of(server).unlink(missing_ok=True)
    return subprocess.run(program, env=environment, cwd=server.log.parent, check=False).returncode == 0


def answers_of(server: Server) -> Path:
    """The file where the hooks write what they counted."""
    return server.log.with_name("answers.json")


def read_answers(server: Server) -> Answers:
    """What the hooks counted; nothing if they could not start."""
    answers: Answers = defaultdict(Counter)
    file = answers_of(server)
    for name, status, times in json.loads(file.read_text()) if file.exists() else []:
        answers[name][status] = times
    return answers


def count_faults(server: Server, role: Role, scope: str | None, answers: Answers) -> list[str]:
    """Operations that never succeeded in each way that they announce, or that succeeded although they may not."""
    document = operations(server)
    announced = {o["operationId"]: {int(status) for status in o["responses"] if status < "400"} for o in document}
    refused = dict(role.refused)
    if role.program:
        announced = {name: statuses for name, statuses in announced.items() if name in opened(document)}
    if scope is not None:
        refused |= dict.fromkeys(announced.keys() - set(opened(document, scope)), f"not of the scope {scope}")
    faults = [f"{name} is not in the document." for name in {*refused, *APART} - announced.keys()]
    for name in sorted(announced.keys() - APART.keys()):
        if name not in refused:
            never = announced[name] - answers[name].keys()
            faults += [f"{name} never answered {status}, only {told(answers[name])}." for status in sorted(never)]
        elif successes(answers[name]):
            faults.append(f"{name} succeeded, but it is {refused[name]}: {told(answers[name])}.")
    return faults


def operations(server: Server) -> list[dict[str, Any]]:
    """The operations of the document that the server serves."""
    document = requests.get(f"{server.url}/openapi.json", timeout=10).json()
    return [operation for path in document["paths"].values() for operation in path.values()]


def opened(document: list[dict[str, Any]], scope: str | None = None) -> list[str]:
    """The operations that some scope opens to a program, or this one."""
    ways = ((o["operationId"], way["oauth2"]) for o in document for way in o["security"] if "oauth2" in way)
    return [name for name, scopes in ways if scope is None or scope in scopes]


def errors_logged(server: Server) -> list[str]:
    """The errors in the log of the server, but for what the HTTP library says of requests that are not HTTP."""
    errors = [line for line in server.log.read_text().splitlines() if '"level":"ERROR"' in line]
    return [line for line in errors if '"target":"actix_http' not in line]


def stream_faults(server: Server, role: Role) -> list[str]:
    """What is wrong with the live stream, of which the start alone can be awaited."""
    person, faults = Person(server.url, role.email), []
    session = {"Cookie": f"{COOKIE}={person.sign_in()}"}
    asked = [
        (session, 200, "text/event-stream"),
        ({**session, "Last-Event-ID": "1"}, 200, "text/event-stream"),
        ({**session, "Last-Event-ID": "nothing of ours"}, 200, "text/event-stream"),
        ({}, 401, "application/problem+json"),
        ({"Cookie": f"{COOKIE}=wrong"}, 401, "application/problem+json"),
    ]
    for headers, status, media_type in asked:
        url = f"{server.url}/api/v1/evenements"
        with requests.get(url, headers=headers, stream=True, timeout=STREAM_SECONDS) as answer:
            got = (answer.status_code, answer.headers["Content-Type"])
        if got != (status, media_type):
            faults.append(f"suivre_evenements answered {got} to {sorted(headers)} rather than {(status, media_type)}.")
    return faults


def successes(answers: Counter[int]) -> int:
    """How many answers are a 2xx."""
    return sum(times for status, times in answers.items() if 200 <= status < 300)


def told(answers: Counter[int]) -> str:
    """The statuses and how often each, as a text."""
    return ", ".join(f"{status} × {times}" for status, times in sorted(answers.items())) or "not asked for"


def show(answers: Answers) -> None:
    """Prints how often each operation succeeded, and what else it answered."""
    print(f"\n{'operation':<28}{'2xx':>5}  all {sum(sum(statuses.values()) for statuses in answers.values())} answers")
    for name, statuses in sorted(answers.items()):
        print(f"{name:<28}{successes(statuses):>5}  {told(statuses)}")
    for name, reason in APART.items():
        print(f"{name:<28}    -  by itself: {reason}")


if __name__ == "__main__":
    sys.exit(main())
