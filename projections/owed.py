"""What the rows of everything owed have in common, whatever kind of stream owes it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from domain.codes import ObligationKind, StreamName


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing owed by a stream with this `code`. `what` is the code a page names it by, `stage` that of a step."""

    stream_kind: StreamName
    stream_id: UUID
    code: str
    part: str
    part_version: int
    kind: ObligationKind
    what: str | None
    stage: str | None

    @property
    def journey(self) -> UUID | None:
        """The journey that owes it, where one does."""
        return self.stream_id if self.stream_kind is StreamName.JOURNEY else None

    @property
    def step(self) -> str | None:
        """The step, where it is one."""
        return self.what if self.kind is ObligationKind.STEP else None
