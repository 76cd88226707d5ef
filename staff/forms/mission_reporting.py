"""The report on a mission: for each journey what it came to, what it cost, what happened; and its correction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

from domain.journey.naming import journey_code
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
from domain.mission.reporting import CorrectMissionReport, ReportMission
from domain.mission.state import Mission
from domain.refusal import RefusalCode
from domain.rights.actions import Action
from staff.forms.entry import Entry
from staff.forms.field import Field, FieldKind, choices
from staff.forms.mission_action import Group, MissionAction, MissionScene, Texts, note, register, told

_MOST_KILOMETRES = 20_000
_MOST_RSD = Decimal(100_000_000)
_VISIT: dict[str, type[Enum]] = {"met": Met, "housing": Housing, "safety": Safety, "wellbeing": Wellbeing}


def _groups(scene: MissionScene) -> tuple[Group, ...]:
    words, plan = scene.words, scene.begun.plan
    costs = (
        Field(f"cost-{kind.value}", FieldKind.CODE, words("missions.cost", what=words.label(kind)), optional=True)
        for kind in MissionCost
    )
    kilometres = Field("kilometres", FieldKind.CODE, words("missions.kilometres"), optional=True)
    home = plan.purpose is MissionPurpose.HOME_VISIT
    return (
        *(
            Group(tuple(_of_journey(scene, n, home)), words("missions.report-of", code=journey_code(journey)))
            for n, journey in enumerate(plan.journeys)
        ),
        Group((note(scene),), words("missions.what-happened"), words("missions.what-happened-hint")),
        Group((kilometres, *costs), words("missions.costs"), words("missions.costs-hint")),
    )


def _of_journey(scene: MissionScene, n: int, home: bool) -> Iterator[Field]:
    words = scene.words
    yield Field(
        f"outcome-{n}", FieldKind.RADIOS, words("missions.outcome"), choices=choices(list(MissionOutcome), words)
    )
    if home:
        for name, kind in _VISIT.items():
            yield Field(f"{name}-{n}", FieldKind.SELECT, words(f"missions.{name}"), choices=choices(list(kind), words))
        needs = choices(list(VisitNeed), words)
        yield Field(f"needs-{n}", FieldKind.CHECKS, words("missions.needs"), choices=needs, optional=True)
        hint = words("missions.next-visit-hint")
        yield Field(f"next-{n}", FieldKind.DAY, words("missions.next-visit"), hint, optional=True, earliest=scene.today)
    hint = words("missions.note-of-case-hint")
    yield Field(f"note-{n}", FieldKind.NOTE, words("missions.note-of-case"), hint, optional=True)


def _body(scene: MissionScene, entry: Entry) -> dict[str, Any]:
    plan = scene.begun.plan
    home = plan.purpose is MissionPurpose.HOME_VISIT
    reports = []
    for n, journey in enumerate(plan.journeys):
        outcome = entry.code(f"outcome-{n}", MissionOutcome)
        entry.need(f"outcome-{n}", outcome, "form.fault.outcome")
        visit = _visit(entry, n) if home else None
        text = entry.note(f"note-{n}")
        reports.append(told(journey=journey, outcome=outcome and outcome.value, visit=visit, note=text))
    costs = {"kilometres": _kilometres(entry), "items": list(_items(entry))}
    return told(reports=reports, costs=costs, note=entry.note("note"))


def _visit(entry: Entry, n: int) -> dict[str, Any]:
    codes = {}
    for name, kind in _VISIT.items():
        found = entry.code(f"{name}-{n}", kind)
        entry.need(f"{name}-{n}", found)
        codes[name] = found and found.value
    following = entry.day(f"next-{n}")
    needs = list(entry.checked(f"needs-{n}", (need.value for need in VisitNeed)))
    return told(**codes, needs=needs, next_visit_on=following and following.isoformat())


def _kilometres(entry: Entry) -> int:
    typed = entry.text("kilometres").replace(".", "").replace(" ", "")
    if not typed:
        return 0
    if not (typed.isascii() and typed.isdigit() and int(typed[:9]) <= _MOST_KILOMETRES):
        entry.faults["kilometres"] = "missions.fault.kilometres"
        return 0
    return int(typed)


def _items(entry: Entry) -> Iterator[dict[str, str]]:
    for kind in MissionCost:
        typed = entry.text(f"cost-{kind.value}")
        if typed:
            amount = dinars(typed)
            if amount is None:
                entry.faults[f"cost-{kind.value}"] = "missions.fault.dinars"
            elif amount:
                yield {"kind": kind.value, "rsd": str(amount)}


def dinars(typed: str) -> Decimal | None:
    """An amount as people write it: `8.450,50`, `8450.5`, `8 450`. None where it is none, or finer than the para."""
    bare = typed.replace(" ", "").replace("\u00a0", "")
    if "," in bare:
        bare = bare.replace(".", "").replace(",", ".")
    elif bare.count(".") > 1 or (bare.count(".") == 1 and len(bare.rpartition(".")[2]) == 3):
        bare = bare.replace(".", "")  # a full stop before three digits parts the thousands
    try:
        amount = Decimal(bare)
    except InvalidOperation:
        return None
    whole = amount.is_finite() and 0 <= amount <= _MOST_RSD and amount == amount.quantize(Decimal("0.01"))
    return amount if whole else None


def _defaults(scene: MissionScene) -> Texts:
    """What stands in the report that is corrected; its notes are sealed, and are written anew by `acting`."""
    mission, texts = scene.begun, dict[str, str]()
    for n, journey in enumerate(mission.plan.journeys):
        report = mission.reports.get(journey)
        if report is None:
            continue
        texts[f"outcome-{n}"] = report.outcome.value
        if report.visit is not None:
            texts |= {f"{name}-{n}": getattr(report.visit, name).value for name in _VISIT}
            texts |= {f"needs-{n}-{need.value}": "1" for need in report.visit.needs}
            texts[f"next-{n}"] = report.visit.next_visit_on.isoformat() if report.visit.next_visit_on else ""
    if mission.costs is not None:
        sums: defaultdict[MissionCost, Decimal] = defaultdict(Decimal)
        for item in mission.costs.items:
            sums[item.kind] += item.rsd
        texts |= {f"cost-{kind.value}": str(rsd) for kind, rsd in sums.items()}
        texts["kilometres"] = str(mission.costs.kilometres)
    return texts


def _report_version(mission: Mission) -> int | None:
    return mission.report_version


REPORT = register(
    MissionAction(
        "report",
        ReportMission,
        Action.REPORT_MISSION,
        _groups,
        _body,
        frozenset({MissionPhase.RETURNED}),
        RefusalCode.MISSION_NOT_RETURNED,
        drafted=True,
    )
)
CORRECT = register(
    MissionAction(
        "correct-report",
        CorrectMissionReport,
        Action.REPORT_MISSION,
        _groups,
        _body,
        frozenset({MissionPhase.REPORTED}),
        RefusalCode.NOTHING_TO_CORRECT,
        seen=_report_version,
        defaults=_defaults,
        drafted=True,
    )
)
