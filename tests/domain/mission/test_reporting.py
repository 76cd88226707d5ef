"""The report within 48 hours, coded for each journey; what it cost."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from pydantic import ValidationError

from domain.codes import ObligationKind
from domain.journey.missions import NoteMission
from domain.mission.codes import (
    Housing,
    Met,
    MissionCost,
    MissionOutcome,
    MissionPhase,
    MissionPurpose,
    Safety,
    VisitNeed,
    Wellbeing,
)
from domain.mission.reporting import CorrectMissionReport, MissionReportCorrected, ReportMission
from domain.mission.values import Cost, Costs, HomeVisit
from domain.refusal import RefusalCode
from tests.domain.mission.given import JOURNEY, OTHER, departed, planned, report_of, returned, told

REPORT = ReportMission(reports=(report_of(),))
VISIT = HomeVisit(
    met=Met.CLIENT_AND_FAMILY,
    housing=Housing.INADEQUATE,
    safety=Safety.NO_CONCERN,
    wellbeing=Wellbeing.STRAINED,
    needs=(VisitNeed.HEATING,),
)


def test_a_report_ends_the_mission() -> None:
    """Nothing is owed any more, and each journey is told what it came to."""
    after = returned().when(REPORT).then("mission.reported")
    assert after.state.phase is MissionPhase.REPORTED
    assert not after.owed
    note = list(after.state.pending.values())[-1].command
    assert isinstance(note, NoteMission)
    assert note.outcome is MissionOutcome.DONE


def test_an_overdue_report_is_asked_for() -> None:
    """Twelve hours before, then at the hour, then the supervisor and on call, then day after day."""
    before = returned()
    after = before.until(before.now + timedelta(days=7))
    rungs = told(after, len(before.history))
    assert [rung for rung, _ in rungs][:2] == ["before-12-hours", "due"]
    assert rungs[-1] == ("again-3", ["mobile-team", "on-call"])
    assert after.owed[ObligationKind.MISSION_REPORT].stall is not None
    assert {"supervisor", "on-call"} <= {role for _, roles in rungs for role in roles}


def test_only_who_is_back_reports() -> None:
    """And once: then it is corrected."""
    for before in (planned(), departed()):
        before.when(REPORT).then_refused(RefusalCode.MISSION_NOT_RETURNED)
    returned().having(REPORT).when(REPORT).then_refused(RefusalCode.MISSION_ENDED)


def test_every_journey_served_has_its_outcome() -> None:
    """No other has, and none has two."""
    both = returned(journeys=(JOURNEY, OTHER))
    both.when(REPORT).then_refused(RefusalCode.OUTCOME_MISSING, other=OTHER)
    twice = ReportMission(reports=(report_of(), report_of()))
    returned().when(twice).then_refused(RefusalCode.JOURNEY_NOT_SERVED, other=JOURNEY)
    strange = ReportMission(reports=(report_of(), report_of(OTHER)))
    returned().when(strange).then_refused(RefusalCode.JOURNEY_NOT_SERVED, other=OTHER)
    both.when(strange).then("mission.reported")


def test_a_mission_for_no_journey_is_reported_on_too() -> None:
    """A meeting with somebody's relatives before there is a journey."""
    returned(journeys=(), legs=()).when(ReportMission()).then("mission.reported")


def test_a_home_visit_has_its_coded_fields() -> None:
    """What was said stands in the sealed note."""
    visit = returned(purpose=MissionPurpose.HOME_VISIT)
    visit.when(REPORT).then_refused(RefusalCode.HOME_VISIT_FIELDS_REQUIRED, other=JOURNEY)
    after = visit.having(ReportMission(reports=(report_of(visit=VISIT),)))
    assert after.state.reports[JOURNEY].visit == VISIT


def test_costs_are_dinars_to_the_para() -> None:
    """Free to the client, counted for whoever pays us."""
    fuel, toll = Cost(kind=MissionCost.FUEL, rsd=Decimal("8450.50")), Cost(kind=MissionCost.TOLL, rsd=Decimal(790))
    costs = Costs(kilometres=212, items=(fuel, toll))
    after = returned().having(REPORT.model_copy(update={"costs": costs}))
    assert after.state.costs is not None
    assert after.state.costs.rsd == Decimal("9240.50")
    for wrong in (Decimal("-1"), Decimal("0.001")):
        with pytest.raises(ValidationError):
            Cost(kind=MissionCost.FUEL, rsd=wrong)


def test_a_report_is_corrected_by_naming_it() -> None:
    """The journeys are told again."""
    reported = returned().having(REPORT)
    declined = CorrectMissionReport(reports=(report_of(outcome=MissionOutcome.DECLINED),), seen=reported.state.version)
    (event,) = reported.when(declined).events
    assert isinstance(event, MissionReportCorrected)
    assert event.corrects == reported.state.report_version
    after = reported.having(declined)
    assert after.state.reports[JOURNEY].outcome is MissionOutcome.DECLINED
    after.when(declined).then_refused(RefusalCode.PART_CHANGED, part="report")
    returned().when(declined).then_refused(RefusalCode.NOTHING_TO_CORRECT)
    empty = CorrectMissionReport()
    reported.when(empty).then_refused(RefusalCode.OUTCOME_MISSING)
