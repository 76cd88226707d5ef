"""A summons may name its proceedings: some of this journey, in which there is such a hearing."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.journey.hearing.commands import CorrectHearing, SummonHearing
from domain.journey.proceedings.codes import HolderKind, PowerEnd, PowerUrgency
from domain.journey.proceedings.commands import GivePower, RevokePower, StartProceedings
from domain.journey.proceedings.events import PowerRevoked
from domain.journey.proceedings.state import proceedings_id
from domain.law import Standing
from domain.pathway.hearings import Matter
from domain.refusal import RefusalCode
from tests.domain.given import JOURNEY, OTHER, Given
from tests.hearing_examples import hearings
from tests.proceedings_examples import ATTORNEY, court_pathway, in_court, noon

NOW = noon(2026, 3, 20)
FIRST, SECOND = proceedings_id(JOURNEY, 1), proceedings_id(JOURNEY, 2)


def prosecuted() -> Given:
    """Criminal proceedings, number 1, on a pathway that knows hearings."""
    return in_court(NOW).on(court_pathway().model_copy(update={"hearings": hearings()}))


def summons(proceeding: UUID | None, kind: str = "witness") -> SummonHearing:
    return SummonHearing(hearing_kind=kind, starts_at=NOW + timedelta(days=10), proceeding=proceeding)


def test_a_summons_names_its_proceedings() -> None:
    """By an id that stays the same."""
    assert prosecuted().having(summons(FIRST)).state.hearings[1].proceeding == FIRST
    assert prosecuted().having(summons(None)).state.hearings[1].proceeding is None


@pytest.mark.parametrize("elsewhere", [SECOND, proceedings_id(OTHER, 1), UUID(int=5)])
def test_proceedings_of_nobody_are_refused(elsewhere: UUID) -> None:
    """Not entered yet, of another journey, or made up."""
    prosecuted().when(summons(elsewhere)).then_refused(RefusalCode.UNKNOWN_PROCEEDINGS, other=elsewhere)
    correction = prosecuted().having(summons(FIRST))
    version = correction.state.hearings[1].summoned_version
    correction.when(CorrectHearing(hearing=1, corrects=version, proceeding=elsewhere)).then_refused(
        RefusalCode.UNKNOWN_PROCEEDINGS, other=elsewhere
    )


def test_a_civil_hearing_is_not_of_criminal_proceedings() -> None:
    """Its kind says of which matter it is; correcting the kind asks again."""
    prosecuted().when(summons(FIRST, "preparatory")).then_refused(
        RefusalCode.NOT_OF_THIS_MATTER, part="proceedings:1", allowed=("criminal",)
    )
    witness = prosecuted().having(summons(FIRST))
    version = witness.state.hearings[1].summoned_version
    witness.when(CorrectHearing(hearing=1, corrects=version, hearing_kind="preparatory")).then_refused(
        RefusalCode.NOT_OF_THIS_MATTER
    )


def test_a_pathway_without_proceedings_keeps_them_elsewhere() -> None:
    """Their ids are not ours; once proceedings are followed, such an id holds no correction up."""
    elsewhere = prosecuted().on(prosecuted().pathway.model_copy(update={"proceedings": None}))
    hearing = elsewhere.having(summons(UUID(int=5)))
    assert hearing.state.hearings[1].proceeding == UUID(int=5)
    version = hearing.state.hearings[1].summoned_version
    served = CorrectHearing(hearing=1, corrects=version, served_on=date(2026, 3, 19))
    assert hearing.on(prosecuted().pathway).having(served).state.hearings[1].served_on == date(2026, 3, 19)


def test_a_power_is_missed_in_the_proceedings_that_the_summons_names() -> None:
    """In the other criminal proceedings there is time."""
    again = StartProceedings(matter=Matter.CRIMINAL, standings=(Standing.WITNESS,))
    give = GivePower(proceedings=1, holder=ATTORNEY, holder_kind=HolderKind.PROVIDER, given_on=date(2026, 3, 1))
    given = prosecuted().having(again, give, give.model_copy(update={"proceedings": 2}), summons(SECOND))
    revoke = RevokePower(proceedings=1, power=1, reason=PowerEnd.CLIENT_REVOKED, ended_on=date(2026, 3, 20))
    found = [given.when(revoke.model_copy(update={"proceedings": n})).events[0] for n in (1, 2)]
    assert [e.urgency for e in found if isinstance(e, PowerRevoked)] == [PowerUrgency.ORDINARY, PowerUrgency.HIGHEST]


def test_there_are_no_proceedings_of_another_matter() -> None:
    """A hearing may be of some that nobody follows here; proceedings may not."""
    prosecuted().when(StartProceedings(matter=Matter.OTHER, standings=(Standing.WITNESS,))).then_refused(
        RefusalCode.NOT_OF_THIS_MATTER, allowed=("criminal", "civil")
    )
