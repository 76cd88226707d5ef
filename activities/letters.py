"""What a message says: a code, a date with its zone, a link, and nothing from which a stranger learns anything.

No court, no name, no organisation, no kind of help (security.md, threat 12). The texts are few and live here until the
catalogue of messages comes with issue 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_time


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of one language."""

    locale: str
    subject: str
    body: str
    late: str
    moved: str


_SERBIAN = Words(
    locale="sr_Latn",
    subject="Putokaz: podsetnik {code}",
    body="Podsetnik za {code}.\nTermin: {day}, {time} ({zone}).\n\nOtvorite aplikaciju: {link}\n",
    late="Ova poruka kasni; šalje se jednom.\n\n",
    moved="Termin je pomeren. Važi samo ovaj:\n\n",
)
_ENGLISH = Words(
    locale="en_GB",
    subject="Putokaz: reminder {code}",
    body="Reminder for {code}.\nDate: {day}, {time} ({zone}).\n\nOpen the application: {link}\n",
    late="This message is late; it is sent once.\n\n",
    moved="The date has moved. Only this one holds:\n\n",
)


@dataclass(frozen=True, slots=True)
class Notice:
    """All that may go into a message: the allow-list."""

    message: UUID
    code: str
    due_at: datetime
    zone: str
    late: bool
    link: str
    moved: bool = False


def letter(notice: Notice, *, sender: str, recipient: str, locale: str, now: datetime) -> EmailMessage:
    """The mail for one recipient. Its Message-ID is that of the message, so that a second copy is known as one."""
    words = _ENGLISH if locale.startswith("en") else _SERBIAN
    due = notice.due_at.astimezone(ZoneInfo(notice.zone))
    body = words.body.format(
        code=notice.code,
        day=format_date(due.date(), "full", locale=words.locale),
        time=format_time(due.time(), "short", locale=words.locale),
        zone=notice.zone,
        link=notice.link,
    )
    mail = EmailMessage()
    mail["From"] = sender
    mail["To"] = recipient
    mail["Subject"] = words.subject.format(code=notice.code)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = f"<{notice.message}@{sender.rpartition('@')[2]}>"
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content((words.late if notice.late else words.moved if notice.moved else "") + body)
    return mail
