"""From a letter that was asked for to the notice that it brings: the allow-list, filled for one recipient."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from activities.attendances import Attendances
from activities.letters import Notice
from activities.planning import Recipient
from activities.receipts import Asked, Receipts
from domain.attendance.state import Presence
from domain.codes import StreamName
from domain.message import moved_message
from domain.stream.naming import stream_code
from domain.stream.obligation import Obligation
from domain.streams import id_of, kind_of


class Notices:
    """Makes them. `link`: the address of a page from its code. Every call raises `Unavailable`."""

    def __init__(self, receipts: Receipts, attendances: Attendances, link: Callable[[str], str]) -> None:
        self._receipts = receipts
        self._attendances = attendances
        self._link = link

    def of(self, asked: Asked, recipient: Recipient) -> Notice:
        """What was asked for; late where it goes later than it should."""
        event = asked.fired.event
        late = event.late or self._receipts.plan(asked, recipient).is_late(asked.loaded.now)
        return self._notice(asked, recipient, asked.message, None, late=late)

    def moved(self, asked: Asked, recipient: Recipient, obligation: Obligation) -> Notice:
        """The new date that follows a letter with the old one."""
        message = moved_message(asked.message, obligation.clockwork.date_version)
        return self._notice(asked, recipient, message, obligation, late=False)

    def _notice(
        self, asked: Asked, recipient: Recipient, message: UUID, moved: Obligation | None, *, late: bool
    ) -> Notice:
        event, stream = asked.fired.event, asked.fired.stream
        code = stream_code(kind_of(stream).name, id_of(stream))
        link = self._link(code)
        date_version = event.date_version if moved is None else moved.clockwork.date_version
        return Notice(
            message=message,
            code=code,
            due_at=event.due_at if moved is None else moved.due_at,
            zone=event.zone if moved is None else moved.clockwork.deadline.zone,
            late=late,
            moved=moved is not None,
            link=link,
            instead_of=self._instead_of(asked, recipient),
            appointment=self._receipts.appointment(asked, date_version, link),
        )

    def _instead_of(self, asked: Asked, recipient: Recipient) -> str | None:
        """The code of who is away and would have had the letter; None where it is theirs, or was nobody's by name."""
        person, now = asked.addressee.staff, asked.loaded.now
        if person is None or person == recipient.id or self._attendances.presence(person, now) is Presence.HERE:
            return None
        return stream_code(StreamName.STAFF, person)
