"""Deciders of consents: who may give one, until when it holds, and who must be told that it is withdrawn."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from domain.calendar import at_local, local_date
from domain.codes import ConsentGiver, Relation
from domain.deadline import Deadline, ladder_deadline
from domain.journey.consent import ConsentGiven, ConsentWithdrawn, GiveConsent, WithdrawalScope, WithdrawConsent
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.standing import ConsentKey
from domain.journey.state import Journey, LinkStatus
from domain.journey.timing import misdated
from domain.refusal import RefusalCode, Refused

GUARDIANS = frozenset({Relation.GUARDIAN, Relation.PARENT})
"""Whose journey may be linked as that of who consents for a child."""


@decides(GiveConsent)
def _give(journey: Journey, command: GiveConsent, surroundings: Surroundings) -> Decision:
    now, pathway = surroundings.now, surroundings.pathway
    key = ConsentKey(command.purpose, command.recipient)
    refused = misdated(journey, command.occurred_at, surroundings) or _by_whom(journey, command, now)
    if refused is None and _is_settled(journey, key, command.giver, now):
        known = journey.consents[key]
        refused = Refused(code=RefusalCode.CONSENT_ALREADY_GIVEN, part=key.part, part_version=known.version)
    if refused:
        return refused
    until, deadline = None, None
    if command.valid_until is not None:
        if command.valid_until < local_date(now, pathway.zone):
            return Refused(code=RefusalCode.DATE_IN_THE_PAST, part=key.part)
        until = at_local(command.valid_until + timedelta(days=1), time(0), pathway.zone)
        deadline = ladder_deadline(pathway.consent.renewal, pathway, now=now, on=command.valid_until)
    return (
        ConsentGiven(
            purpose=command.purpose,
            giver=command.giver,
            recipient=command.recipient,
            guardian=command.guardian,
            valid_until=until,
            deadline=deadline,
            note=command.note,
            occurred_at=command.occurred_at,
        ),
    )


def _is_settled(journey: Journey, key: ConsentKey, giver: ConsentGiver, now: datetime) -> bool:
    """Whether there is nothing to add: it stands without an end, and was not a guardian's word for the client's own."""
    known = journey.consent(key.purpose, key.recipient, at=now)
    return known is not None and known.valid_until is None and known.giver is giver


def _by_whom(journey: Journey, command: GiveConsent, now: datetime) -> Refused | None:
    """A child's consent is given by a guardian, an adult's by nobody else."""
    minority, at = journey.minority, command.occurred_at or now
    if minority is not None and at < minority.adult_at and command.giver is ConsentGiver.CLIENT:
        return Refused(code=RefusalCode.GUARDIAN_REQUIRED)
    if minority is not None and at >= minority.adult_at and command.giver is ConsentGiver.GUARDIAN:
        return Refused(code=RefusalCode.OWN_CONSENT_REQUIRED)
    if command.guardian is not None:
        link = journey.links.get(command.guardian)
        if link is None or link.status is LinkStatus.REFUSED or link.relation not in GUARDIANS:
            return Refused(code=RefusalCode.NOT_LINKED, other=command.guardian)
    return None


@decides(WithdrawConsent, in_every_phase=True)
def _withdraw(journey: Journey, command: WithdrawConsent, surroundings: Surroundings) -> Decision:
    key = ConsentKey(command.purpose, command.recipient)
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    known = journey.consents.get(key)
    if command.seen is not None and known is not None and command.seen != known.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=key.part, part_version=known.version)
    everybody = command.scope is WithdrawalScope.EVERYBODY
    keys = [k for k in journey.consents if k.purpose is command.purpose] if everybody else [key]
    given = [k for k in keys if (c := journey.consents.get(k)) is not None and c.withdrawn_at is None]
    if not given:
        return Refused(code=RefusalCode.NO_SUCH_CONSENT, part=key.part)
    return tuple(
        ConsentWithdrawn(
            purpose=k.purpose,
            recipient=k.recipient,
            deadline=_to_be_told(journey, k, surroundings),
            note=command.note,
            occurred_at=command.occurred_at,
        )
        for k in given
    )


def _to_be_told(journey: Journey, key: ConsentKey, surroundings: Surroundings) -> Deadline | None:
    """By when the recipient must be told. Who got nothing under it is told nothing: that would disclose something."""
    if key.recipient is None or not any(d.consent == key.part for d in journey.disclosures):
        return None
    return ladder_deadline(surroundings.pathway.consent.withdrawal, surroundings.pathway, now=surroundings.now)
