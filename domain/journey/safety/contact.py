"""Part: safe contact, agreed with the client, asked again in time, suspended at once. May we call now: `rules`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Annotated

from pydantic import AwareDatetime, Field, model_validator

from domain.calendar import add, at_local, calendar_of, local_date
from domain.codes import ObligationKind, Role
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline, ladder_deadline
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.obligation import Turn, owes, owner
from domain.journey.safety.rules import Agreement, ContactRule, Suspension
from domain.journey.safety.state import SafeContact
from domain.journey.state import Journey
from domain.journey.timing import Day, Instant, misdated
from domain.pathway.model import Unit
from domain.refusal import RefusalCode, Refused
from domain.sealed import Identity, Notes, Sealed
from domain.stream.obligation import Clockwork, Obligation
from domain.values import Count, Zone

SAFE_CONTACT = "safe-contact"
Rules = Annotated[tuple[ContactRule, ...], Field(min_length=1, max_length=20)]


class SafeContactAgreed(Event, topic="journey.safe-contact-agreed"):
    """How the client may be reached; what was agreed before is void. `deadline`: by when to ask again."""

    zone: Zone
    rules: Rules
    valid_until: AwareDatetime
    deadline: Deadline
    neutral_name: Sealed[Identity] | None = None
    code_word: Sealed[Identity] | None = None
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return SAFE_CONTACT


class SafeContactVerified(Event, topic="journey.safe-contact-verified"):
    """Somebody asked, and the same still holds; a suspension is over."""

    valid_until: AwareDatetime
    deadline: Deadline
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return SAFE_CONTACT


class SafeContactSuspended(Event, topic="journey.safe-contact-suspended"):
    """Nobody may use it any more until somebody has asked again, which `deadline` says by when."""

    reason: Suspension
    deadline: Deadline
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return SAFE_CONTACT


class AgreeSafeContact(Command, kind="agree-safe-contact"):
    """Records what was agreed. `valid_until` is its last day, never later than the pathway lets it be believed."""

    rules: Rules
    zone: Zone | None = None
    valid_until: Day | None = None
    seen: Count | None = None
    neutral_name: Sealed[Identity] | None = None
    code_word: Sealed[Identity] | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None

    @model_validator(mode="after")
    def _hours_are_possible(self) -> AgreeSafeContact:
        if not all(hours.is_possible for rule in self.rules for hours in rule.hours):
            raise ValueError("hours are local time and end after they start: write a night as two entries")
        return self


class VerifySafeContact(Command, kind="verify-safe-contact"):
    """Records that the client was asked and that it still holds."""

    valid_until: Day | None = None
    seen: Count | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class SuspendSafeContact(Command, kind="suspend-safe-contact"):
    """Stops every contact at once."""

    reason: Suspension
    note: Sealed[Notes] | None = None


@decides(AgreeSafeContact)
def _agree(journey: Journey, command: AgreeSafeContact, surroundings: Surroundings) -> Decision:
    found = _until(journey, command, surroundings)
    if isinstance(found, Refused):
        return found
    until, deadline = found
    return (
        SafeContactAgreed(
            zone=command.zone or surroundings.pathway.zone,
            rules=command.rules,
            valid_until=until,
            deadline=deadline,
            neutral_name=command.neutral_name,
            code_word=command.code_word,
            note=command.note,
            occurred_at=command.occurred_at,
        ),
    )


@decides(VerifySafeContact)
def _verify(journey: Journey, command: VerifySafeContact, surroundings: Surroundings) -> Decision:
    if journey.safe_contact is None:
        return Refused(code=RefusalCode.NO_SAFE_CONTACT, part=SAFE_CONTACT)
    found = _until(journey, command, surroundings)
    if isinstance(found, Refused):
        return found
    until, deadline = found
    return (
        SafeContactVerified(valid_until=until, deadline=deadline, note=command.note, occurred_at=command.occurred_at),
    )


@decides(SuspendSafeContact)
def _suspend(journey: Journey, command: SuspendSafeContact, surroundings: Surroundings) -> Decision:
    known = journey.safe_contact
    if known is None:
        return Refused(code=RefusalCode.NO_SAFE_CONTACT, part=SAFE_CONTACT)
    if known.agreement.suspended is not None:
        return ()
    pathway = surroundings.pathway
    deadline = ladder_deadline(pathway.safety.emergency.contact_plan, pathway, now=surroundings.now)
    return (SafeContactSuspended(reason=command.reason, deadline=deadline, note=command.note),)


def _until(
    journey: Journey, command: AgreeSafeContact | VerifySafeContact, surroundings: Surroundings
) -> tuple[datetime, Deadline] | Refused:
    """Until when it is believed, with the ladder to ask again; or why it is not taken.

    Counted from the day on which the client said so: what was agreed two months ago and entered today is stale today.
    """
    known, pathway, now = journey.safe_contact, surroundings.pathway, surroundings.now
    if known is not None and command.seen is not None and command.seen != known.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=SAFE_CONTACT, part_version=known.version)
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    said_at = command.occurred_at or now
    if said_at < (_doubted_at(journey) or said_at):
        return Refused(code=RefusalCode.SAID_BEFORE, part=SAFE_CONTACT)
    last = _last_day(said_at, surroundings)
    if command.valid_until is not None:
        last = min(last, command.valid_until)
    if last < local_date(now, pathway.zone):
        return Refused(code=RefusalCode.DATE_IN_THE_PAST, part=SAFE_CONTACT)
    deadline = ladder_deadline(pathway.safety.safe_contact.verify, pathway, now=now, on=last)
    return at_local(last + timedelta(days=1), time(0), pathway.zone), deadline


def _doubted_at(journey: Journey) -> datetime | None:
    """Since when what the client had said before counts no longer: a suspension, an emergency relocation."""
    contact, moved = journey.safe_contact, journey.relocation
    found = [contact.suspended_at if contact else None, moved.at if moved and moved.settled_at is None else None]
    return max((at for at in found if at is not None), default=None)


def _last_day(said_at: datetime, surroundings: Surroundings) -> date:
    pathway, span = surroundings.pathway, surroundings.pathway.safety.safe_contact.valid_for
    if span.unit is Unit.HOURS:
        return local_date(said_at + timedelta(hours=span.count), pathway.zone)
    return add(local_date(said_at, pathway.zone), span, calendar_of(pathway.calendar))


def _wind(journey: Journey, _: str, turn: Turn) -> Journey:
    known = journey.safe_contact
    return journey if known is None else replace(journey, safe_contact=replace(known, clockwork=turn(known.clockwork)))


@owes(ObligationKind.SAFE_CONTACT, winding=_wind)
def _owed(journey: Journey) -> Iterator[Obligation]:
    if (known := journey.safe_contact) is not None:
        yield Obligation(
            SAFE_CONTACT,
            ObligationKind.SAFE_CONTACT,
            known.clockwork.deadline.due_at,
            owner(journey, Role.CASEWORKER),
            known.clockwork,
            version=known.version,
        )


@evolves(SafeContactAgreed)
def _agreed(journey: Journey, recorded: Recorded[SafeContactAgreed]) -> Journey:
    event = recorded.event
    contact = SafeContact(
        Agreement(event.zone, event.rules, event.valid_until),
        agreed_at=recorded.occurred_at,
        verified_at=recorded.occurred_at,
        version=recorded.version,
        clockwork=Clockwork(event.deadline, date_version=recorded.version),
        command_id=recorded.command_id,
        neutral_name=event.neutral_name,
        code_word=event.code_word,
    )
    return _settled(replace(journey, safe_contact=contact), recorded)


@evolves(SafeContactVerified)
def _verified(journey: Journey, recorded: Recorded[SafeContactVerified]) -> Journey:
    known, event = journey.safe_contact, recorded.event
    if known is None:
        return journey
    contact = replace(
        known,
        agreement=replace(known.agreement, valid_until=event.valid_until, suspended=None),
        suspended_at=None,
        verified_at=recorded.occurred_at,
        version=recorded.version,
        clockwork=Clockwork(event.deadline, date_version=recorded.version),
    )
    return _settled(replace(journey, safe_contact=contact), recorded)


@evolves(SafeContactSuspended)
def _suspended(journey: Journey, recorded: Recorded[SafeContactSuspended]) -> Journey:
    clockwork = Clockwork(recorded.event.deadline, date_version=recorded.version)
    return suspended(journey, recorded.event.reason, recorded, clockwork)


def suspended(
    journey: Journey, reason: Suspension, recorded: Recorded[Event], clockwork: Clockwork | None = None
) -> Journey:
    """The journey with its safe contact suspended, where it has one; `clockwork` with a new date to ask by."""
    known = journey.safe_contact
    if known is None:
        return journey
    contact = replace(
        known,
        agreement=replace(known.agreement, suspended=reason),
        suspended_at=recorded.occurred_at,
        version=recorded.version,
        clockwork=clockwork or known.clockwork,
    )
    return replace(journey, safe_contact=contact)


def _settled(journey: Journey, recorded: Recorded[Event]) -> Journey:
    """What was agreed after an emergency relocation is the new contact plan."""
    moved = journey.relocation
    if moved is None or moved.settled_at is not None:
        return journey
    return replace(journey, relocation=replace(moved, settled_at=recorded.recorded_at, version=recorded.version))
