"""Deciders: protected status of the witness, and the property claim in criminal proceedings."""

from __future__ import annotations

from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.proceedings.codes import CLAIM_AFTER
from domain.journey.proceedings.commands import RecordPropertyClaim, RecordProtection
from domain.journey.proceedings.events import PropertyClaimRecorded, ProtectionRecorded
from domain.journey.proceedings.finding import find_proceedings, not_of
from domain.journey.state import Journey
from domain.journey.timing import misdated
from domain.law import Standing
from domain.pathway.hearings import Matter
from domain.refusal import RefusalCode, Refused


@decides(RecordProtection)
def _protect(journey: Journey, command: RecordProtection, surroundings: Surroundings) -> Decision:
    state = find_proceedings(journey, command.proceedings, command.seen)
    if isinstance(state, Refused):
        return state
    if state.matter is not Matter.CRIMINAL:
        return not_of(Matter.CRIMINAL, number=state.number)
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    if state.protections.get(command.protection) is command.status:
        return ()
    return (
        ProtectionRecorded(
            proceedings=state.number,
            protection=command.protection,
            status=command.status,
            note=command.note,
            occurred_at=command.occurred_at,
        ),
    )


@decides(RecordPropertyClaim)
def _claim(journey: Journey, command: RecordPropertyClaim, surroundings: Surroundings) -> Decision:
    state = find_proceedings(journey, command.proceedings, command.seen)
    if isinstance(state, Refused):
        return state
    if state.matter is not Matter.CRIMINAL:
        return not_of(Matter.CRIMINAL, number=state.number)
    if Standing.INJURED_PARTY not in state.standings:
        return not_of(Matter.CRIMINAL, (Standing.INJURED_PARTY.value,), state.number)
    before = state.claim.status if state.claim else None
    if command.status not in CLAIM_AFTER[before]:
        allowed = tuple(sorted(CLAIM_AFTER[before]))
        return Refused(code=RefusalCode.CLAIM_NOT_OPEN, part=state.key, part_version=state.version, allowed=allowed)
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    return (
        PropertyClaimRecorded(
            proceedings=state.number,
            status=command.status,
            amount=command.amount,
            note=command.note,
            occurred_at=command.occurred_at,
        ),
    )
