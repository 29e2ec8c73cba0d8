"""Somebody, or a program, that signs in and reads: the little that the test needs of a client."""

import itertools
import uuid
from collections.abc import Iterator
from typing import Any

import requests

COOKIE = "__Host-egestion"
SECONDS = 20

# Everybody's password in the demonstration.
PASSWORD = "chantier-echafaudage-bleu"

_numbers = itertools.count(1)


def new_address() -> str:
    """A network address that no request came from yet: limits by address start anew."""
    number = next(_numbers)
    return f"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}"


class Person:
    """Somebody with an account, and the sessions they open."""

    def __init__(self, url: str, email: str, password: str = PASSWORD) -> None:
        self.url, self.email, self.password = url, email, password

    def sign_in(self) -> str:
        """Opens a session and gives its token."""
        body = {"email": self.email, "mot_de_passe": self.password}
        return token_of(self.post("/api/v1/session", None, json=body))

    def credentials(self, token: str) -> dict[str, str]:
        """The header that carries a token."""
        return {"Cookie": f"{COOKIE}={token}"}

    def get(self, path: str, token: str, **query: str) -> Any:
        """What is read at `path`."""
        return self._call("GET", path, token, params=query).json()

    def pages(self, path: str, token: str, **query: str) -> Iterator[dict[str, Any]]:
        """The elements of a list, page after page."""
        cursor: dict[str, str] = {}
        while True:
            page = self.get(path, token, **query, **cursor)
            yield from page["elements"]
            if page["suivant"] is None:
                return
            cursor = {"curseur": page["suivant"]}

    def post(self, path: str, token: str | None, **body: Any) -> requests.Response:
        """The answer to what is sent to `path`."""
        return self._call("POST", path, token, **body)

    def delete(self, path: str, token: str) -> None:
        """Removes what is at `path`."""
        self._call("DELETE", path, token)

    def patch(self, path: str, token: str | None, **body: Any) -> requests.Response:
        """The answer to what is added at `path`."""
        return self._call("PATCH", path, token, **body)

    def _call(
        self, method: str, path: str, token: str | None, more_headers: dict[str, str] | None = None, **rest: Any
    ) -> requests.Response:
        # As a header: a `Secure` cookie does not travel over plain HTTP.
        headers = {"X-Forwarded-For": new_address(), **(more_headers or {})}
        if token is not None:
            headers.update(self.credentials(token))
        answer = requests.request(method, self.url + path, headers=headers, timeout=SECONDS, **rest)
        if not answer.ok:
            raise RuntimeError(f"{method} {path} answered {answer.status_code}: {answer.text}")
        return answer


class Program(Person):
    """An API client, and the access tokens it takes."""

    def __init__(self, url: str, client_id: str, client_secret: str) -> None:
        super().__init__(url, client_id, client_secret)

    def sign_in(self, scope: str | None = None) -> str:
        """Takes an access token, of one scope alone when it is told."""
        form = {"grant_type": "client_credentials", "client_id": self.email, "client_secret": self.password}
        if scope is not None:
            form["scope"] = scope
        return str(self.post("/oauth/token", None, data=form).json()["access_token"])

    def credentials(self, token: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {token}"}


def token_of(answer: requests.Response) -> str:
    """The token that an answer sets in the cookie."""
    return str(answer.cookies[COOKIE])


def pdf(padding: int = 0) -> bytes:
    """A valid PDF, the same as no other: small, or with that many bytes of comment."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    ]
    comment = b"% " + b"x" * 98 + b"\n"
    file, places = f"%PDF-1.4\n% {uuid.uuid4()}\n".encode() + comment * (padding // len(comment)), []
    for number, content in enumerate(objects, 1):
        places.append(len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    entries = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<</Size %d/Root 1 0 R>>\n" % (size, entries, size)
    return file + table + b"startxref\n%d\n%%%%EOF\n" % len(file)
