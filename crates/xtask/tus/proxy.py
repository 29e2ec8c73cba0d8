"""A proxy that cuts connections in the middle of uploads, and measures what is sent again because of it."""

import asyncio
import random
import re
import socket
import struct
import threading
from collections.abc import Callable

BUFFER = 64 * 1024
# Interruptions of these kinds are drawn: the client sees an end, or a reset.
ENDINGS = ["end", "reset"]


class Proxy:
    """Forwards to a server; interrupts `PATCH` bodies when `plan` says so."""

    def __init__(self, port: int, interrupt: Callable[[int], str | None], seed: int) -> None:
        # Asked with the number of bytes forwarded since the last interruption.
        self.interrupt = interrupt
        self.upstream = port
        self.chance = random.Random(seed)
        # Of bodies of `PATCH`, in all.
        self.forwarded = 0
        self.since = 0
        # What each interruption had sent again.
        self.resent: list[int] = []
        # Where the bytes forwarded of the interrupted request end, until the next request tells where it begins.
        self._broken: int | None = None
        self._ready = threading.Event()
        self.port = 0
        threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True).start()
        self._ready.wait(10)

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._client, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await server.serve_forever()

    async def _client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            up_reader, up_writer = await asyncio.open_connection("127.0.0.1", self.upstream)
        except OSError:
            writer.close()
            return
        # What is in flight is measured as sent: as little of it as can be.
        up_writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, BUFFER)
        back = asyncio.create_task(self._pipe(up_reader, writer))
        try:
            while await self._request(reader, up_writer):
                pass
        except (OSError, asyncio.IncompleteReadError):
            pass
        except Interrupted as how:
            for side in (writer, up_writer):
                if str(how) == "reset":
                    linger = struct.pack("ii", 1, 0)
                    side.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                side.transport.abort() if str(how) == "reset" else side.close()
        finally:
            up_writer.close()
            await asyncio.wait([back], timeout=2)
            back.cancel()
            writer.close()

    async def _pipe(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while data := await reader.read(BUFFER):
                writer.write(data)
                await writer.drain()
        except OSError:
            pass
        finally:
            writer.close()

    async def _request(self, reader: asyncio.StreamReader, up: asyncio.StreamWriter) -> bool:
        """Forwards one request; whether another may follow on the connection."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
        except asyncio.IncompleteReadError:
            return False
        up.write(head)
        length = header(head, b"content-length")
        patch, offset = head.startswith(b"PATCH"), header(head, b"upload-offset") or 0
        if patch and self._broken is not None:
            self.resent.append(max(0, self._broken - offset))
            self._broken = None
        sent, length = 0, length or 0
        while sent < length:
            data = await reader.read(min(BUFFER, length - sent))
            if not data:
                return False
            sent += len(data)
            if patch:
                self.forwarded += len(data)
                self.since += len(data)
                if how := self.interrupt(self.since):
                    self.since, self._broken = 0, offset + sent
                    if how == "cut":
                        up.write(data)
                        raise Interrupted(self.chance.choice(ENDINGS))
            up.write(data)
            await up.drain()
        return True


class Interrupted(Exception):
    """The connection is to be cut, and how."""


def header(head: bytes, name: bytes) -> int | None:
    """A header that is a number."""
    found = re.search(rb"(?im)^" + name + rb":\s*(\d+)\s*$", head.replace(b"\r", b""))
    return int(found[1]) if found else None
