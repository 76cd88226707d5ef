"""A mail server for the demo: real SMTP on loopback, every letter a file that can be opened."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from worker.development.ports import any_free


class _Files:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        if not isinstance(content, bytes):
            return "554 no content"
        name = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        (self._folder / f"{name}.eml").write_bytes(content)
        return "250 kept"


@contextmanager
def mail_sink(folder: Path) -> Iterator[int]:
    """The port of a mail server that writes letters into `folder`, for as long as the block lasts."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    port = any_free()
    controller = Controller(_Files(folder), hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()
