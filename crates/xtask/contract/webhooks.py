"""A receiver written with the library of the specification: it takes what the server sends and verifies it."""

import json
import os
import queue
import tempfile
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from person import Person
from roles import ROLES
from server import serving

SECONDS = 20
taken: queue.Queue[tuple[dict[str, str], bytes]] = queue.Queue()


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        taken.put(({name.lower(): value for name, value in self.headers.items()}, body))
        self.send_response(204)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


def main() -> None:
    receiver = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    threading.Thread(target=receiver.serve_forever, daemon=True).start()
    with (
        tempfile.TemporaryDirectory(prefix="egestion-webhooks-") as folder,
        serving(os.environ["EGESTION_BIN"], None, Path(folder)) as server,
    ):
        person = Person(server.url, ROLES["adherent"].email)
        token = person.sign_in()
        place = person.get("/api/v1/session", token)["etablissements"][0]
        url = f"http://127.0.0.1:{receiver.server_address[1]}/hooks"
        made = person.post(f"/api/v1/adherents/{place['adherent_id']}/webhooks", token, json={"url": url}).json()
        webhook, secret = f"/api/v1/webhooks/{made['webhook']['id']}", made["secret"]

        dossier = person.get("/api/v1/dossiers", token, limite="1", attendus="true")["elements"][0]["id"]
        person.post(f"/api/v1/dossiers/{dossier}/messages", token, files={"corps": (None, "Bonjour")})
        assert verified(secret)["type"] == "message.envoye"

        other = person.post(f"{webhook}/secret", token, json={}).json()["secret"]
        assert person.post(f"{webhook}/essai", token).json()["essai"]["statut_http"] == 204
        headers, body = taken.get(timeout=SECONDS)
        for key in (secret, other):
            assert Webhook(key).verify(body, headers)["type"] == "webhook.essai"
        for wrong in (body + b" ", body.replace(b"essai", b"autre")):
            assert refused(secret, wrong, headers), "an altered body is verified"
        assert refused("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", body, headers), "a foreign secret verifies"
    print("The webhooks are verified by the library of the specification for Python.")


def verified(secret: str) -> Any:
    """The next webhook, verified."""
    headers, body = taken.get(timeout=SECONDS)
    message = Webhook(secret).verify(body, headers)
    assert message == json.loads(body)
    return message


def refused(secret: str, body: bytes, headers: dict[str, str]) -> bool:
    try:
        Webhook(secret).verify(body, headers)
    except WebhookVerificationError:
        return True
    return False


if __name__ == "__main__":
    main()
