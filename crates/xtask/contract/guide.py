"""Runs what the API's chapters tell vendors to run, and the vendor's program, on servers of its own.

Every ```sh and ```python fence of docs/api/*.md runs, unless its info string says `extrait`. Those of one chapter in
one language run in their order, in one shell or one interpreter; the first that fails ends the run, by its line.
"""

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from client import CLIENT
from person import Person, pdf
from roles import ROLES
from server import Server, free_port, serving

CHAPTERS = Path(__file__).resolve().parents[3] / "docs/api"
VENDOR = CHAPTERS / "exemples/editeur.py"
# The chapter whose fences are for a sandbox, and not for the demonstration.
SANDBOX = "bac-a-sable.md"
SECONDS = 240
# Long enough to take back what was just deposited, short enough to wait for.
UNDO_SECONDS = 15
FENCE = re.compile(r"^(?P<indent> *)```(?P<info>[^\n`]*)\n(?P<code>.*?)^(?P=indent)```$", re.MULTILINE | re.DOTALL)
# What is printed before each fence, to know which one failed.
MARK = "@@ fence at line "


@dataclass(frozen=True)
class Fence:
    """A block of code of a chapter, and the line that its code begins at."""

    line: int
    code: str


def main() -> None:
    for chapter in sorted(CHAPTERS.glob("*.md")):
        scripts = {language: fences(chapter, language) for language in ("sh", "python")}
        if any(scripts.values()):
            with tempfile.TemporaryDirectory(prefix="egestion-guide-") as name, given(chapter, Path(name)) as settings:
                for language, script in scripts.items():
                    if script:
                        run(chapter, language, script, Path(name), settings)
    with tempfile.TemporaryDirectory(prefix="egestion-guide-") as name, given(VENDOR, Path(name)) as settings:
        # Without an address of its own, the program is told where it listens by the system.
        alone = {name: value for name, value in settings.items() if name != "RECEPTEUR"}
        finish(VENDOR.name, [sys.executable, "-B", str(VENDOR)], Path(name), alone, show=True)
    print("The chapters of the API run as they are written, and so does the vendor's program.")


def fences(chapter: Path, language: str) -> list[Fence]:
    """The fences of a chapter that run, in their order."""
    text = chapter.read_text()
    found = []
    for fence in FENCE.finditer(text):
        name, *words = fence["info"].split() or [""]
        if name == language and "extrait" not in words:
            indent = len(fence["indent"])
            code = "".join(line[indent:] if line.strip() else line for line in fence["code"].splitlines(keepends=True))
            found.append(Fence(text.count("\n", 0, fence.start("code")) + 1, code))
    return found


@contextmanager
def given(document: Path, folder: Path) -> Iterator[Mapping[str, str]]:
    """A server for a document, and the variables that the document speaks of."""
    binary = os.environ["EGESTION_BIN"]
    if document.name == SANDBOX:
        with serving(binary, None, folder, command="bac-a-sable") as server:
            yield {"BAC": server.url}
        return
    with serving(binary, None, folder, undo_seconds=UNDO_SECONDS) as server:
        found = CLIENT.search(server.log.read_text())
        assert found, "the demonstration gave no API client"
        identity, secret = found.groups()
        small, large, key = folder / "facture.pdf", folder / "certificats.pdf", folder / "cle.pem"
        small.write_bytes(pdf())
        # Bytes of no object, before the cross-reference table that says where objects are.
        large.write_bytes(pdf(padding=6_000_000))
        register(server, identity, key)
        yield {
            "EGESTION": server.url,
            "CLIENT_ID": identity,
            "CLIENT_SECRET": secret,
            "RECEPTEUR": f"http://127.0.0.1:{free_port()}/egestion",
            "FICHIER": str(small),
            "GROS_FICHIER": str(large),
            "CLE_PRIVEE": str(key),
            "KID": "guide-1",
        }


def register(server: Server, client_id: str, key: Path) -> None:
    """Makes a private key, whose public key the company's administrator gives the API client."""
    import jwt
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    private = ec.generate_private_key(ec.SECP256R1())
    key.write_bytes(
        private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    public = jwt.algorithms.ECAlgorithm.to_jwk(private.public_key(), as_dict=True)
    person = Person(server.url, ROLES["adherent"].email)
    jwk = {**public, "kid": "guide-1"}
    person.post(f"/api/v1/clients-api/{client_id}/cles", person.sign_in(), json={"jwk": jwk})


def run(chapter: Path, language: str, script: list[Fence], folder: Path, settings: Mapping[str, str]) -> None:
    """Runs the fences of one language as one program."""
    file = folder / f"{chapter.stem}.{language}"
    if language == "sh":
        marked = [f"echo '{MARK}{fence.line}'\n{fence.code}" for fence in script]
        command = ["bash", "-euo", "pipefail", str(file)]
    else:
        marked = [f"print('{MARK}{fence.line}', flush=True)\n{fence.code}" for fence in script]
        command = [sys.executable, "-B", str(file)]
    file.write_text("\n".join(marked))
    finish(f"docs/api/{chapter.name} ({language})", command, folder, settings)
    print(f"docs/api/{chapter.name}: {len(script)} fences of {language} run.", flush=True)


def finish(name: str, command: list[str], folder: Path, settings: Mapping[str, str], show: bool = False) -> None:
    """Runs a program to its end; says where it failed and what it printed, and stops everything, when it does."""
    environment = {**os.environ, **settings, "PYTHONUNBUFFERED": "1"}
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=SECONDS,
            check=False,
        )
        status, output = f"status {done.returncode}", done.stdout
        failed = done.returncode != 0
    except subprocess.TimeoutExpired as error:
        status, failed = f"no end after {SECONDS} s", True
        # Bytes, whatever `text` says.
        output = error.stdout.decode(errors="replace") if isinstance(error.stdout, bytes) else str(error.stdout)
    if failed:
        lines = re.findall(rf"{MARK}(\d+)", output)
        where = f", fence at line {lines[-1]}" if lines else ""
        raise SystemExit(f"FAILED: {name}{where}: {status}. Its output:\n{output}")
    if show:
        print(output, end="", flush=True)


if __name__ == "__main__":
    main()
