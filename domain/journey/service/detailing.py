"""Part: the coded record of a service, and the terms that its dates set running."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from domain.calendar import at_local
from domain.codes import Mover
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.service.finding import Found, find_service
from domain.journey.service.folding import with_service
from domain.journey.service.record import Detail, On, fits
from domain.journey.service.state import TermState, service_key, term_key
from domain.journey.service.timing import due_from, timed_term
from domain.journey.state import Journey
from domain.pathway.services import Term
from domain.refusal import RefusalCode, Refused
from domain.stream.obligation import Clockwork
from domain.values import Code, Count


class ServiceDetailed(Event, topic="journey.service-detailed"):
    """Fields of the record were filled in; a field that had a value before has this one now."""

    service: Code
    occurrence: Count
    details: tuple[Detail, ...]

    @property
    def part(self) -> str:
        return service_key(self.service, self.occurrence)


class ServiceTermSet(Event, topic="journey.service-term-set"):
    """A date of the record set a term running, or moved it."""

    service: Code
    occurrence: Count
    term: Code
    waits_on: Mover
    deadline: Deadline

    @property
    def part(self) -> str:
        return term_key(self.service, self.occurrence, self.term)


class ServiceTermMet(Event, topic="journey.service-term-met"):
    """What the term ran for has happened."""

    service: Code
    occurrence: Count
    term: Code

    @property
    def part(self) -> str:
        return term_key(self.service, self.occurrence, self.term)


class DetailService(Command, kind="detail-service"):
    """Fills in fields of the record of a service; its catalogue entry says which it holds."""

    service: Code
    details: tuple[Detail, ...] = Field(min_length=1, max_length=40)
    occurrence: Count | None = None
    seen: Count | None = None


@decides(DetailService)
def _detail(journey: Journey, command: DetailService, surroundings: Surroundings) -> Decision:
    found = find_service(journey, command.service, command.occurrence, surroundings, seen=command.seen)
    if isinstance(found, Refused):
        return found
    for detail in command.details:
        field = found.services.find_field(detail.field) if detail.field in found.kind.holds else None
        if field is None or not fits(detail, field):
            allowed = found.kind.holds if field is None else tuple(c.choice for c in field.choices)
            return Refused(code=RefusalCode.FIELD_NOT_HELD, part=found.state.key, allowed=allowed)
    changed = tuple(d for d in command.details if found.state.record.get(d.field) != d)
    if not changed:
        return ()
    state = found.state
    detailed = ServiceDetailed(service=state.service, occurrence=state.occurrence, details=changed)
    return (detailed, *_terms(found, changed, surroundings))


def _terms(found: Found, changed: tuple[Detail, ...], surroundings: Surroundings) -> Iterator[Event]:
    """What a changed date meets, and what it sets running or moves while the service is not over."""
    state = found.state
    record = {**state.record, **{d.field: d for d in changed}}
    fields = {d.field for d in changed}
    for term in found.kind.terms:
        if term.until in record:
            if term.term in state.terms:
                yield ServiceTermMet(service=state.service, occurrence=state.occurrence, term=term.term)
        elif term.after in fields and state.is_live:
            yield ServiceTermSet(
                service=state.service,
                occurrence=state.occurrence,
                term=term.term,
                waits_on=term.waits_on,
                deadline=_deadline(term, record[term.after], surroundings),
            )


def _deadline(term: Term, counted_from: Detail, surroundings: Surroundings) -> Deadline:
    """Counted from the day itself, which does not count (ZUP and ZPP alike); at its office hour, wherever it was."""
    pathway = surroundings.pathway
    assert isinstance(counted_from, On)
    anchor = at_local(counted_from.on, pathway.day.starts, pathway.zone)
    return due_from(timed_term(term), anchor, surroundings)


@evolves(ServiceDetailed)
def _detailed(journey: Journey, recorded: Recorded[ServiceDetailed]) -> Journey:
    state = journey.services.each[recorded.event.part]
    record = {**state.record, **{d.field: d for d in recorded.event.details}}
    return with_service(journey, replace(state, record=record, version=recorded.version))


@evolves(ServiceTermSet)
def _set(journey: Journey, recorded: Recorded[ServiceTermSet]) -> Journey:
    event = recorded.event
    state = journey.services.each[service_key(event.service, event.occurrence)]
    running = state.terms.get(event.term)
    clockwork = running.clockwork.moved(event.deadline) if running else Clockwork(event.deadline)
    term = TermState(event.part, event.term, event.waits_on, clockwork, recorded.version)
    changed = replace(state, terms={**state.terms, event.term: term}, version=recorded.version)
    return with_service(journey, changed)


@evolves(ServiceTermMet)
def _met(journey: Journey, recorded: Recorded[ServiceTermMet]) -> Journey:
    event = recorded.event
    state = journey.services.each[service_key(event.service, event.occurrence)]
    terms = {key: term for key, term in state.terms.items() if key != event.term}
    return with_service(journey, replace(state, terms=terms, version=recorded.version))
