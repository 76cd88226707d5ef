"""Part: a client whom nobody reaches. Attempts by the safe-contact rules, further apart each time, then the supervisor.

Nothing here ever closes a journey: after the supervisor has looked, another round begins.
"""

from __future__ import annotations

from datetime import datetime

from domain.codes import Mover, Role
from domain.command import Command
from domain.copying import replace
from domain.deadline import Deadline
from domain.event import Event, Recorded
from domain.journey.deciding import Decision, Surroundings, decides
from domain.journey.folding import evolves
from domain.journey.service.codes import SearchChannel, SearchResult
from domain.journey.service.obligations import SEARCH
from domain.journey.service.state import Search
from domain.journey.service.timing import due_from, timed
from domain.journey.state import Journey
from domain.journey.timing import misdated
from domain.pathway.services import Services, Situation
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.obligation import Clockwork
from domain.values import Count, Instant


class ClientUnreachable(Event, topic="journey.client-unreachable"):
    """Contact was lost, when it happened; by `deadline` the client is to be tried."""

    role: Role
    deadline: Deadline
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return SEARCH


class ClientSought(Event, topic="journey.client-sought"):
    """An attempt in vain. The next one is due by `deadline`; after the last of a round the supervisor is to look."""

    attempt: Count
    channel: SearchChannel
    result: SearchResult
    role: Role
    is_for_supervisor: bool
    deadline: Deadline
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return SEARCH


class ClientReached(Event, topic="journey.client-reached"):
    """There is contact again."""

    channel: SearchChannel
    note: Sealed[Notes] | None = None


class SearchReviewed(Event, topic="journey.search-reviewed"):
    """The supervisor has looked at it: the search goes on with a new round."""

    role: Role
    deadline: Deadline
    note: Sealed[Notes] | None = None

    @property
    def part(self) -> str:
        return SEARCH


class ReportUnreachable(Command, kind="report-unreachable"):
    """Says that the client cannot be reached, since `occurred_at` where that was earlier."""

    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class SeekClient(Command, kind="seek-client"):
    """Records an attempt, made as the safe-contact rules allow, and how it went."""

    channel: SearchChannel
    result: SearchResult
    seen: Count | None = None
    note: Sealed[Notes] | None = None
    occurred_at: Instant | None = None


class ReviewSearch(Command, kind="review-search"):
    """The supervisor has looked at a search in vain; another round begins."""

    seen: Count | None = None
    note: Sealed[Notes] | None = None


@decides(ReportUnreachable)
def _report(journey: Journey, command: ReportUnreachable, surroundings: Surroundings) -> Decision:
    services = surroundings.pathway.services
    if services is None:
        return Refused(code=RefusalCode.NO_SERVICES)
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    if journey.services.search is not None:
        return Refused(code=RefusalCode.ALREADY_SEARCHING, part=SEARCH, part_version=journey.services.search.version)
    role, deadline = _attempt(services, 0, command.occurred_at or surroundings.now, surroundings)
    return (ClientUnreachable(role=role, deadline=deadline, note=command.note, occurred_at=command.occurred_at),)


def _attempt(services: Services, made: int, since: datetime, surroundings: Surroundings) -> tuple[Role, Deadline]:
    """Whose the next attempt is, and when, after so many in this round."""
    rule = services.rule(Situation.SEARCH)
    what = timed(rule, Mover.US, services.search_after[made])
    return rule.role or Role.CASEWORKER, due_from(what, since, surroundings)


def _under_way(journey: Journey, seen: int | None) -> Search | Refused:
    search = journey.services.search
    if search is None:
        return Refused(code=RefusalCode.NOT_SEARCHING)
    if seen is not None and seen != search.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=SEARCH, part_version=search.version)
    return search


@decides(SeekClient)
def _seek(journey: Journey, command: SeekClient, surroundings: Surroundings) -> Decision:
    services = surroundings.pathway.services
    if services is None:
        return Refused(code=RefusalCode.NO_SERVICES)
    search = _under_way(journey, command.seen)
    if isinstance(search, Refused):
        return search
    if refused := misdated(journey, command.occurred_at, surroundings):
        return refused
    if command.result is SearchResult.REACHED:
        return (ClientReached(channel=command.channel, note=command.note, occurred_at=command.occurred_at),)
    made = search.attempts + 1
    in_vain = search.is_with_supervisor or made >= len(services.search_after)
    if in_vain:
        rule = services.rule(Situation.SEARCH_REVIEW)
        role = rule.role or Role.SUPERVISOR
        deadline = due_from(timed(rule, Mover.US), surroundings.now, surroundings)
        if search.is_with_supervisor:
            deadline = search.clockwork.deadline  # one more attempt gives the supervisor no more time
    else:
        role, deadline = _attempt(services, made, search.since, surroundings)
    sought = ClientSought(
        attempt=made,
        channel=command.channel,
        result=command.result,
        role=role,
        is_for_supervisor=in_vain,
        deadline=deadline,
        note=command.note,
        occurred_at=command.occurred_at,
    )
    return (sought,)


@decides(ReviewSearch)
def _review(journey: Journey, command: ReviewSearch, surroundings: Surroundings) -> Decision:
    services = surroundings.pathway.services
    if services is None:
        return Refused(code=RefusalCode.NO_SERVICES)
    search = _under_way(journey, command.seen)
    if isinstance(search, Refused):
        return search
    if not search.is_with_supervisor:
        return Refused(code=RefusalCode.STILL_SEARCHING, part=SEARCH, part_version=search.version)
    role, deadline = _attempt(services, 0, surroundings.now, surroundings)
    return (SearchReviewed(role=role, deadline=deadline, note=command.note),)


def _with(journey: Journey, search: Search | None) -> Journey:
    return replace(journey, services=replace(journey.services, search=search))


@evolves(ClientUnreachable)
def _unreachable(journey: Journey, recorded: Recorded[ClientUnreachable]) -> Journey:
    event = recorded.event
    search = Search(
        since=recorded.occurred_at,
        attempts=0,
        rounds=1,
        role=event.role,
        is_with_supervisor=False,
        version=recorded.version,
        # The first version is new for every search, so that no old letter passes for one about this.
        clockwork=Clockwork(event.deadline, date_version=journey.services.searches + 1),
    )
    return replace(journey, services=replace(journey.services, search=search, searches=journey.services.searches + 1))


@evolves(ClientSought)
def _sought(journey: Journey, recorded: Recorded[ClientSought]) -> Journey:
    event, search = recorded.event, journey.services.search
    if search is None:
        return journey
    same = search.clockwork.deadline == event.deadline
    changed = replace(
        search,
        attempts=event.attempt,
        role=event.role,
        is_with_supervisor=event.is_for_supervisor,
        clockwork=search.clockwork if same else search.clockwork.moved(event.deadline),
        version=recorded.version,
    )
    return _counted(_with(journey, changed))


@evolves(SearchReviewed)
def _reviewed(journey: Journey, recorded: Recorded[SearchReviewed]) -> Journey:
    event, search = recorded.event, journey.services.search
    if search is None:
        return journey
    changed = replace(
        search,
        since=recorded.occurred_at,
        attempts=0,
        rounds=search.rounds + 1,
        role=event.role,
        is_with_supervisor=False,
        clockwork=search.clockwork.moved(event.deadline),
        version=recorded.version,
    )
    return _counted(_with(journey, changed))


def _counted(journey: Journey) -> Journey:
    """With the number of dates that searches have had, from which the next search counts on."""
    search = journey.services.search
    dates = search.clockwork.date_version if search else journey.services.searches
    return replace(journey, services=replace(journey.services, searches=dates))


@evolves(ClientReached)
def _reached(journey: Journey, recorded: Recorded[ClientReached]) -> Journey:
    return _with(journey, None)
