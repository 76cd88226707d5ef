"""The mail server of the run: real SMTP, which remembers each letter, and can refuse, be away, or spring a trap."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from email import message_from_bytes
from email.policy import default
from enum import Enum, auto

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from activities.wording import WORDS
from tests.soak.plan import Checkpoint


class Mood(Enum):
    """How the server takes a letter."""

    TAKES = auto()
    REFUSES = auto()
    """Not now: 451 after DATA."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter as it arrived. `answered`: whether a 250 was on its way; `at` in seconds of the machine's clock."""

    message: str
    recipient: str
    late: bool
    at: float


@dataclass
class Mailbox:
    """Runs on a thread of its own. `letters` in the order of their arrival."""

    port: int
    letters: list[Letter] = field(default_factory=list)
    mood: Mood = Mood.TAKES
    traps: dict[Checkpoint, Callable[[], None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._controller: Controller | None = None
        self._lock = threading.Lock()

    def open(self) -> None:
        """Begins to take letters; nothing to do when it does."""
        with self._lock:
            if self._controller is None:
                self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
                self._controller.start()

    def close(self) -> None:
        """Is away: nobody answers at its port."""
        with self._lock:
            if self._controller is not None:
                self._controller.stop()
                self._controller = None

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """As aiosmtpd calls it."""
        if self.mood is Mood.REFUSES:
            return "451 come back later"
        assert isinstance(envelope.content, bytes)
        mail = message_from_bytes(envelope.content, policy=default)
        message = str(mail["Message-ID"]).strip("<>").partition("@")[0]
        body = mail.get_body(("plain",))
        assert body is not None
        late = any(words.late.strip() in body.get_content() for words in WORDS.values())
        self.letters += [Letter(message, address, late, time.time()) for address in envelope.rcpt_tos]
        if (spring := self.traps.pop(Checkpoint.LETTER_TAKEN, None)) is not None:
            spring()
        if (spring := self.traps.pop(Checkpoint.LETTER_ANSWERED, None)) is not None:
            server.loop.call_later(0.002, spring)
        return "250 taken"
