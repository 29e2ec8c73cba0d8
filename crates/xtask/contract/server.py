"""A server of its own, on the demonstration's data, in a temporary folder."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import requests

START_SECONDS = 30
STOP_SECONDS = 15
# Longer than most tests: what was deposited can be taken back until the end.
UNDO_SECONDS = 3600


@dataclass(frozen=True)
class Server:
    """Where a server answers, and what it leaves on the disk."""

    url: str
    # The mails that it sends, as files.
    mails: Path
    log: Path


@contextmanager
def serving(
    binary: str, database: str | None, folder: Path, *, undo_seconds: int = UNDO_SECONDS, command: str = "serve"
) -> Iterator[Server]:
    """Fills a demonstration in `folder` and serves it, until the end of the block.

    In the PostgreSQL at the address `database`, or in an SQLite file. A sandbox (`bac-a-sable`) fills itself.
    """
    data, log, port = folder / "data", folder / "server.log", free_port()
    environment = {
        **os.environ,
        **({"DATABASE_URL": database} if database else {}),
        "EGESTION_DATA": str(data),
        "EGESTION_WEB": str(folder / "no-page"),
        "EGESTION_LISTEN": f"127.0.0.1:{port}",
        "EGESTION_PUBLIC_URL": f"http://localhost:{port}",
        "EGESTION_ANNULATION_SECONDES": str(undo_seconds),
        # Webhooks may be sent to this machine, over http.
        "EGESTION_WEBHOOKS": "developpement",
        # One caller asks for all cases.
        "EGESTION_QUOTA_PERSONNES": "0",
        "EGESTION_QUOTA_CLIENTS": "0",
        "EGESTION_QUOTA_ANONYMES": "0",
        # The hooks say where each request comes from, as a proxy would.
        "EGESTION_PROXIES_DE_CONFIANCE": "127.0.0.1",
    }
    with log.open("wb") as output:
        if command == "serve":
            filled = subprocess.run([binary, "demo"], env=environment, stdout=output, stderr=output, check=False)
            if filled.returncode:
                raise SystemExit(f"The demonstration could not be filled; it said:\n{log.read_text()}")
        process = subprocess.Popen([binary, command], env=environment, stdout=output, stderr=output)
    server = Server(f"http://127.0.0.1:{port}", data / "mail", log)
    try:
        wait_until_ready(server, process)
        yield server
    finally:
        stop(process)


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def wait_until_ready(server: Server, process: subprocess.Popen[bytes]) -> None:
    limit = time.monotonic() + START_SECONDS
    while process.poll() is None and time.monotonic() < limit:
        try:
            if requests.get(f"{server.url}/sante", timeout=5).ok:
                return
        except requests.ConnectionError:
            time.sleep(0.05)
    raise SystemExit(f"The server did not start; it said:\n{server.log.read_text()}")


def stop(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
