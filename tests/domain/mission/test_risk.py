"""The risk check."""

from __future__ import annotations

from domain.mission.codes import RiskOverrideReason, RiskResult
from domain.mission.risk import CheckRisk, OverrideRisk, RiskChecked
from domain.mission.underway import DepartMission
from domain.refusal import RefusalCode
from tests.domain.mission.given import ANA, BOJAN, CECA, CHECK, CLEAR, DOUBTFUL, LEAVE, departed, planned

OVERRIDE = OverrideRisk(reason=RiskOverrideReason.POLICE_ESCORT, by=CECA)


def test_nobody_leaves_without_a_check() -> None:
    """However well the place is known."""
    planned().at(LEAVE).when(DepartMission()).then_refused(RefusalCode.RISK_CHECK_REQUIRED)


def test_a_clear_check_lets_them_go() -> None:
    """Every answer is the one that raises no doubt."""
    checked = planned().when(CHECK)
    (event,) = checked.events
    assert isinstance(event, RiskChecked)
    assert event.result is RiskResult.CLEAR
    checked.after.at(LEAVE).when(DepartMission()).then("mission.departed")


def test_not_to_know_is_no_reassurance() -> None:
    """One answer that clears nothing keeps them here."""
    doubtful = planned().having(CheckRisk(answers=DOUBTFUL, by=ANA))
    doubtful.at(LEAVE).when(DepartMission()).then_refused(RefusalCode.RISK_NOT_CLEAR, part="risk", part_version=2)


def test_every_question_is_answered_once() -> None:
    """And no other."""
    for answers in (CLEAR[:1], (CLEAR[0], *CLEAR), ()):
        before = planned()
        before.when(CheckRisk(answers=answers, by=ANA)).then_refused(RefusalCode.QUESTIONS_UNANSWERED)


def test_a_second_person_may_take_it_on_them() -> None:
    """With a reason; the team leaves."""
    doubtful = planned().having(CheckRisk(answers=DOUBTFUL, by=ANA))
    overridden = doubtful.when(OVERRIDE).then("mission.risk-overridden")
    overridden.at(LEAVE).when(DepartMission()).then("mission.departed")
    planned().having(OVERRIDE).at(LEAVE).when(DepartMission()).then("mission.departed")


def test_nobody_overrides_their_own_answers_or_their_own_fear() -> None:
    """Neither who answered nor who goes."""
    checked = planned().having(CheckRisk(answers=DOUBTFUL, by=CECA))
    for by in (CECA, BOJAN):
        refused = OverrideRisk(reason=RiskOverrideReason.OTHER, by=by)
        checked.when(refused).then_refused(RefusalCode.SECOND_PERSON_REQUIRED, other=by)


def test_an_override_is_of_the_answers_that_were_given() -> None:
    """Another check needs another word."""
    again = planned().having(CheckRisk(answers=CLEAR, by=ANA), OVERRIDE, CheckRisk(answers=DOUBTFUL, by=ANA))
    again.at(LEAVE).when(DepartMission()).then_refused(RefusalCode.RISK_NOT_CLEAR)


def test_what_has_left_is_not_checked_any_more() -> None:
    """It is too late for that."""
    departed().when(CHECK).then_refused(RefusalCode.MISSION_NOT_PLANNED)
    departed().when(OVERRIDE).then_refused(RefusalCode.MISSION_NOT_PLANNED)
