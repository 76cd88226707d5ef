"""The digest of a day: word for word in each tongue, one line for a date, one file for the calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from uuid import UUID, uuid4

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from activities.digest import digest, digest_message
from activities.letters import Notice
from tests.activities.test_ical import HEARING, NOW
from tests.activities.test_letters import NOTICE, everything_of, said

DAY = date(2026, 11, 25)
PLAIN = replace(NOTICE, appointment=None)
OTHER = replace(
    PLAIN,
    message=UUID(int=2),
    code="PK-0000001",
    due_at=datetime(2026, 11, 27, 16, 0, tzinfo=UTC),
    link="https://putokaz.example.org/j/PK-0000001",
    late=True,
)
MOVED = replace(
    PLAIN,
    message=UUID(int=3),
    code="PK-0000002",
    due_at=datetime(2026, 12, 1, 7, 0, tzinfo=UTC),
    link="https://putokaz.example.org/j/PK-0000002",
    moved=True,
)


def composed(*notices: Notice, locale: str = "sr-Latn") -> EmailMessage:
    mail = digest(notices, day=DAY, sender="putokaz@example.org", recipient="m@example.org", locale=locale, now=NOW)
    return message_from_bytes(mail.as_bytes(policy=SMTP), policy=default)


@pytest.mark.parametrize(
    ("locale", "subject", "text"),
    [
        (
            "sr-Latn",
            "Putokaz: podsetnici, sreda, 25. novembar 2026.",
            "Podsetnici, sve u jednoj poruci.\n\n"
            "petak, 27. novembar 2026.\n"
            "  17:00 (Europe/Belgrade)  PK-0000001  https://putokaz.example.org/j/PK-0000001  (kasni)\n\n"
            "utorak, 1. decembar 2026.\n"
            "  08:00 (Europe/Belgrade)  PK-0000002  https://putokaz.example.org/j/PK-0000002"
            "  (pomereno, važi samo ovo)\n"
            "  09:00 (Europe/Belgrade)  PK-7QW2M0X  https://putokaz.example.org/j/PK-7QW2M0X\n\n",
        ),
        (
            "sr-Cyrl",
            "Путоказ: подсетници, среда, 25. новембар 2026.",
            "Подсетници, све у једној поруци.\n\n"
            "петак, 27. новембар 2026.\n"
            "  17:00 (Europe/Belgrade)  PK-0000001  https://putokaz.example.org/j/PK-0000001  (касни)\n\n"
            "уторак, 1. децембар 2026.\n"
            "  08:00 (Europe/Belgrade)  PK-0000002  https://putokaz.example.org/j/PK-0000002"
            "  (померено, важи само ово)\n"
            "  09:00 (Europe/Belgrade)  PK-7QW2M0X  https://putokaz.example.org/j/PK-7QW2M0X\n\n",
        ),
        (
            "en",
            "Putokaz: reminders, Wednesday, 25 November 2026",
            "Reminders, all in one message.\n\n"
            "Friday, 27 November 2026\n"
            "  17:00 (Europe/Belgrade)  PK-0000001  https://putokaz.example.org/j/PK-0000001  (late)\n\n"
            "Tuesday, 1 December 2026\n"
            "  08:00 (Europe/Belgrade)  PK-0000002  https://putokaz.example.org/j/PK-0000002"
            "  (moved, only this one holds)\n"
            "  09:00 (Europe/Belgrade)  PK-7QW2M0X  https://putokaz.example.org/j/PK-7QW2M0X\n\n",
        ),
    ],
)
def test_days_come_in_order_and_hours_within_them(locale: str, subject: str, text: str) -> None:
    """Word for word, whatever order they were asked for in."""
    mail = composed(NOTICE, MOVED, OTHER, locale=locale)
    assert mail["Subject"] == subject
    assert said(mail).rstrip() == text.rstrip()
    assert mail["Auto-Submitted"] == "auto-generated"


def test_several_reminders_of_one_date_are_one_line() -> None:
    """Three days and one day before, both kept back by an outage: once, and late."""
    again = replace(NOTICE, message=uuid4(), late=True)
    (line,) = [line for line in said(composed(NOTICE, again)).splitlines() if NOTICE.code in line]
    assert line.endswith("(kasni)")


def test_the_day_of_a_date_is_that_of_its_own_zone() -> None:
    """23:30 in New York on Monday is Tuesday in Belgrade; the line says Monday, and which zone that is."""
    abroad = replace(PLAIN, due_at=datetime(2026, 12, 1, 4, 30, tzinfo=UTC), zone="America/New_York")
    text = said(composed(abroad))
    assert "ponedeljak, 30. novembar 2026.\n  23:30 (America/New_York)" in text


def test_all_appointments_come_in_one_file() -> None:
    """Each once, with the newest of its dates."""
    newer = replace(HEARING, sequence=2, starts_at=HEARING.starts_at + timedelta(days=1))
    other = replace(HEARING, obligation="step:main-hearing:2")
    mail = composed(
        NOTICE,
        replace(NOTICE, message=uuid4(), appointment=newer),
        replace(NOTICE, message=uuid4(), appointment=other),
        OTHER,
    )
    (part,) = mail.iter_attachments()
    raw = part.get_payload(decode=True)
    assert isinstance(raw, bytes)
    events = {str(e["uid"]): e["sequence"] for e in Calendar.from_ical(raw).walk("VEVENT")}
    assert events == {HEARING.uid: 2, other.uid: 1}
    assert list(composed(OTHER, MOVED).iter_attachments()) == []


def test_the_same_reminders_are_the_same_message() -> None:
    """In any order. With one more it is another: a mailbox must not throw it away as a copy."""
    assert composed(NOTICE, OTHER)["Message-ID"] == composed(OTHER, NOTICE, OTHER)["Message-ID"]
    assert composed(NOTICE, OTHER)["Message-ID"] != composed(NOTICE, OTHER, MOVED)["Message-ID"]
    assert str(digest_message([NOTICE.message])) in composed(NOTICE)["Message-ID"]


def test_nothing_is_no_digest() -> None:
    """An empty message every morning would teach people not to read it."""
    with pytest.raises(ValueError, match="digest"):
        composed()


@settings(max_examples=40, deadline=None)
@given(
    notices=st.lists(
        st.builds(
            Notice,
            message=st.uuids(),
            code=st.sampled_from(["PK-0000001", "PK-0000002", "PK-0000003"]),
            due_at=st.integers(1_767_225_600, 1_893_456_000).map(lambda s: datetime.fromtimestamp(s, UTC)),
            zone=st.sampled_from(["Europe/Belgrade", "America/New_York", "Asia/Kolkata"]),
            late=st.booleans(),
            link=st.just("https://putokaz.example.org/j/x"),
            moved=st.booleans(),
            appointment=st.none() | st.just(HEARING),
        ),
        min_size=1,
        max_size=12,
    ),
    locale=st.sampled_from(["sr-Latn", "sr-Cyrl", "en"]),
)
def test_every_reminder_is_in_it_and_nothing_else(notices: list[Notice], locale: str) -> None:
    """As many lines as there are dates; neither a step nor a stream anywhere."""
    mail = composed(*notices, locale=locale)
    lines = [line for line in said(mail).splitlines() if "PK-" in line]
    assert len(lines) == len({(n.code, n.due_at, n.zone) for n in notices})
    assert all(any(n.code in line for line in lines) for n in notices)
    text = everything_of(mail)
    assert "hearing" not in text
    assert HEARING.stream not in text


@pytest.mark.parametrize(
    ("locale", "said_of_it"),
    [
        ("sr-Latn", "umesto kolege ST-0000001"),
        ("sr-Cyrl", "уместо колеге ST-0000001"),
        ("en", "in place of ST-0000001"),
    ],
)
def test_a_line_says_in_whose_place_it_comes(locale: str, said_of_it: str) -> None:
    """Beside that it is late; the same date of one's own is a line of its own."""
    covering = replace(OTHER, message=UUID(int=4), instead_of="ST-0000001")
    text = said(composed(OTHER, covering, locale=locale))
    lines = [line for line in text.splitlines() if OTHER.code in line]
    assert len(lines) == 2
    assert sum(line.endswith(f", {said_of_it})") for line in lines) == 1
