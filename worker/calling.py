"""Whether the number of a contact may be looked at: to call back, or to see what the same number told us before.

Fail closed: without the caller's word that a call is safe there is no number, and earlier contacts are shown only with
consent or once the contact belongs to a journey.
"""

from __future__ import annotations

from uuid import UUID

from activities.pathway_files import PathwayStore
from activities.recording import Recorder
from domain.calendar import local_date
from domain.contact.state import Contact, contact_stream
from domain.refusal import RefusalCode, Refused
from eventlog.log import EventLog
from vault.callers import Callers


class CallerDesk:
    """Asks the stream, then the vault. Raises `Unavailable`, `VaultUnavailable`."""

    def __init__(self, log: EventLog, recorder: Recorder, pathways: PathwayStore, callers: Callers) -> None:
        self._log = log
        self._recorder = recorder
        self._callers = callers
        self._pathways = pathways

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

    def _state(self, contact: UUID) -> Contact | Refused:
        state = self._recorder.state(contact_stream(contact))
        return state if isinstance(state, Contact) else Refused(code=RefusalCode.UNKNOWN_CONTACT)
