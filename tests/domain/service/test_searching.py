"""A client whom nobody reaches: attempts further and further apart, the supervisor, never an end by itself."""

from __future__ import annotations

from datetime import date, timedelta

from domain.codes import ClosingReason, Phase, ReopeningReason, Role
from domain.journey import wakes
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.service.codes import SearchChannel, SearchResult
from domain.journey.service.searching import (
    ClientReached,
    ClientSought,
    ReportUnreachable,
    ReviewSearch,
    SeekClient,
)
from domain.refusal import RefusalCode
from domain.stream.firing import FireRung
from tests.domain.given import MONDAY, Given, begun
from tests.domain.service.told import owed
from tests.pathway_examples import small_pathway

IN_VAIN = SeekClient(channel=SearchChannel.PHONE, result=SearchResult.NOT_REACHED)


def lost() -> Given:
    """Since Monday nobody answers."""
    return begun().having(ReportUnreachable())


def due_on(given: Given) -> date:
    """When the next attempt is due."""
    due = owed(given, "search")
    assert due is not None
    return due.clockwork.deadline.due_on


def test_attempts_are_due_after_7_14_and_30_days() -> None:
    """Counted from the day the contact was lost, however late an attempt was made."""
    dates = [due_on(lost())]
    given = lost()
    for _ in range(2):
        given = given.later(days=8).having(IN_VAIN)
        dates.append(due_on(given))
    assert dates == [date(2026, 3, 9), date(2026, 3, 16), date(2026, 4, 1)]


def test_after_the_last_attempt_the_supervisor_looks_and_another_round_begins() -> None:
    """An attempt meanwhile gives no more time; nothing closes."""
    given = lost().having(IN_VAIN, IN_VAIN)
    given.when(ReviewSearch()).then_refused(RefusalCode.STILL_SEARCHING)
    with_supervisor = given.having(IN_VAIN)
    search = with_supervisor.state.services.search
    assert search is not None
    assert (search.role, search.is_with_supervisor, search.attempts) == (Role.SUPERVISOR, True, 3)
    once_more = with_supervisor.later(days=1).having(IN_VAIN)
    assert due_on(once_more) == due_on(with_supervisor)
    reviewed = once_more.having(ReviewSearch())
    search = reviewed.state.services.search
    assert search is not None
    assert (search.rounds, search.attempts, search.is_with_supervisor) == (2, 0, False)
    assert due_on(reviewed) == date(2026, 3, 10)


def test_nothing_ever_closes_by_itself() -> None:
    """Years of firing leave the journey open and the search owed."""
    given = lost()
    for _ in range(60):
        wake = wakes(given.state)[0]
        given = given.at(max(given.now, wake.at)).having(
            FireRung(obligation=wake.key, rung=wake.rung, date_version=wake.date_version)
        )
    assert given.state.phase is Phase.OPEN
    assert given.state.services.search is not None


def test_contact_again_ends_the_search() -> None:
    """The next search is another one, with dates of its own."""
    reached = lost().having(IN_VAIN).when(SeekClient(channel=SearchChannel.TRUSTED_PERSON, result=SearchResult.REACHED))
    after = reached.then(ClientReached(channel=SearchChannel.TRUSTED_PERSON))
    assert after.state.services.search is None
    after.when(IN_VAIN).then_refused(RefusalCode.NOT_SEARCHING)
    first = owed(lost().having(IN_VAIN), "search")
    again = owed(after.having(ReportUnreachable()), "search")
    assert first is not None
    assert again is not None
    assert again.clockwork.date_version > first.clockwork.date_version


def test_an_attempt_that_the_rules_forbid_is_told_as_such() -> None:
    """Not tried is in vain as well, and says why."""
    sought = lost().when(SeekClient(channel=SearchChannel.PHONE, result=SearchResult.NOT_SAFE)).events[0]
    assert isinstance(sought, ClientSought)
    assert sought.result is SearchResult.NOT_SAFE


def test_a_search_begins_once_and_when_it_was() -> None:
    """The loss may be older than its entry."""
    lost().when(ReportUnreachable()).then_refused(RefusalCode.ALREADY_SEARCHING)
    earlier = begun().later(days=3).having(ReportUnreachable(occurred_at=MONDAY + timedelta(days=1)))
    assert due_on(earlier) == date(2026, 3, 10)
    begun().when(ReportUnreachable(occurred_at=MONDAY + timedelta(days=1))).then_refused(RefusalCode.DATE_IN_THE_FUTURE)
    seen = lost().having(IN_VAIN)
    seen.when(IN_VAIN.model_copy(update={"seen": 1})).then_refused(RefusalCode.PART_CHANGED)


def test_without_a_catalogue_there_is_no_search() -> None:
    """The lengths are the organisation's."""
    plain = begun().on(small_pathway().model_copy(update={"services": None}))
    for command in (ReportUnreachable(), IN_VAIN, ReviewSearch()):
        plain.when(command).then_refused(RefusalCode.NO_SERVICES)


def test_a_closed_journey_searches_for_nobody() -> None:
    """Reopened, it begins anew."""
    closed = lost().having(CloseJourney(reason=ClosingReason.UNREACHABLE))
    again = closed.having(ReopenJourney(reason=ReopeningReason.FOUND))
    assert again.state.services.search is None
    assert again.when(ReportUnreachable()).events
