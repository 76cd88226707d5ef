"""One message for a person and a day: every reminder that may wait until then, by the days of their dates.

    mail = digest(notices, day=date(2026, 11, 25), sender=…, recipient=…, locale="sr-Latn", now=now)

A line is a code, a time with its zone and a link, as in a letter, and the appointments come as one calendar file. Which
notices may wait, and until when, is `domain/quiet.py`; docs/decisions/0018 says how they will be collected.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from email.message import EmailMessage
from itertools import groupby
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from babel.dates import format_date

from activities.ical import Appointment, Method, calendar
from activities.letters import Notice, attach, headed, written
from activities.wording import Words, words_for

_DIGESTS = UUID("8d6f4a0c-64f6-5d0b-9a55-0f0f6a3c2b77")


def digest_message(messages: Iterable[UUID]) -> UUID:
    """The id of the digest that carries these messages, whatever their order.

    Made of what is in it, not of the day: a second try with the same reminders is known as a copy, and one to which a
    reminder was added is not taken for a copy and thrown away.
    """
    return uuid5(_DIGESTS, "|".join(sorted(str(message) for message in set(messages))))


def digest(
    notices: Sequence[Notice], *, day: date, sender: str, recipient: str, locale: str, now: datetime
) -> EmailMessage:
    """The mail of `day`, the recipient's own. Raises `ValueError` where there is nothing to say."""
    if not notices:
        raise ValueError("a digest without a reminder is none")
    words = words_for(locale)
    message = digest_message(notice.message for notice in notices)
    subject = words.digest_subject.format(day=_day(day, words))
    mail = headed(message, subject, sender=sender, recipient=recipient, now=now)
    mail.set_content("\n".join([words.digest_opening, *_days(_once(notices), words)]))
    if kept := _newest(notice.appointment for notice in notices if notice.appointment is not None):
        attach(mail, calendar(kept, method=Method.PUBLISH, locale=locale, now=now, organizer=sender))
    return mail


def _days(notices: Iterable[Notice], words: Words) -> list[str]:
    lines = []
    for day, due in groupby(notices, key=_local_day):
        lines += [_day(day, words), *(_line(notice, words) for notice in due), ""]
    return lines


def _line(notice: Notice, words: Words) -> str:
    values = written(notice, words)
    said = [words.digest_moved] if notice.moved else [words.digest_late] if notice.late else []
    said += [words.digest_covering.format(**values)] if notice.instead_of is not None else []
    line = words.digest_line.format(**values)
    return f"  {line}  ({', '.join(said)})" if said else f"  {line}"


def _once(notices: Iterable[Notice]) -> list[Notice]:
    """Several reminders of one date in one line, in order of time; late or moved if one of them is."""
    lines: dict[tuple[object, ...], Notice] = {}
    for notice in notices:
        about = (notice.code, notice.due_at, notice.zone, notice.link, notice.instead_of)
        known = lines.get(about, notice)
        lines[about] = replace(known, late=known.late or notice.late, moved=known.moved or notice.moved)
    return sorted(lines.values(), key=lambda n: (_local_day(n), n.due_at, n.code, n.zone))


def _newest(appointments: Iterable[Appointment]) -> list[Appointment]:
    """Each appointment once, with the newest of its dates."""
    found: dict[str, Appointment] = {}
    for appointment in appointments:
        known = found.get(appointment.uid)
        if known is None or known.sequence < appointment.sequence:
            found[appointment.uid] = appointment
    return sorted(found.values(), key=lambda a: (a.starts_at, a.uid))


def _local_day(notice: Notice) -> date:
    return notice.due_at.astimezone(ZoneInfo(notice.zone)).date()


def _day(day: date, words: Words) -> str:
    return format_date(day, "full", locale=words.babel)
