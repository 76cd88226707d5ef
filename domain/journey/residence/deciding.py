"""Deciders of residence: a permit is granted, applied for again, extended, revoked, no longer watched over."""

from __future__ import annotations

from datetime import date

from domain.calendar import add, calendar_of, local_date
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.residence.clock import alarm_at_once, last_day, permit_deadline
from domain.journey.residence.codes import PermitStatus
from domain.journey.residence.commands import (
    ApplyForExtension,
    EndResidence,
    ExtendResidence,
    GrantResidence,
    RevokeResidence,
    SettleApplication,
)
from domain.journey.residence.events import (
    ApplicationSettled,
    ExtensionApplied,
    ResidenceEnded,
    ResidenceExtended,
    ResidenceGranted,
    ResidenceRevoked,
)
from domain.journey.residence.finding import find_kind, find_watched, unknown_ground
from domain.journey.residence.state import RESIDENCE, PermitState
from domain.journey.state import Journey
from domain.journey.timing import misdated
from domain.pathway.residence import PermitKind
from domain.refusal import RefusalCode, Refused


@decides(GrantResidence)
def _grant(journey: Journey, command: GrantResidence, surroundings: Surroundings) -> Decision:
    pathway, rules = surroundings.pathway, surroundings.pathway.residence
    if rules is None:
        return Refused(code=RefusalCode.NOT_IN_PATHWAY, part=RESIDENCE)
    kind = find_kind(rules, command.permit_kind)
    if isinstance(kind, Refused):
        return kind
    valid_until = command.valid_until or last_day(kind, command.valid_from, pathway)
    refused = unknown_ground(kind.grounds, command.ground) or misdated(journey, command.occurred_at, surroundings)
    if refused := refused or out_of_order(command.valid_from, valid_until):
        return refused
    return (
        ResidenceGranted(
            number=len(journey.permits) + 1,
            kind=kind.kind,
            ground=command.ground,
            valid_from=command.valid_from,
            valid_until=valid_until,
            role=rules.role,
            deadline=permit_deadline(kind, rules, pathway, valid_until=valid_until, now=surroundings.now),
            document=command.document,
            note=command.note,
            occurred_at=command.occurred_at,
        ),
    )


@decides(ApplyForExtension)
def _apply(journey: Journey, command: ApplyForExtension, surroundings: Surroundings) -> Decision:
    found = find_watched(journey, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    permit = found.permit
    if permit.application is not None:
        return Refused(code=RefusalCode.ALREADY_APPLIED, part=permit.key, part_version=permit.version)
    if command.applied_on > local_date(surroundings.now, surroundings.pathway.zone):
        return Refused(code=RefusalCode.DATE_IN_THE_FUTURE, part=permit.key)
    return (
        ExtensionApplied(
            number=permit.number, applied_on=command.applied_on, document=command.document, note=command.note
        ),
    )


@decides(SettleApplication)
def _settle(journey: Journey, command: SettleApplication, surroundings: Surroundings) -> Decision:
    found = find_watched(journey, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    permit = found.permit
    if permit.application is None:
        return Refused(code=RefusalCode.NOT_APPLIED, part=permit.key, part_version=permit.version)
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    return (
        ApplicationSettled(
            number=permit.number, outcome=command.outcome, note=command.note, occurred_at=command.occurred_at
        ),
    )


@decides(ExtendResidence)
def _extend(journey: Journey, command: ExtendResidence, surroundings: Surroundings) -> Decision:
    found = find_watched(journey, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    permit, rules, pathway = found.permit, found.rules, surroundings.pathway
    kind = find_kind(rules, permit.kind)
    if isinstance(kind, Refused):
        return kind
    if refused := _not_renewable(permit, kind) or misdated(journey, command.occurred_at, surroundings):
        return refused
    calendar = calendar_of(pathway.calendar)
    valid_until = command.valid_until or add(permit.valid_until, kind.lasts, calendar)
    if valid_until <= permit.valid_until:
        return Refused(code=RefusalCode.DATES_OUT_OF_ORDER, part=permit.key, part_version=permit.version)
    return (
        ResidenceExtended(
            number=permit.number,
            valid_until=valid_until,
            deadline=permit_deadline(kind, rules, pathway, valid_until=valid_until, now=surroundings.now),
            document=command.document,
            note=command.note,
            occurred_at=command.occurred_at,
        ),
    )


@decides(RevokeResidence)
def _revoke(journey: Journey, command: RevokeResidence, surroundings: Surroundings) -> Decision:
    found = find_watched(journey, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    permit, rules, pathway = found.permit, found.rules, surroundings.pathway
    if permit.status is PermitStatus.REVOKED:
        return Refused(code=RefusalCode.NO_PERMIT, part=permit.key, part_version=permit.version)
    rule, now = rules.revocation, surroundings.now
    if refused := unknown_ground(rule.grounds, command.ground) or misdated(journey, command.occurred_at, surroundings):
        return refused
    return (
        ResidenceRevoked(
            number=permit.number,
            ground=command.ground,
            deadline=alarm_at_once(rule.article, rules, pathway, ended_on=local_date(now, pathway.zone), now=now),
            document=command.document,
            note=command.note,
            occurred_at=command.occurred_at,
        ),
    )


@decides(EndResidence)
def _end(journey: Journey, command: EndResidence, surroundings: Surroundings) -> Decision:
    found = find_watched(journey, command.seen, surroundings)
    if isinstance(found, Refused):
        return found
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    permit = found.permit
    return (
        ResidenceEnded(number=permit.number, reason=command.reason, note=command.note, occurred_at=command.occurred_at),
    )


def out_of_order(valid_from: date, valid_until: date) -> Refused | None:
    """A refusal where a permit would end before it begins."""
    return Refused(code=RefusalCode.DATES_OUT_OF_ORDER, part=RESIDENCE) if valid_until < valid_from else None


def _not_renewable(permit: PermitState, kind: PermitKind) -> Refused | None:
    """A permit that was revoked, or that the law does not extend, is followed by another one."""
    if kind.renewable and permit.status is not PermitStatus.REVOKED:
        return None
    return Refused(code=RefusalCode.NOT_RENEWABLE, part=permit.key, part_version=permit.version)
