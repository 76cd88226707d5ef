"""The hotline behind the pages (`staff.ports.Hotline`): what a contact went through, and the numbers of callers.

A number may be looked at to call back; other contacts of it, to see what the same number told us before.

Fail closed: without the caller's word that a call is safe there is no number, and earlier contacts are shown only with
consent or once the contact belongs to a journey.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from activities.pathway_files import PathwayStore
from activities.recording import Recorder
from domain.calendar import local_date
from domain.contact.safe import SafeContactRevised
from domain.contact.state import Contact, contact_stream
from domain.event import Event, Recorded
from domain.refusal import RefusalCode, Refused
from eventlog.log import EventLog
from vault.callers import Callers, Look


class CallerDesk:
    """Asks the stream, then the vault. Raises `Unavailable`, `VaultUnavailable`."""

    def __init__(self, log: EventLog, recorder: Recorder, pathways: PathwayStore, callers: Callers) -> None:
        self._log = log
        self._recorder = recorder
        self._callers = callers
        self._pathways = pathways

    def history(self, contact: UUID) -> Sequence[Recorded[Event]]:
        """Every event of a contact, oldest first."""
        return self._log.load(contact_stream(contact)).history

    def caller(self, contact: UUID) -> UUID | None:
        """Whose contact it is, where the caller was told a code; a code of their own, no name."""
        state = self._state(contact)
        return None if isinstance(state, Refused) else state.caller

    def is_number(self, number: str) -> bool:
        """Whether that could be a telephone number."""
        return self._callers.is_number(number)

    def keep(self, contact: UUID, number: str) -> None:
        """Keeps the number of a contact, sealed. Raises `NumberInvalid`."""
        self._callers.keep(contact, number)

    def number(self, contact: UUID, *, actor: UUID) -> str | Refused | None:
        """The number to call, if a call is safe today; None where none was kept."""
        state = self._state(contact)
        if isinstance(state, Refused):
            return state
        zone = self._pathways.find(state.pin).pathway.zone
        if not state.safe.allows(local_date(self._log.now(), zone)):
            return Refused(code=RefusalCode.CALL_BACK_NOT_PERMITTED)
        return self._callers.number(contact, actor=actor)

    def repeats(self, contact: UUID, *, actor: UUID) -> list[UUID] | Refused:
        """The other contacts of the same number, where that may be shown; the vault is not asked where not."""
        state = self._state(contact)
        if isinstance(state, Refused):
            return state
        if not state.shows_repeats:
            return Refused(code=RefusalCode.REPEATS_NOT_SHOWN)
        return self._callers.repeats(contact, actor=actor)

    def safe_contact_notes(self, contact: UUID, *, actor: UUID) -> Sequence[Recorded[Event]]:
        """What somebody wrote about reaching the caller, sealed, the latest first; the look is written down first."""
        self._callers.note_safe_contact(contact, actor=actor)
        history = reversed(self._log.load(contact_stream(contact)).history)
        return [r for r in history if isinstance(r.event, SafeContactRevised) and r.event.note is not None]

    def looks(self, contact: UUID) -> Sequence[Look]:
        """Who looked at what is kept of this contact, oldest first."""
        return self._callers.looks(contact)

    def _state(self, contact: UUID) -> Contact | Refused:
        state = self._recorder.state(contact_stream(contact))
        return state if isinstance(state, Contact) else Refused(code=RefusalCode.UNKNOWN_CONTACT)
