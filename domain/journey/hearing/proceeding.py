"""Of which proceedings a hearing is: the id that its summons names, checked where the pathway follows proceedings."""

from __future__ import annotations

from uuid import UUID

from domain.journey.deciding import Surroundings
from domain.journey.proceedings.state import PROCEEDINGS, ProceedingsState, proceedings_id
from domain.journey.state import Journey
from domain.pathway.hearings import HearingKind, Matter
from domain.refusal import RefusalCode, Refused


def find_proceeding(journey: Journey, proceeding: UUID) -> ProceedingsState | None:
    """The proceedings of this journey with this id."""
    return next((p for p in journey.proceedings.values() if proceedings_id(journey.id, p.number) == proceeding), None)


def misplaced(
    journey: Journey, proceeding: UUID | None, kind: HearingKind, surroundings: Surroundings
) -> Refused | None:
    """A refusal of proceedings that this journey does not have, or in which there is no such hearing.

    A pathway without that section keeps its court cases elsewhere: their ids are theirs.
    """
    if proceeding is None or surroundings.pathway.proceedings is None:
        return None
    found = find_proceeding(journey, proceeding)
    if found is None:
        return Refused(code=RefusalCode.UNKNOWN_PROCEEDINGS, part=PROCEEDINGS, other=proceeding)
    if kind.matter not in (Matter.OTHER, found.matter):
        return Refused(code=RefusalCode.NOT_OF_THIS_MATTER, part=found.key, allowed=(found.matter.value,))
    return None
