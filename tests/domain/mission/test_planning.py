"""The plan: who goes, when, where, and what a plan may not be."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from domain.codes import ObligationKind
from domain.journey.missions import NoteMission
from domain.mission.alarm import AbortMission
from domain.mission.codes import AbortReason, CancelReason, MissionPhase
from domain.mission.planning import CancelMission, ChangeCrew
from domain.mission.values import Crew
from domain.refusal import RefusalCode
from domain.stream.dispatching import AcknowledgeRelay, CommandRelayed
from tests.domain.mission.given import (
    ANA,
    BACK,
    BOJAN,
    CECA,
    CREW,
    JOURNEY,
    LEAVE,
    LEG,
    MISSION_ID,
    MONDAY,
    OTHER,
    VAN,
    Given,
    departed,
    plan,
    planned,
)
from tests.pathway_examples import small_pathway


def test_a_planned_mission_owes_its_departure() -> None:
    """And nothing else yet."""
    after = Given().when(plan()).then("mission.planned")
    assert list(after.owed) == [ObligationKind.MISSION_DEPARTURE]
    owed = after.owed[ObligationKind.MISSION_DEPARTURE]
    assert owed.due_at == LEAVE
    assert owed.owner.staff == ANA
    assert [rung.rung for rung in owed.ahead] == ["due", "escalate-supervisor-1-hours", "stall"]


def test_the_day_before_is_reminded_of_where_it_lies_ahead() -> None:
    """To confirm with the client, at the office's morning."""
    after = planned(departure=LEAVE + timedelta(days=2), expected_return=BACK + timedelta(days=2), legs=())
    first = after.owed[ObligationKind.MISSION_DEPARTURE].ahead[0]
    assert first.rung == "before-1-calendar-days"
    assert first.at.isoformat() == "2026-03-04T07:00:00+00:00"


def test_every_journey_served_is_told() -> None:
    """By a command of its own, which bears the version that it is of."""
    after = planned(journeys=(JOURNEY, OTHER, JOURNEY))
    under_way = {each.target: each.command for each in after.state.pending.values()}
    assert set(under_way) == {JOURNEY, OTHER}
    note = under_way[OTHER]
    assert isinstance(note, NoteMission)
    assert (note.mission, note.mission_version, note.phase) == (MISSION_ID, 1, MissionPhase.PLANNED)


def test_what_a_journey_answers_is_recorded_once() -> None:
    """Also where it will not have it: the mission goes on."""
    before = planned()
    dispatch = next(iter(before.state.pending))
    answer = AcknowledgeRelay(dispatch=dispatch, refused=RefusalCode.UNKNOWN_JOURNEY)
    after = before.when(answer).then(CommandRelayed.topic)
    assert not after.state.pending
    assert after.when(answer).events == ()


def test_nobody_goes_alone() -> None:
    """A name that stands twice is one person."""
    alone = Crew(team=(ANA, ANA), lead=ANA)
    Given().when(plan(crew=alone, legs=())).then_refused(RefusalCode.TEAM_TOO_SMALL)


def test_the_lead_and_the_drivers_are_of_the_team() -> None:
    """Else somebody is waited for who sits at home."""
    led_from_afar = CREW.model_copy(update={"lead": CECA})
    Given().when(plan(crew=led_from_afar)).then_refused(RefusalCode.NOT_OF_THE_TEAM, other=CECA)
    driven_by = LEG.model_copy(update={"driver": CECA})
    Given().when(plan(legs=(driven_by,))).then_refused(RefusalCode.NOT_OF_THE_TEAM, other=CECA)


def test_a_plan_lies_ahead_and_ends_after_it_begins() -> None:
    """In this order."""
    past = MONDAY - timedelta(hours=1)
    Given().when(plan(departure=past)).then_refused(RefusalCode.DATE_IN_THE_PAST)
    Given().when(plan(expected_return=LEAVE)).then_refused(RefusalCode.DATES_OUT_OF_ORDER)


def test_legs_follow_one_another_within_the_plan() -> None:
    """A leg that begins before the departure, ends after the return, or overlaps the one before is a mistake."""
    early = LEG.model_copy(update={"departs_at": LEAVE - timedelta(minutes=1)})
    late = LEG.model_copy(update={"arrives_at": BACK + timedelta(minutes=1)})
    for legs in ((early,), (late,), (LEG, LEG)):
        Given().when(plan(legs=legs)).then_refused(RefusalCode.LEG_OUTSIDE_PLAN)


def test_a_leg_is_of_a_journey_that_is_served() -> None:
    """Else its place is sealed with the key of somebody whom this mission does not concern."""
    leg = LEG.model_copy(update={"journey": OTHER})
    Given().when(plan(legs=(leg,))).then_refused(RefusalCode.JOURNEY_NOT_SERVED, other=OTHER)


def test_an_organisation_without_the_section_sends_nobody_out() -> None:
    """The pathway says nothing of missions."""
    Given(pathway=small_pathway()).when(plan()).then_refused(RefusalCode.NO_MISSIONS_HERE)


def test_a_mission_is_planned_once() -> None:
    """And nothing is decided on one that was never planned."""
    planned().when(plan()).then_refused(RefusalCode.ALREADY_OPENED)
    Given().when(CancelMission(reason=CancelReason.OTHER)).then_refused(RefusalCode.UNKNOWN_MISSION)


def test_a_mission_that_is_cancelled_owes_nothing() -> None:
    """And takes nothing more."""
    after = planned().when(CancelMission(reason=CancelReason.NOT_SAFE)).then("mission.cancelled")
    assert after.state.phase is MissionPhase.CANCELLED
    assert not after.owed
    after.when(CancelMission(reason=CancelReason.OTHER)).then_refused(RefusalCode.MISSION_ENDED)


def test_what_has_left_is_not_cancelled_and_what_has_not_is_not_aborted() -> None:
    """Each has its word."""
    departed().when(CancelMission(reason=CancelReason.OTHER)).then_refused(RefusalCode.MISSION_NOT_PLANNED)
    planned().when(AbortMission(reason=AbortReason.OTHER)).then_refused(RefusalCode.MISSION_NOT_OUT)


def test_others_go() -> None:
    """Before the departure, or when the van breaks down on the road."""
    other_van = CREW.model_copy(update={"vehicle": UUID(int=7)})
    for before in (planned(), departed()):
        after = before.when(ChangeCrew(crew=other_van)).then("mission.crew-changed")
        assert after.state.plan.crew.vehicle == UUID(int=7)
    assert planned().when(ChangeCrew(crew=CREW)).events == ()


def test_a_crew_is_changed_on_the_plan_that_was_shown() -> None:
    """And to a crew that may go."""
    before = planned()
    before.when(ChangeCrew(crew=CREW, seen=7)).then_refused(RefusalCode.PART_CHANGED, part_version=1)
    without_driver = Crew(team=(ANA, CECA), lead=ANA, vehicle=VAN)
    before.when(ChangeCrew(crew=without_driver)).then_refused(RefusalCode.NOT_OF_THE_TEAM, other=BOJAN)


def test_nobody_leaves_for_days() -> None:
    """The departure is called on until somebody leaves or calls it off: the last rung comes again."""
    after = planned().until(LEAVE + timedelta(days=3))
    assert after.state.is_open
    owed = after.owed[ObligationKind.MISSION_DEPARTURE]
    assert owed.stall is not None
    assert after.now < owed.ahead[0].at <= after.now + timedelta(hours=4)
