"""A letter about one date: a code, the date with its zone, a link, and where it is an appointment the calendar's part.

Nothing from which a stranger learns anything (security.md, threat 12); the texts are in `activities/wording.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time

from activities.ical import Appointment, Method, calendar
from activities.wording import Words, words_for


@dataclass(frozen=True, slots=True)
class Notice:
    """All that may go into a message: the allow-list. At most one of late, moved and called off."""

    message: UUID
    code: str
    due_at: datetime
    zone: str
    late: bool
    link: str
    moved: bool = False
    called_off: bool = False
    appointment: Appointment | None = None
    instead_of: str | None = None
    """The code of the colleague whose letter it is, where somebody else gets it."""


def letter(notice: Notice, *, sender: str, recipient: str, locale: str, now: datetime) -> EmailMessage:
    """The mail for one recipient. Its Message-ID is that of the message, so that a second copy is known as one."""
    words = words_for(locale)
    mail = headed(notice.message, words.subject.format(code=notice.code), sender=sender, recipient=recipient, now=now)
    values = written(notice, words)
    covering = words.covering.format(**values) if notice.instead_of is not None else ""
    mail.set_content(covering + _said_before(notice, words) + words.body.format(**values))
    if notice.appointment is not None:
        method = Method.CANCEL if notice.called_off else Method.PUBLISH
        part = calendar([notice.appointment], method=method, locale=locale, now=now, organizer=sender)
        attach(mail, part, method)
    return mail


def _said_before(notice: Notice, words: Words) -> str:
    if notice.called_off:
        return words.called_off
    return words.late if notice.late else words.moved if notice.moved else ""


def written(notice: Notice, words: Words) -> dict[str, str]:
    """The values of a notice as its texts show them: exactly the fields that a text may have."""
    due = notice.due_at.astimezone(ZoneInfo(notice.zone))
    return {
        "code": notice.code,
        "day": format_date(due.date(), "full", locale=words.babel),
        "time": format_time(due.time(), "short", locale=words.babel),
        "zone": notice.zone,
        "link": notice.link,
        "colleague": notice.instead_of or "",
    }


def account_letter(
    message: UUID,
    changed_at: datetime,
    *,
    zone: str,
    link: str,
    sender: str,
    recipient: str,
    locale: str,
    now: datetime,
) -> EmailMessage:
    """That how somebody signs in was changed: when, and where to look. What was changed stands there."""
    words, at = words_for(locale), changed_at.astimezone(ZoneInfo(zone))
    mail = headed(message, words.account_subject, sender=sender, recipient=recipient, now=now)
    day, time = format_date(at.date(), "full", locale=words.babel), format_time(at.time(), "short", locale=words.babel)
    mail.set_content(words.account_body.format(day=day, time=time, zone=zone, link=link))
    return mail


def headed(message: UUID, subject: str, *, sender: str, recipient: str, now: datetime) -> EmailMessage:
    """A mail without a text yet."""
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = recipient
    mail["Subject"] = subject
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{message}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    return mail


def attach(mail: EmailMessage, ics: bytes, method: Method = Method.PUBLISH) -> None:
    """The calendar's part, as a file that says nothing by its name; in base64, so that no server breaks its lines."""
    parameters = {"method": method.value, "charset": "utf-8"}
    mail.add_attachment(ics, maintype="text", subtype="calendar", filename=CALENDAR_FILE, params=parameters)


CALENDAR_FILE = "termin.ics"
