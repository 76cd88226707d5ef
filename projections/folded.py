"""A stream as its events add up to, ready to be shown: what every read model is rendered from.

The models need the same few derivations; here each is made once a page, by whoever asks first.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from uuid import UUID

from domain.codes import Mover, ObligationKind, Role, StreamName
from domain.event import Event, Recorded
from domain.journey import Journey
from domain.journey.obligation import owner
from domain.journey.stalling import WHOSE_MOVE
from domain.stream.naming import stream_code
from domain.stream.obligation import Obligation, Owner, Stall
from domain.streams import StreamState, kind_of


@dataclass(frozen=True)
class Folded:
    """`position` is that of the stream's last event in the log; `event` is that event, where it was just folded."""

    id: UUID
    state: StreamState
    position: int
    event: Recorded[Event] | None = None

    @property
    def kind(self) -> StreamName:
        return kind_of(self.state.stream).name

    @property
    def journey(self) -> Journey:
        """The journey, for the models of journeys."""
        assert isinstance(self.state, Journey)
        return self.state

    @cached_property
    def code(self) -> str:
        return stream_code(self.kind, self.id)

    @cached_property
    def obligations(self) -> list[Obligation]:
        """Everything owed, by due instant."""
        return kind_of(self.state.stream).obligations(self.state)

    @cached_property
    def stalled(self) -> list[Stall]:
        """What stands still, longest first. In a stream that is not open nothing does."""
        found = [(o.stall.since, o.key, o.stall) for o in self.obligations if o.stall is not None]
        return [stall for _, _, stall in sorted(found, key=lambda each: each[:2])]

    @cached_property
    def summary(self) -> dict[str, object]:
        """What the list, and the head of the file, say of a journey: the fields of `JourneyRow`."""
        journey = self.journey
        first = self.obligations[0] if self.obligations else None
        stalled = self.stalled[0] if self.stalled else None
        return {
            "journey": self.id,
            "code": self.code,
            "pathway": journey.pin.name,
            "pathway_version": journey.pin.version,
            "phase": journey.phase.value,
            "stages": [stage.stage for stage in journey.stages.values() if stage.is_active],
            "caseworker": journey.assigned.get(Role.CASEWORKER),
            "next_part": first.key if first else None,
            "next_step": first.what if first and first.kind is ObligationKind.STEP else None,
            "next_role": first.owner.role.value if first else None,
            "next_due_at": first.due_at if first else None,
            "next_due_on": first.clockwork.deadline.due_on if first else None,
            "stalled": stalled.cause.value if stalled else None,
            "stalled_since": stalled.since if stalled else None,
            "closing_reason": journey.closing.reason.value if journey.closing else None,
            "opened_at": journey.opened_at,
            "changed_at": journey.changed_at,
            "version": journey.version,
        }

    def owner(self, role: Role) -> Owner:
        """Who answers for a role now."""
        return owner(self.journey, role)


def code(value: StrEnum | None) -> str | None:
    """A code as it stands in a row: plain text. Making JSON of an enum takes fifteen times as long."""
    return None if value is None else value.value


def mover(obligation: Obligation) -> Mover:
    """Whose move it is: by the cause of its stall, else who it waits on."""
    return WHOSE_MOVE[obligation.stall.cause] if obligation.stall else obligation.waits_on
