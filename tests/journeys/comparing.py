"""How a tale that was told by hand is held against one that was lived: event for event, and letter for letter.

`python -m pytest tests/journeys --write-letters` writes `letters/<script>.txt` anew; read what changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from itertools import zip_longest
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from domain.event import Event, Recorded
from domain.stream.dispatching import CommandRelayed
from tests.fix_mail import MailSink

LETTERS = Path(__file__).parent / "letters"
_PROMPT = timedelta(minutes=2)
"""How far a lived moment may be from the told one: machines need time for what hands do at once."""


def compare_letters(sink: MailSink, script: str, request: pytest.FixtureRequest) -> None:
    """Word for word with those of the script. Raises `AssertionError`."""
    file = LETTERS / f"{script}.txt"
    if request.config.getoption("--write-letters"):
        file.write_text(told(sink), encoding="utf-8")
    assert told(sink) == file.read_text(encoding="utf-8")


def told(sink: MailSink) -> str:
    """The letters word for word, in the order of their days: when, to whom, about what, and the text."""
    return "\n".join(sorted(_written(mail) for mail in sink.mails))


def sent_at(mail: EmailMessage) -> datetime:
    """When it was written, by the clock on the wall in Belgrade."""
    return parsedate_to_datetime(str(mail["Date"])).astimezone(ZoneInfo("Europe/Belgrade"))


def _written(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    day = sent_at(mail).date()
    calendar = "".join(f"[{part.get_content_type()}]\n" for part in mail.iter_attachments())
    text = body.get_content().replace("\r\n", "\n")
    return f"{day} → {mail['To']}: {mail['Subject']}\n{text}{calendar}"


def compare(by_hand: Sequence[Recorded[Event]], lived: Sequence[Recorded[Event]]) -> None:
    """The same events, each at its moment; a lived one may be a little later. Raises `AssertionError`."""
    heard = [recorded for recorded in lived if not isinstance(recorded.event, CommandRelayed)]  # by other journeys
    versions = {one.version: other.version for one, other in zip(by_hand, heard, strict=False)}
    for one, other in zip_longest(by_hand, heard):
        assert one is not None, other
        assert other is not None, one
        assert type(one.event) is type(other.event), f"\n{one}\n{other}"
        assert _agree(one.recorded_at, other.recorded_at, versions), (one.recorded_at, other.recorded_at, one.event)
        assert _agree(one.event.model_dump(), other.event.model_dump(), versions), f"\n{one.event!r}\n{other.event!r}"


def _agree(one: Any, other: Any, versions: dict[int, int]) -> bool:
    """Whether two values are the same but for seconds, the number of an event, and what is made from either."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return abs(one - other) < _PROMPT
    if isinstance(one, dict) and isinstance(other, dict):
        if one.keys() != other.keys():
            return False
        return all(_agree_by(name, value, other[name], versions) for name, value in one.items())
    if isinstance(one, tuple | list) and isinstance(other, tuple | list):
        return len(one) == len(other) and all(_agree(*pair, versions) for pair in zip(one, other, strict=True))
    return bool(one == other)


def _agree_by(name: str, one: Any, other: Any, versions: dict[int, int]) -> bool:
    if name in {"consent_version", "date_version"} and other == versions.get(one):
        return True
    return name in {"sha256", "message"} or _agree(one, other, versions)
