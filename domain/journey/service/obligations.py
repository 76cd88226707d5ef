"""What services owe: what is due next of each, terms of their records, referrals, the search, concerns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from domain.codes import Mover, ObligationKind, Role
from domain.copying import replace
from domain.journey.obligation import Turn, owes, owner
from domain.journey.service.state import ConcernState, ReferralState
from domain.journey.state import Journey
from domain.pathway.model import Pathway, Title
from domain.pathway.titles import titled_by
from domain.stream.obligation import Clockwork, Obligation, stall_of

_FOR_A_SERVICE = (ObligationKind.SERVICE, ObligationKind.SERVICE_TERM, ObligationKind.REFERRAL)

SEARCH = "search"
"""The part, and the obligation, of the search for a client."""


@titled_by(*_FOR_A_SERVICE)
def _title(pathway: Pathway, what: str) -> Title | None:
    """The service that it is about."""
    kind = pathway.services.find(what) if pathway.services else None
    return kind.title if kind else None


def _wind_service(journey: Journey, key: str, turn: Turn) -> Journey:
    state = journey.services.each.get(key)
    if state is None:
        return journey
    course = replace(state.course, clockwork=turn(state.course.clockwork))
    return replace(journey, services=journey.services.with_(replace(state, course=course)))


@owes(ObligationKind.SERVICE, winding=_wind_service)
def _services(journey: Journey) -> Iterator[Obligation]:
    for state in journey.services.each.values():
        if state.is_live:
            course = state.course
            yield _owed(
                journey,
                ObligationKind.SERVICE,
                state.key,
                course.clockwork,
                state.role,
                state.version,
                state.service,
                course.waits_on,
                course.appointment,
            )


def _owed(
    journey: Journey,
    kind: ObligationKind,
    key: str,
    clockwork: Clockwork,
    role: Role,
    version: int,
    what: str,
    waits_on: Mover = Mover.US,
    appointment: datetime | None = None,
) -> Obligation:
    return Obligation(
        key,
        kind,
        clockwork.deadline.due_at,
        owner(journey, role),
        clockwork,
        version=version,
        what=what,
        waits_on=waits_on,
        appointment=appointment,
        stall=stall_of(clockwork, waits_on, version),
    )


def _wind_term(journey: Journey, key: str, turn: Turn) -> Journey:
    for state in journey.services.each.values():
        for term in state.terms.values():
            if term.key == key:
                terms = {**state.terms, term.term: replace(term, clockwork=turn(term.clockwork))}
                return replace(journey, services=journey.services.with_(replace(state, terms=terms)))
    return journey


@owes(ObligationKind.SERVICE_TERM, winding=_wind_term)
def _terms(journey: Journey) -> Iterator[Obligation]:
    for state in journey.services.each.values():
        for term in state.terms.values() if state.is_live else ():
            yield _owed(
                journey,
                ObligationKind.SERVICE_TERM,
                term.key,
                term.clockwork,
                state.role,
                term.version,
                state.service,
                term.waits_on,
            )


def _wind_referral(journey: Journey, key: str, turn: Turn) -> Journey:
    referral = journey.services.referrals.get(key)
    if referral is None:
        return journey
    wound: ReferralState = replace(referral, clockwork=turn(referral.clockwork))
    return replace(journey, services=journey.services.with_referral(wound))


@owes(ObligationKind.REFERRAL, winding=_wind_referral)
def _referrals(journey: Journey) -> Iterator[Obligation]:
    for referral in journey.services.referrals.values():
        if referral.is_owed:
            yield _owed(
                journey,
                ObligationKind.REFERRAL,
                referral.key,
                referral.clockwork,
                referral.role,
                referral.version,
                referral.service,
                Mover.PARTNER if referral.is_open else Mover.US,
            )


def _wind_search(journey: Journey, _: str, turn: Turn) -> Journey:
    search = journey.services.search
    if search is None:
        return journey
    wound = replace(search, clockwork=turn(search.clockwork))
    return replace(journey, services=replace(journey.services, search=wound))


@owes(ObligationKind.SEARCH, winding=_wind_search)
def _search(journey: Journey) -> Iterator[Obligation]:
    search = journey.services.search
    if search is not None:
        yield _owed(
            journey, ObligationKind.SEARCH, SEARCH, search.clockwork, search.role, search.version, ObligationKind.SEARCH
        )


def _wind_concern(journey: Journey, key: str, turn: Turn) -> Journey:
    concern = journey.services.concerns.get(key)
    if concern is None:
        return journey
    wound: ConcernState = replace(concern, clockwork=turn(concern.clockwork))
    return replace(journey, services=replace(journey.services, concerns={**journey.services.concerns, key: wound}))


@owes(ObligationKind.CONCERN, winding=_wind_concern)
def _concerns(journey: Journey) -> Iterator[Obligation]:
    for concern in journey.services.concerns.values():
        yield _owed(
            journey,
            ObligationKind.CONCERN,
            concern.key,
            concern.clockwork,
            concern.role,
            concern.version,
            concern.concern.value,
        )
