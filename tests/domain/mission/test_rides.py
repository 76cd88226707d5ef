"""A driver sees an address for the ride only."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from domain.mission.alarm import AbortMission
from domain.mission.codes import AbortReason, CancelReason
from domain.mission.planning import CancelMission, ChangeCrew
from domain.mission.rides import rides
from domain.mission.values import Crew, place_field
from tests.domain.mission.given import ANA, BOJAN, CECA, JOURNEY, LEG, START, Given, departed, planned, returned

MARGIN = timedelta(minutes=30)


@pytest.mark.parametrize(
    ("at", "shown"),
    [
        (LEG.departs_at - MARGIN - timedelta(seconds=1), False),
        (LEG.departs_at - MARGIN, True),
        (LEG.arrives_at + MARGIN - timedelta(seconds=1), True),
        (LEG.arrives_at + MARGIN, False),
    ],
)
def test_a_place_is_shown_for_the_time_of_the_ride(at: datetime, shown: bool) -> None:
    """Half an hour on either side; the times themselves always."""
    (ride,) = rides(departed().state, driver=BOJAN, now=at)
    assert (ride.departs_at, ride.arrives_at) == (LEG.departs_at, LEG.arrives_at)
    assert (ride.places is not None) is shown


def test_what_is_shown_is_still_sealed() -> None:
    """With the client's key: whoever may not open it sees a dash."""
    before = departed()
    (ride,) = rides(before.state, driver=BOJAN, now=LEG.departs_at)
    assert ride.places is not None
    assert (ride.places.journey, ride.places.start) == (JOURNEY, START)
    assert ride.places.sealed_by == before.history[0].command_id
    assert place_field(ride.number, "start") == "legs.0.start"


def test_nobody_else_sees_a_ride() -> None:
    """Neither who rides along nor who stays here."""
    for person in (ANA, CECA):
        assert rides(departed().state, driver=person, now=LEG.departs_at) == ()


@pytest.mark.parametrize(
    "given",
    [
        planned().having(CancelMission(reason=CancelReason.NOT_SAFE)),
        departed().having(AbortMission(reason=AbortReason.THREAT)),
        returned(),
    ],
    ids=["cancelled", "aborted", "returned"],
)
def test_a_ride_that_is_off_shows_nothing(given: Given) -> None:
    """The address of somebody whom nobody fetches is nobody's business."""
    assert rides(given.state, driver=BOJAN, now=LEG.departs_at) == ()


def test_who_has_left_the_team_sees_nothing() -> None:
    """The legs of a driver who stays at home have to be given to another before."""
    before = planned(legs=(LEG.model_copy(update={"driver": ANA}),))
    after = before.having(ChangeCrew(crew=Crew(team=(ANA, CECA), lead=ANA)))
    assert rides(after.state, driver=BOJAN, now=LEG.departs_at) == ()
