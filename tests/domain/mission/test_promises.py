"""Whom a mission takes, and for how long."""

from __future__ import annotations

from datetime import timedelta

from domain.mission.alarm import AbortMission
from domain.mission.codes import AbortReason, CancelReason
from domain.mission.moving import MoveMission
from domain.mission.planning import CancelMission, ChangeCrew
from domain.mission.promises import promises
from domain.mission.underway import DepartMission, ReturnMission
from domain.mission.values import Crew
from domain.stream.promise import OPEN_END, Promise, PromiseKind
from tests.domain.mission.given import ANA, BACK, BOJAN, CECA, LEAVE, VAN, Given, departed, planned, ready

EVERYTHING = {ANA, BOJAN, VAN}


def taken(given: Given, kind: PromiseKind) -> set[Promise]:
    """What it takes in this way."""
    return {promise for promise in promises(given.state) if promise.kind is kind}


def test_a_plan_takes_its_people_and_its_vehicle() -> None:
    """From the departure until the return."""
    assert taken(planned(), PromiseKind.PLANNED) == {Promise(each, LEAVE, BACK) for each in EVERYTHING}
    assert not taken(planned(), PromiseKind.OUT)


def test_who_is_out_is_taken_until_the_return_is_recorded() -> None:
    """However late: nobody leaves twice."""
    late = departed().at(BACK + timedelta(days=1))
    out = {Promise(each, LEAVE, OPEN_END, PromiseKind.OUT) for each in EVERYTHING}
    assert taken(late, PromiseKind.OUT) == out
    assert not promises(late.having(ReturnMission()).state)


def test_an_early_departure_takes_them_from_then_on() -> None:
    """The plan began later."""
    early = ready().at(LEAVE - timedelta(hours=1)).having(DepartMission())
    assert {promise.since for promise in promises(early.state)} == {LEAVE - timedelta(hours=1)}


def test_breaking_off_gives_back_the_plan_and_not_the_people() -> None:
    """They are on the road."""
    aborted = departed().having(AbortMission(reason=AbortReason.VEHICLE_DOWN))
    assert {promise.kind for promise in promises(aborted.state)} == {PromiseKind.OUT}
    assert {promise.resource for promise in promises(aborted.state)} == EVERYTHING


def test_what_is_called_off_takes_nobody() -> None:
    """At once."""
    assert not promises(planned().having(CancelMission(reason=CancelReason.NOT_NEEDED)).state)


def test_a_plan_that_moves_takes_them_for_the_new_time() -> None:
    """And only for that."""
    day = timedelta(days=1)
    moved = planned().having(MoveMission(departure=LEAVE + day, expected_return=BACK + day))
    assert taken(moved, PromiseKind.PLANNED) == {Promise(each, LEAVE + day, BACK + day) for each in EVERYTHING}


def test_another_crew_is_taken_in_place_of_the_old_one() -> None:
    """Ceca goes for Ana, on foot."""
    after = departed(legs=()).having(ChangeCrew(crew=Crew(team=(BOJAN, CECA), lead=BOJAN)))
    assert {promise.resource for promise in promises(after.state)} == {BOJAN, CECA}


def test_promises_of_two_kinds_do_not_meet() -> None:
    """Who is out today may be promised for next week."""
    planned_one, out = (next(iter(taken(departed(), kind))) for kind in PromiseKind)
    assert {planned_one.claimed, out.claimed} == {planned_one.resource, out.claimed}
    assert Promise(ANA, LEAVE, BACK).claimed != Promise(ANA, LEAVE, BACK, PromiseKind.OUT).claimed
    assert Promise(ANA, LEAVE, BACK).claim_id("mission-1") != Promise(ANA, LEAVE, BACK).claim_id("mission-2")
