"""Part: coming of age. Only that day stands in a journey, in an event of its own; a birthday is in the vault.

From that day on a guardian's word covers no new disclosure, and the client's own consents are owed.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from pydantic import AwareDatetime

from domain.calendar import add, at_local, calendar_of
from domain.codes import ConsentGiver, ObligationKind, Role
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline, ladder_deadline
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.obligation import Turn, owes, owner
from domain.journey.standing import ConsentState, Minority
from domain.journey.state import Journey
from domain.journey.timing import Day
from domain.pathway.model import Pathway, Unit
from domain.refusal import RefusalCode, Refused
from domain.stream.obligation import Clockwork, Obligation
from domain.values import Count

OWN_CONSENT = "own-consent"


class ComingOfAgeRecorded(Event, topic="journey.coming-of-age-recorded"):
    """The client comes, or came, of age at `adult_at`, the first moment of that local day.

    `guardian_until`: with the pathway's grace. `corrects`: the version of an earlier such event that was a mistake.
    """

    adult_on: date
    adult_at: AwareDatetime
    guardian_until: AwareDatetime
    deadline: Deadline
    corrects: Count | None = None

    @property
    def part(self) -> str:
        """The obligation that its deadline belongs to."""
        return OWN_CONSENT


class RecordComingOfAge(Command, kind="record-coming-of-age"):
    """Says that the client is a child, and until when. Said again, it corrects; `seen` is the part's version."""

    adult_on: Day
    seen: Count | None = None


@decides(RecordComingOfAge)
def _record(journey: Journey, command: RecordComingOfAge, surroundings: Surroundings) -> Decision:
    known, pathway = journey.minority, surroundings.pathway
    if known is not None and command.seen is not None and command.seen != known.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=OWN_CONSENT, part_version=known.version)
    if known is not None and known.adult_on == command.adult_on:
        return ()
    adult_at = at_local(command.adult_on, time(0), pathway.zone)
    return (
        ComingOfAgeRecorded(
            adult_on=command.adult_on,
            adult_at=adult_at,
            guardian_until=_with_grace(command.adult_on, adult_at, pathway),
            deadline=ladder_deadline(pathway.consent.own, pathway, now=surroundings.now, on=command.adult_on),
            corrects=known.version if known else None,
        ),
    )


def _with_grace(adult_on: date, adult_at: datetime, pathway: Pathway) -> datetime:
    grace = pathway.consent.guardian_grace
    if grace.unit is Unit.HOURS:
        return adult_at + timedelta(hours=grace.count)
    return at_local(add(adult_on, grace, calendar_of(pathway.calendar)), time(0), pathway.zone)


def _wind(journey: Journey, _: str, turn: Turn) -> Journey:
    known = journey.minority
    return journey if known is None else replace(journey, minority=replace(known, clockwork=turn(known.clockwork)))


@owes(ObligationKind.OWN_CONSENT, winding=_wind)
def _owed(journey: Journey) -> Iterator[Obligation]:
    """As long as a consent rests on a guardian's word that will end, or has ended, with childhood."""
    known = journey.minority
    if known is not None and any(_needs_own(c, known) for c in journey.consents.values()):
        yield Obligation(
            OWN_CONSENT,
            ObligationKind.OWN_CONSENT,
            known.clockwork.deadline.due_at,
            owner(journey, Role.CASEWORKER),
            known.clockwork,
            version=known.version,
        )


def _needs_own(consent: ConsentState, minority: Minority) -> bool:
    if consent.giver is not ConsentGiver.GUARDIAN or consent.withdrawn_at is not None:
        return False
    return consent.valid_until is None or consent.valid_until > minority.adult_at


@evolves(ComingOfAgeRecorded)
def _recorded(journey: Journey, recorded: Recorded[ComingOfAgeRecorded]) -> Journey:
    event = recorded.event
    minority = Minority(
        event.adult_on,
        event.adult_at,
        event.guardian_until,
        recorded.version,
        Clockwork(event.deadline, date_version=recorded.version),
    )
    return replace(journey, minority=minority)
