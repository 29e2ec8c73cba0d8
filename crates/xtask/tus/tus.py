"""Resumable uploads with the clients that vendors have: tus-js-client and tuspy.

Each uploads a file through a proxy that cuts the connection, to a server that is killed (`kill -9`) and started again
in the middle. The document must be the file, and each interruption may have at most one part sent again, beside what the
kernel held.
"""

import argparse
import hashlib
import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests
from tusclient import client as tusclient

from proxy import Proxy

HERE = Path(__file__).parent
MIB = 1024 * 1024
# What the server makes durable at a time.
PART = 4 * MIB
# What the kernel holds between the proxy and a server that is killed: it never reached the program.
IN_FLIGHT = 4 * MIB
EMAIL, PASSWORD = "n.lemercier@bati-rives.example", "chantier-echafaudage-bleu"
START_SECONDS = 30
SEED = 20260401


class Server:
    """The server, which can be killed and started again where it was."""

    def __init__(self, folder: Path) -> None:
        self.data, self.port = folder / "data", free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = {
            **os.environ,
            "EGESTION_DATA": str(self.data),
            "EGESTION_WEB": str(folder / "no-page"),
            "EGESTION_LISTEN": f"127.0.0.1:{self.port}",
            "RUST_LOG": "error",
        }
        self.log = (folder / "server.log").open("ab")
        self._run(["demo"]).wait()
        # The limit of a category is data; the demonstration's is that of office documents.
        with sqlite3.connect(self.data / "egestion.db") as base:
            base.execute("UPDATE types_pieces SET taille_max = 8000000000 WHERE etape = 'libre'")
        self.process = self.start()

    def _run(self, arguments: list[str]) -> subprocess.Popen[bytes]:
        program = [os.environ["EGESTION_BIN"], *arguments]
        return subprocess.Popen(program, env=self.environment, stdout=self.log, stderr=self.log)

    def start(self) -> subprocess.Popen[bytes]:
        """Starts it, and waits until it answers."""
        process, limit = self._run(["serve"]), time.monotonic() + START_SECONDS
        while process.poll() is None and time.monotonic() < limit:
            try:
                if requests.get(f"{self.url}/sante", timeout=5).ok:
                    return process
            except requests.ConnectionError:
                time.sleep(0.02)
        raise SystemExit("The server did not start: see " + self.log.name)

    def kill(self) -> None:
        """Kills it, and starts it again."""
        self.process.kill()
        self.process.wait()
        self.process = self.start()

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


class Plan:
    """When to interrupt: evenly over the file, a kill among every few cuts."""

    def __init__(self, server: Server, size: int, cuts: int, kills: int) -> None:
        self.server, self.cuts, self.kills = server, cuts, kills
        self.step = size // (cuts + kills + 1)
        self.left = interleaved(cuts, kills)

    def __call__(self, since: int) -> str | None:
        if not self.left or since < self.step:
            return None
        how = self.left.pop()
        if how == "kill":
            self.server.kill()
        return how


def interleaved(cuts: int, kills: int) -> list[str]:
    """So many of each, the kills spread."""
    all_of_them = ["cut"] * cuts
    for number in range(kills):
        all_of_them.insert((number + 1) * len(all_of_them) // (kills + 1), "kill")
    return all_of_them


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--mib", type=int, default=64, help="size of the file, in MiB")
    options.add_argument("--cuts", type=int, default=20, help="connections cut, for each client")
    options.add_argument("--kills", type=int, default=5, help="times that the server is killed, for each client")
    options.add_argument("--client", choices=list(CLIENTS), action="append", help="only this one; may be repeated")
    given = options.parse_args()
    faults: list[str] = []
    with tempfile.TemporaryDirectory(prefix="egestion-tus-", dir=os.environ.get("TUS_FOLDER")) as name:
        folder = Path(name)
        server = Server(folder)
        try:
            for client in given.client or CLIENTS:
                # With checksums each cut costs a whole part: a few tell enough.
                share = 4 if client == CHECKSUMS else 1
                found = test(client, server, folder, given.mib * MIB, given.cuts // share, given.kills // share)
                faults += [f"{client}: {fault}" for fault in found]
        finally:
            server.stop()
    for fault in faults:
        print(f"FAULT  {fault}")
    return 1 if faults else 0


def test(client: str, server: Server, folder: Path, size: int, cuts: int, kills: int) -> list[str]:
    """Uploads a file with one client, and gives what is wrong."""
    start, file = time.monotonic(), folder / f"{client}.pdf"
    expected = write_pdf(file, size)
    cookie, endpoint, piece = sign_in(server)
    plan = Plan(server, size, cuts, kills)
    proxy = Proxy(server.port, plan, SEED)
    metadata = {"filename": file.name, "piece": piece}
    address = CLIENTS[client](f"http://127.0.0.1:{proxy.port}{endpoint}", cookie, file, metadata)
    identifier = address.rsplit("/", 1)[1].strip()
    read = lambda path: requests.get(server.url + path, headers={"Cookie": cookie}, timeout=60)
    upload: dict[str, Any] = read(f"/api/v1/televersements/{identifier}").json()
    document = upload.get("document") or {}
    faults = []
    if document.get("sha256") != expected:
        faults.append(f"the document is not the file: {upload}")
    else:
        got = hashlib.sha256(read(f"/api/v1/documents/{document['id']}/fichier").content).hexdigest()
        if got != expected:
            faults.append("the document that is downloaded is not the file")
    if plan.left:
        faults.append(f"{len(plan.left)} interruptions did not take place")
    if len(proxy.resent) != cuts + kills:
        faults.append(f"{len(proxy.resent)} times the client went on, after {cuts + kills} interruptions")
    worst = max(proxy.resent, default=0)
    if worst > PART + IN_FLIGHT:
        faults.append(f"an interruption had {worst} bytes sent again, more than a part and what was in flight")
    file.unlink()
    again = proxy.forwarded - size
    print(
        f"{client}: {size // MIB} MiB, {cuts} cuts, {kills} kills, {time.monotonic() - start:.1f} s; "
        f"sent again: {again / MIB:.2f} MiB in all, {worst / MIB:.2f} MiB at worst",
        flush=True,
    )
    return faults


def write_pdf(file: Path, size: int) -> str:
    """Writes a valid PDF of random bytes; its SHA-256."""
    digest, end = hashlib.sha256(), b"\n%%EOF\n"
    with file.open("wb") as out:
        left = size - len(end)
        for piece in pieces(b"%PDF-1.7\n%", left):
            digest.update(piece)
            out.write(piece)
        digest.update(end)
        out.write(end)
    return digest.hexdigest()


def pieces(start: bytes, size: int) -> Any:
    """`start`, then random bytes that hold no mark of another format."""
    yield start
    left = size - len(start)
    while left > 0:
        piece = os.urandom(min(MIB, left) // 2 + 1).hex().encode()[: min(MIB, left)]
        left -= len(piece)
        yield piece


def sign_in(server: Server) -> tuple[str, str, str]:
    """A session, and where to upload to: the cookie, the address of creation, the category."""
    answer = requests.post(f"{server.url}/api/v1/session", json={"email": EMAIL, "mot_de_passe": PASSWORD}, timeout=20)
    cookie = answer.headers["set-cookie"].split(";")[0]
    read = lambda path: requests.get(server.url + path, headers={"Cookie": cookie}, timeout=20).json()
    dossier = read("/api/v1/dossiers?q=1819006292.01")["elements"][0]["id"]
    free = [p["id"] for p in read(f"/api/v1/dossiers/{dossier}/pieces")["elements"] if p["etape"] == "libre"]
    return cookie, f"/api/v1/dossiers/{dossier}/televersements", free[0]


def with_tuspy(endpoint: str, cookie: str, file: Path, metadata: dict[str, str], **more: Any) -> str:
    """Uploads with tuspy, in pieces larger than a part; the upload's address."""
    client = tusclient.TusClient(endpoint)
    client.set_headers({"Cookie": cookie})
    settings: dict[str, Any] = {"chunk_size": 20 * MIB, "retries": 100, "retry_delay": 0.1, **more}
    uploader = client.uploader(str(file), metadata=metadata, **settings)
    uploader.upload()
    return str(uploader.url)


def with_checksums(endpoint: str, cookie: str, file: Path, metadata: dict[str, str]) -> str:
    """Uploads with tuspy and the checksum of each piece: a piece then counts whole or not at all."""
    return with_tuspy(endpoint, cookie, file, metadata, chunk_size=PART, upload_checksum=True)


def with_javascript(endpoint: str, cookie: str, file: Path, metadata: dict[str, str]) -> str:
    """Uploads with tus-js-client, the whole file in one request; the upload's address."""
    program = ["node", str(HERE / "client.mjs"), endpoint, cookie, str(file), json.dumps(metadata)]
    return subprocess.run(program, check=True, stdout=subprocess.PIPE, text=True).stdout.strip()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


CHECKSUMS = "tuspy with checksums"
CLIENTS: dict[str, Callable[[str, str, Path, dict[str, str]], str]] = {
    "tus-js-client": with_javascript,
    "tuspy": with_tuspy,
    CHECKSUMS: with_checksums,
}


if __name__ == "__main__":
    sys.exit(main())
