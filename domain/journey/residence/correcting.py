"""Correcting what was said of a permit. One that was never given lets the one before it stand again."""

from __future__ import annotations

from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.residence.clock import alarm_at_once, permit_deadline
from domain.journey.residence.codes import PermitStatus
from domain.journey.residence.commands import CorrectResidence
from domain.journey.residence.deciding import out_of_order
from domain.journey.residence.events import ResidenceCorrected, ResidenceReinstated
from domain.journey.residence.finding import find_kind, unknown_ground, watched
from domain.journey.residence.state import RESIDENCE, PermitState
from domain.journey.state import Journey
from domain.pathway.residence import ResidenceRules
from domain.refusal import RefusalCode, Refused


@decides(CorrectResidence)
def _correct(journey: Journey, command: CorrectResidence, surroundings: Surroundings) -> Decision:
    pathway, rules = surroundings.pathway, surroundings.pathway.residence
    if rules is None:
        return Refused(code=RefusalCode.NOT_IN_PATHWAY, part=RESIDENCE)
    there = (p for p in journey.permits.values() if p.status is not PermitStatus.VOID)
    permit = next((p for p in there if p.version == command.corrects), None)
    if permit is None:
        return Refused(code=RefusalCode.NOTHING_TO_CORRECT, part=RESIDENCE)
    if command.permit_kind is None:
        void = ResidenceCorrected(number=permit.number, corrects=permit.version, note=command.note)
        return (void, *_reinstated(journey, permit, rules, surroundings))
    kind = find_kind(rules, command.permit_kind)
    if isinstance(kind, Refused):
        return kind
    ground = command.ground or permit.ground
    valid_from = command.valid_from or permit.valid_from
    valid_until = command.valid_until or permit.valid_until
    if refused := unknown_ground(kind.grounds, ground) or out_of_order(valid_from, valid_until):
        return refused
    return (
        ResidenceCorrected(
            number=permit.number,
            corrects=permit.version,
            kind=kind.kind,
            ground=ground,
            valid_from=valid_from,
            valid_until=valid_until,
            deadline=permit_deadline(kind, rules, pathway, valid_until=valid_until, now=surroundings.now),
            note=command.note,
        ),
    )


def _reinstated(
    journey: Journey, void: PermitState, rules: ResidenceRules, surroundings: Surroundings
) -> tuple[ResidenceReinstated, ...]:
    """The permit whose place a void one took, where no other one has it: as it stood then."""
    other = watched(journey)
    if void.status is PermitStatus.FOLLOWED or (other is not None and other.number != void.number):
        return ()
    permit = journey.permits.get(void.follows or 0)
    while permit is not None and permit.status is PermitStatus.VOID:
        permit = journey.permits.get(permit.follows or 0)
    if permit is None or permit.status is not PermitStatus.FOLLOWED:
        return ()
    pathway, now = surroundings.pathway, surroundings.now
    kind = rules.find_kind(permit.kind)
    if permit.before is PermitStatus.REVOKED or kind is None:
        ended_on = permit.clockwork.deadline.due_on
        deadline = alarm_at_once(rules.revocation.article, rules, pathway, ended_on=ended_on, now=now)
    else:
        deadline = permit_deadline(kind, rules, pathway, valid_until=permit.valid_until, now=now)
    return (ResidenceReinstated(number=permit.number, deadline=deadline),)
