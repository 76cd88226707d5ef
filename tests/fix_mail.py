"""A real SMTP server on a free port that keeps what it was given."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import time
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from uuid import UUID

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from activities.postbox import Postbox
from domain.message import Channel
from domain.quiet import Pace
from worker.development.ports import any_free


@dataclass(frozen=True)
class Wishes:
    """What a person has chosen; where a test says nothing, each letter at once, at any hour."""

    pace: str = Pace.EACH
    quiet_from: time | None = None
    quiet_until: time | None = None
    digest_at: time = time(8, 30)
    zone: str = "Europe/Belgrade"
    channel: str = Channel.EMAIL
    phone: str | None = None


@dataclass(frozen=True)
class Member:
    """A member of staff as far as letters need one."""

    id: UUID
    email: str
    roles: frozenset[str]
    locale: str = "sr"
    preferences: Wishes = Wishes()


@dataclass
class Everyone:
    """A directory in memory."""

    members: list[Member]

    def get(self, staff_id: UUID, /) -> Member | None:
        return next((m for m in self.members if m.id == staff_id), None)

    def all(self) -> list[Member]:
        return self.members


@dataclass
class MailSink:
    """What arrived, in order. `answer` may be set to refuse, `full` names mailboxes that take nothing now, `wrong`
    those that do not exist. Every letter is answered `delay` seconds after it was taken, `at_data` having been called.
    """

    port: int
    mails: list[EmailMessage] = field(default_factory=list)
    answer: str = "250 OK"
    full: set[str] = field(default_factory=set)
    wrong: set[str] = field(default_factory=set)
    delay: float = 0.0
    at_data: Callable[[], object] = field(default=lambda: None)
    _controller: Controller | None = None

    @property
    def is_there(self) -> bool:
        """Whether somebody is at the port."""
        return self._controller is not None

    def come_back(self) -> None:
        """Takes letters from now on, at the port where it was before."""
        assert self._controller is None
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def go_away(self) -> None:
        """Nobody is at the port any more. What arrived is kept."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.wrong or "*" in self.wrong:
            return "550 no such mailbox"
        if address in self.full:
            return "452 mailbox full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        if self.answer.startswith("250") and isinstance(content, bytes):
            mail = message_from_bytes(content, policy=default)
            self.mails.append(mail)
        self.at_data()
        await asyncio.sleep(self.delay)
        return self.answer

    @property
    def to(self) -> list[str]:
        """Whose letters arrived, in order."""
        return [str(mail["To"]) for mail in self.mails]

    @property
    def postbox(self) -> Postbox:
        return Postbox(host="127.0.0.1", port=self.port, sender="putokaz@example.org", timeout=5.0)


@pytest.fixture
def mail_sink() -> Iterator[MailSink]:
    """A mail server for one test."""
    sink = MailSink(any_free())
    sink.come_back()
    yield sink
    sink.go_away()
