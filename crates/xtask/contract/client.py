"""Runs a vendor's program against a server of its own, with the API client of the demonstration."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from server import serving

CLIENT = re.compile(r"Client API.*: (\S+)\s+secret : (\S+)")


def main() -> None:
    with (
        tempfile.TemporaryDirectory(prefix="egestion-client-") as folder,
        serving(os.environ["EGESTION_BIN"], None, Path(folder)) as server,
    ):
        # What the demonstration printed for whoever tries the API.
        found = CLIENT.search(server.log.read_text())
        assert found, "the demonstration gave no API client"
        identity, secret = found.groups()
        settings = {"EGESTION_URL": server.url, "CLIENT_ID": identity, "CLIENT_SECRET": secret}
        sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, **settings}, check=False).returncode)


if __name__ == "__main__":
    main()
