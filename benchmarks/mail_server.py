"""`python -m benchmarks.mail_server`: a real SMTP server in a process of its own that takes every letter."""

from __future__ import annotations

import argparse
import signal
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class Keeper:
    """Answers 250 to everything; the newest letter lies in `file`."""

    def __init__(self, file: Path) -> None:
        self._file = file

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """One letter."""
        assert isinstance(envelope.content, bytes)
        self._file.write_bytes(envelope.content)
        return "250 OK"


def main() -> None:
    """Serves until it is killed."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.mail_server", description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("file", type=Path)
    arguments = parser.parse_args()
    Controller(Keeper(arguments.file), hostname="127.0.0.1", port=arguments.port).start()
    signal.pause()


if __name__ == "__main__":
    main()
