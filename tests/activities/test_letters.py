"""The letter about one date: its text in each tongue, and the calendar's part where it is an appointment."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP, default
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from activities.letters import CALENDAR_FILE, Notice, letter
from tests.activities.test_ical import HEARING, NOW

NOTICE = Notice(
    message=UUID("c2a4a2cc-6a6a-4f0e-9a0e-000000000001"),
    code=HEARING.code,
    due_at=HEARING.starts_at,
    zone=HEARING.zone,
    late=False,
    link=HEARING.link,
    appointment=HEARING,
)
TEXTS = {
    "sr-Latn": "Podsetnik za PK-7QW2M0X.\nTermin: utorak, 1. decembar 2026., 09:00 (Europe/Belgrade).\n\n"
    "Otvorite aplikaciju: https://putokaz.example.org/j/PK-7QW2M0X\n",
    "sr-Cyrl": "Подсетник за PK-7QW2M0X.\nТермин: уторак, 1. децембар 2026., 09:00 (Europe/Belgrade).\n\n"
    "Отворите апликацију: https://putokaz.example.org/j/PK-7QW2M0X\n",
    "en": "Reminder for PK-7QW2M0X.\nDate: Tuesday, 1 December 2026, 09:00 (Europe/Belgrade).\n\n"
    "Open the application: https://putokaz.example.org/j/PK-7QW2M0X\n",
}


def arrived(notice: Notice, locale: str = "sr-Latn") -> EmailMessage:
    """As it is after a mail server."""
    mail = letter(notice, sender="putokaz@example.org", recipient="mila@example.org", locale=locale, now=NOW)
    return message_from_bytes(mail.as_bytes(policy=SMTP), policy=default)


def said(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


@pytest.mark.parametrize("locale", TEXTS)
def test_the_text_is_of_the_readers_tongue(locale: str) -> None:
    """Word for word."""
    assert said(arrived(NOTICE, locale)) == TEXTS[locale]


def test_an_appointment_comes_with_the_part_for_the_calendar() -> None:
    """A file that says nothing by its name, byte for byte what was made, published for whoever opens it."""
    (part,) = arrived(NOTICE).iter_attachments()
    assert (part.get_content_type(), part.get_filename()) == ("text/calendar", CALENDAR_FILE)
    assert (part.get_param("method"), part.get_param("charset")) == ("PUBLISH", "utf-8")
    raw = part.get_payload(decode=True)
    assert isinstance(raw, bytes)
    assert raw.count(b"\n") == raw.count(b"\r\n")
    (event,) = Calendar.from_ical(raw).walk("VEVENT")
    assert event["uid"] == HEARING.uid
    assert event.decoded("dtstart") == NOTICE.due_at


def test_what_is_no_appointment_has_no_part() -> None:
    """A deadline is none: nobody has to be anywhere."""
    mail = arrived(replace(NOTICE, appointment=None))
    assert list(mail.iter_attachments()) == []
    assert mail.get_content_type() == "text/plain"


def test_late_and_moved_are_said() -> None:
    """Each by one sentence before the rest."""
    assert said(arrived(replace(NOTICE, late=True))).startswith("Ova poruka kasni; šalje se jednom.\n\nPodsetnik")
    assert said(arrived(replace(NOTICE, moved=True))).startswith("Termin je pomeren. Važi samo ovaj:\n\nPodsetnik")


def everything_of(mail: EmailMessage) -> str:
    """All that somebody could read: headers, text, name and text of the file."""
    parts = [part.get_payload(decode=True) for part in mail.walk() if not part.is_multipart()]
    texts = [part.decode().replace("\r\n ", "") for part in parts if isinstance(part, bytes)]
    return "\n".join([*(f"{name}: {value}" for name, value in mail.items()), *texts])


@settings(max_examples=60, deadline=None)
@given(
    locale=st.sampled_from(sorted(TEXTS)),
    late=st.booleans(),
    moved=st.booleans(),
    days=st.integers(0, 4000),
    step=st.from_regex(r"[a-z]{6,12}(-[a-z]{6,12}){1,3}", fullmatch=True),
    journey=st.uuids(version=4),
)
def test_no_letter_names_what_it_is_about(
    locale: str, late: bool, moved: bool, days: int, step: str, journey: UUID
) -> None:
    """Whatever the step is called, neither it nor the journey's id is anywhere in what is sent."""
    starts = datetime(2026, 1, 1, 8, tzinfo=UTC) + timedelta(days=days)
    appointment = replace(HEARING, stream=f"journey-{journey}", obligation=f"step:{step}:1", starts_at=starts)
    text = everything_of(arrived(replace(NOTICE, late=late, moved=moved, appointment=appointment), locale))
    assert step not in text
    assert str(journey) not in text
    assert "step" not in re.sub(r"https?://\S+", "", text)
