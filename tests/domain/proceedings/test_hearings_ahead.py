"""A power of attorney revoked while a hearing lies ahead, and a hearing summoned while there is no power."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from domain.journey.hearing.codes import HearingReason
from domain.journey.hearing.commands import CancelHearing, PostponeHearing, SummonHearing
from domain.journey.proceedings.codes import HolderKind, PowerEnd, PowerUrgency
from domain.journey.proceedings.commands import GivePower, RevokePower
from domain.journey.proceedings.events import PowerMadeUrgent, PowerRevoked
from domain.pathway.hearings import Matter
from tests.domain.given import Given
from tests.hearing_examples import hearings
from tests.proceedings_examples import ATTORNEY, court_pathway, in_court, noon

NOW = noon(2026, 3, 20)
REVOKE = RevokePower(proceedings=1, power=1, reason=PowerEnd.CLIENT_REVOKED, ended_on=date(2026, 3, 20))


def represented(matter: Matter = Matter.CRIMINAL) -> Given:
    """Proceedings in which an attorney outside has a power of attorney, on a pathway that knows hearings."""
    given = in_court(NOW, matter).on(court_pathway().model_copy(update={"hearings": hearings()}))
    return given.having(
        GivePower(proceedings=1, holder=ATTORNEY, holder_kind=HolderKind.PROVIDER, given_on=date(2026, 3, 1))
    )


def summons(kind: str = "witness") -> SummonHearing:
    return SummonHearing(hearing_kind=kind, starts_at=NOW + timedelta(days=10))


def urgency(given: Given) -> PowerUrgency | None:
    event = given.when(REVOKE).events[0]
    assert isinstance(event, PowerRevoked)
    return event.urgency


def test_revoked_while_a_hearing_lies_ahead() -> None:
    """The highest alarm, within a day: as with a term."""
    given = represented().having(summons())
    event = given.when(REVOKE).events[0]
    assert isinstance(event, PowerRevoked)
    assert event.urgency is PowerUrgency.HIGHEST
    assert event.deadline is not None
    assert event.deadline.due_at == NOW + timedelta(hours=24)


def test_a_postponed_hearing_is_not_over() -> None:
    """Its next date may be set on any day."""
    postponed = PostponeHearing(hearing=1, reason=HearingReason.PANEL_INCOMPLETE)
    assert urgency(represented().having(summons(), postponed)) is PowerUrgency.HIGHEST


def test_a_date_that_nobody_settled_is_not_over() -> None:
    """Nobody said that it was held."""
    assert urgency(represented().having(summons()).later(days=12)) is PowerUrgency.HIGHEST


def test_a_hearing_that_is_over_lies_ahead_no_longer() -> None:
    """Called off: there is time to find another attorney."""
    cancelled = CancelHearing(hearing=1, reason=HearingReason.COURT_CLOSED)
    assert urgency(represented().having(summons(), cancelled)) is PowerUrgency.ORDINARY


@pytest.mark.parametrize(
    ("matter", "kind", "expected"),
    [
        (Matter.CRIMINAL, "witness", PowerUrgency.HIGHEST),
        (Matter.CIVIL, "witness", PowerUrgency.ORDINARY),
        (Matter.CIVIL, "preparatory", PowerUrgency.HIGHEST),
        (Matter.CRIMINAL, "preparatory", PowerUrgency.ORDINARY),
        (Matter.CRIMINAL, "judgment", PowerUrgency.HIGHEST),
        (Matter.CIVIL, "judgment", PowerUrgency.HIGHEST),
    ],
)
def test_a_hearing_of_another_matter_is_none_of_these(matter: Matter, kind: str, expected: PowerUrgency) -> None:
    """A witness is heard in the criminal ones; a judgment is announced in either."""
    section = hearings()
    judgment = section.kinds[0].model_copy(update={"hearing": "judgment", "matter": Matter.OTHER})
    section = section.model_copy(update={"kinds": (*section.kinds, judgment)})
    given = represented(matter)
    given = given.on(given.pathway.model_copy(update={"hearings": section}))
    assert urgency(given.having(summons(kind))) is expected


def test_a_summons_makes_a_missing_power_urgent_in_the_same_decision() -> None:
    """Nobody has to remember that the power was revoked."""
    before = represented().having(REVOKE).later(days=1)
    urgent = [e for e in before.when(summons()).events if isinstance(e, PowerMadeUrgent)]
    assert [e.deadline.due_at for e in urgent] == [before.now + timedelta(hours=24)]
