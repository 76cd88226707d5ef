"""Part: the report within 48 hours, for each journey served; costs; and the correction of either."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from domain.command import Command
from domain.copying import replace
from domain.event import Event, Recorded
from domain.mission.codes import MissionPhase, MissionPurpose
from domain.mission.register import decides, evolves
from domain.mission.rules import REPORT, changed
from domain.mission.state import Mission
from domain.mission.telling import telling
from domain.mission.values import Costs, JourneyReport
from domain.refusal import RefusalCode, Refused
from domain.sealed import Notes, Sealed
from domain.stream.deciding import Decision, Surroundings
from domain.values import Count

Reports = Annotated[tuple[JourneyReport, ...], Field(max_length=24)]


class MissionReported(Event, topic="mission.reported"):
    """What it came to, for each journey; nothing is owed any more. `note` is of the mission itself."""

    reports: tuple[JourneyReport, ...]
    costs: Costs
    note: Sealed[Notes] | None = None


class MissionReportCorrected(Event, topic="mission.report-corrected"):
    """The report of version `corrects` was mistaken; this one holds."""

    corrects: Count
    reports: tuple[JourneyReport, ...]
    costs: Costs
    note: Sealed[Notes] | None = None


class ReportMission(Command, kind="report-mission"):
    """Reports on a mission that is back; on every journey that it served."""

    reports: Reports = ()
    costs: Costs = Costs()
    note: Sealed[Notes] | None = None


class CorrectMissionReport(Command, kind="correct-mission-report"):
    """Replaces a report. `seen` is its version on the form."""

    reports: Reports = ()
    costs: Costs = Costs()
    seen: Count | None = None
    note: Sealed[Notes] | None = None


@decides(ReportMission)
def _report(mission: Mission, command: ReportMission, _: Surroundings) -> Decision:
    if mission.phase is not MissionPhase.RETURNED:
        return Refused(code=RefusalCode.MISSION_NOT_RETURNED)
    if refused := _unfit(mission, command.reports):
        return refused
    return (MissionReported(reports=command.reports, costs=command.costs, note=command.note),)


@decides(CorrectMissionReport, in_every_phase=True)
def _correct(mission: Mission, command: CorrectMissionReport, _: Surroundings) -> Decision:
    version = mission.report_version
    if version is None:
        return Refused(code=RefusalCode.NOTHING_TO_CORRECT, part=REPORT)
    if refused := changed(REPORT, version, command.seen) or _unfit(mission, command.reports):
        return refused
    corrected = MissionReportCorrected(
        corrects=version, reports=command.reports, costs=command.costs, note=command.note
    )
    return (corrected,)


def _unfit(mission: Mission, reports: tuple[JourneyReport, ...]) -> Refused | None:
    """A refusal where a journey is left out, stands twice, was not served, or a home visit lacks its coded fields."""
    told = [report.journey for report in reports]
    for journey in told:
        if journey not in mission.plan.journeys or told.count(journey) > 1:
            return Refused(code=RefusalCode.JOURNEY_NOT_SERVED, part=REPORT, other=journey)
    for journey in mission.plan.journeys:
        if journey not in told:
            return Refused(code=RefusalCode.OUTCOME_MISSING, part=REPORT, other=journey)
    if mission.plan.purpose is MissionPurpose.HOME_VISIT:
        for report in reports:
            if report.visit is None:
                return Refused(code=RefusalCode.HOME_VISIT_FIELDS_REQUIRED, part=REPORT, other=report.journey)
    return None


@evolves(MissionReported)
def _reported(mission: Mission, recorded: Recorded[MissionReported]) -> Mission:
    return _with_report(mission, recorded.event.reports, recorded.event.costs, recorded)


@evolves(MissionReportCorrected)
def _corrected(mission: Mission, recorded: Recorded[MissionReportCorrected]) -> Mission:
    return _with_report(mission, recorded.event.reports, recorded.event.costs, recorded)


def _with_report(
    mission: Mission, reports: tuple[JourneyReport, ...], costs: Costs, recorded: Recorded[Event]
) -> Mission:
    reported = replace(
        mission,
        phase=MissionPhase.REPORTED,
        reports={report.journey: report for report in reports},
        report_version=recorded.version,
        costs=costs,
    )
    return telling(reported, recorded)
