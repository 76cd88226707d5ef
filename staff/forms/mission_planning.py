"""Actions on the plan of a mission: plan it, change its crew, move it, call it off."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from domain.mission.codes import CancelReason, MissionPhase, MissionPurpose
from domain.mission.moving import MoveMission
from domain.mission.planning import CancelMission, ChangeCrew, PlanMission
from domain.mission.rules import AT_LEAST
from domain.refusal import RefusalCode
from domain.rights.actions import Action
from projections.journey_list.queries import find_by_code
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind, choices
from staff.forms.mission_action import (
    Group,
    MissionAction,
    MissionScene,
    note,
    people,
    register,
    told,
    typed_moment,
)
from staff.vehicles import vehicles

CASES = (1, 2, 3)
RIDES = (1, 2)
"""How many a form has room for; the API takes more."""
_MOVABLE = frozenset({MissionPhase.PLANNED, MissionPhase.DEPARTED})


def _crew(scene: MissionScene) -> tuple[Field, ...]:
    words = scene.words
    going, everybody = people(scene, going=True), people(scene, going=False)
    return (
        Field("team", FieldKind.CHECKS, words("missions.team"), words("missions.team-hint"), going),
        Field("lead", FieldKind.SELECT, words("missions.lead"), words("missions.lead-hint"), going),
        Field("supervisor", FieldKind.SELECT, words("missions.supervisor"), "", everybody, optional=True),
        Field("vehicle", FieldKind.SELECT, words("missions.vehicle"), "", vehicles(scene.visit), optional=True),
    )


def _crew_of(scene: MissionScene, entry: Entry) -> dict[str, Any]:
    team = entry.checked("team", (choice.value for choice in people(scene, going=True)))
    if len(team) < AT_LEAST:
        entry.faults["team"] = "missions.fault.team"
    lead = entry.id("lead")
    entry.need("lead", lead, "missions.fault.lead")
    if lead is not None and str(lead) not in team:
        entry.faults.setdefault("lead", "missions.fault.lead-goes")
    return told(team=list(team), lead=lead, vehicle=entry.id("vehicle"), supervisor=entry.id("supervisor"))


def _crew_texts(scene: MissionScene) -> dict[str, str]:
    crew = scene.begun.plan.crew
    named = {"lead": crew.lead, "supervisor": crew.supervisor, "vehicle": crew.vehicle}
    return {f"team-{person}": "1" for person in crew.team} | {name: str(id_) for name, id_ in named.items() if id_}


def _times(scene: MissionScene, *, departure: bool = True) -> tuple[Field, ...]:
    words = scene.words
    hint = words("form.appointment-hint")
    out = Field("departure", FieldKind.MOMENT, words("missions.departure"), hint, earliest=scene.today)
    back = Field("back", FieldKind.MOMENT, words("missions.back"), hint, earliest=scene.today)
    return (out, back) if departure else (back,)


def _plan_groups(scene: MissionScene) -> tuple[Group, ...]:
    words = scene.words
    purpose = Field(
        "purpose", FieldKind.RADIOS, words("missions.purpose"), choices=choices(list(MissionPurpose), words)
    )
    cases = (
        Field(
            f"case-{n}", FieldKind.CODE, words("missions.case", number=n), words("form.other-code-hint"), optional=True
        )
        for n in CASES
    )
    rides = (Group(_ride(scene, n), words("missions.ride", number=n), words("missions.ride-hint")) for n in RIDES)
    return (
        Group((purpose, *_times(scene))),
        Group(_crew(scene), words("missions.crew")),
        Group(tuple(cases), words("missions.cases"), words("missions.cases-hint")),
        *rides,
        Group((note(scene),)),
    )


def _ride(scene: MissionScene, n: int) -> tuple[Field, ...]:
    words, hint = scene.words, scene.words("missions.place-hint")
    cases = tuple(Choice(str(m), words("missions.case", number=m)) for m in CASES)
    return (
        Field(f"ride-{n}-start", FieldKind.LINE, words("missions.ride-start"), hint, optional=True),
        Field(f"ride-{n}-end", FieldKind.LINE, words("missions.ride-end"), hint, optional=True),
        Field(f"ride-{n}-leaves", FieldKind.MOMENT, words("missions.ride-leaves"), optional=True, earliest=scene.today),
        Field(
            f"ride-{n}-arrives", FieldKind.MOMENT, words("missions.ride-arrives"), optional=True, earliest=scene.today
        ),
        Field(
            f"ride-{n}-driver", FieldKind.SELECT, words("missions.driver"), "", people(scene, going=True), optional=True
        ),
        Field(
            f"ride-{n}-case",
            FieldKind.SELECT,
            words("missions.ride-case"),
            words("missions.ride-case-hint"),
            cases,
            True,
        ),
    )


def cases_of(scene: MissionScene, entry: Entry) -> dict[int, UUID]:
    """The journeys of the codes as typed. A code finds journeys: several with one code are a fault, not a guess."""
    found = {}
    for n in CASES:
        typed = entry.text(f"case-{n}")
        rows = find_by_code(scene.visit.parts.reader, typed) if typed else ()
        if len(rows) == 1:
            found[n] = rows[0].journey
        elif typed:
            entry.faults[f"case-{n}"] = "form.fault.code-twice" if rows else "form.fault.code"
    return found


def _plan(scene: MissionScene, entry: Entry) -> dict[str, Any]:
    purpose = entry.code("purpose", MissionPurpose)
    entry.need("purpose", purpose)
    departure, back = _moment(entry, "departure"), _moment(entry, "back")
    cases = cases_of(scene, entry)
    legs = [leg for n in RIDES if (leg := _leg(entry, n, cases)) is not None]
    return told(
        pin=scene.pin.model_dump(mode="json"),
        purpose=purpose and purpose.value,
        crew=_crew_of(scene, entry),
        departure=departure,
        expected_return=back,
        legs=legs,
        journeys=[str(journey) for journey in dict.fromkeys(cases.values())],
        note=entry.note("note"),
    )


def _moment(entry: Entry, name: str) -> datetime | None:
    found = entry.moment(name)
    entry.need(name, found, "form.fault.day-missing")
    return found


def _leg(entry: Entry, n: int, cases: dict[int, UUID]) -> dict[str, Any] | None:
    """A ride, unless nothing was typed of it. Its places are the only case's, where it names none."""
    start, end = entry.text(f"ride-{n}-start"), entry.text(f"ride-{n}-end")
    driver = entry.id(f"ride-{n}-driver")
    leaves, arrives = entry.moment(f"ride-{n}-leaves"), entry.moment(f"ride-{n}-arrives")
    if not (start or end or driver or leaves or arrives):
        return None
    for name, value in (("start", start or None), ("end", end or None)):
        entry.need(f"ride-{n}-{name}", value, "missions.fault.place")
    for name, moment in (("leaves", leaves), ("arrives", arrives)):
        entry.need(f"ride-{n}-{name}", moment, "form.fault.day-missing")
    number = entry.number(f"ride-{n}-case")
    journey = cases.get(number) if number else next(iter(cases.values())) if len(cases) == 1 else None
    if number and journey is None:
        entry.faults[f"ride-{n}-case"] = "missions.fault.case"
    return told(start=start, end=end, departs_at=leaves, arrives_at=arrives, driver=driver, journey=journey)


def _move(scene: MissionScene, entry: Entry) -> dict[str, Any]:
    planned = scene.begun.phase is MissionPhase.PLANNED
    departure = _moment(entry, "departure") if planned else None
    return told(departure=departure, expected_return=_moment(entry, "back"), note=entry.note("note"))


def _move_texts(scene: MissionScene) -> dict[str, str]:
    plan = scene.begun.plan
    texts = typed_moment("back", plan.expected_return, plan.zone)
    return texts | typed_moment("departure", plan.departure, plan.zone)


def _cancel_groups(scene: MissionScene) -> tuple[Group, ...]:
    words = scene.words
    reason = Field("reason", FieldKind.RADIOS, words("missions.why"), choices=choices(list(CancelReason), words))
    return (Group((reason, note(scene))),)


def _cancel(scene: MissionScene, entry: Entry) -> dict[str, Any]:
    reason = entry.code("reason", CancelReason)
    entry.need("reason", reason, "missions.fault.reason")
    return told(reason=reason and reason.value, note=entry.note("note"))


PLAN = register(
    MissionAction(
        "plan",
        PlanMission,
        Action.PLAN_MISSION,
        _plan_groups,
        _plan,
        frozenset(MissionPhase),
        RefusalCode.NO_MISSIONS_HERE,
        drafted=True,
    )
)
register(
    MissionAction(
        "change-crew",
        ChangeCrew,
        Action.PLAN_MISSION,
        lambda scene: (Group((*_crew(scene), note(scene))),),
        lambda scene, entry: told(crew=_crew_of(scene, entry), note=entry.note("note")),
        _MOVABLE,
        RefusalCode.MISSION_NOT_PLANNED,
        seen=lambda mission: mission.plan_version,
        defaults=_crew_texts,
    )
)
register(
    MissionAction(
        "move",
        MoveMission,
        Action.PLAN_MISSION,
        lambda scene: (Group((*_times(scene, departure=scene.begun.phase is MissionPhase.PLANNED), note(scene))),),
        _move,
        _MOVABLE,
        RefusalCode.MISSION_NOT_PLANNED,
        seen=lambda mission: mission.plan_version,
        defaults=_move_texts,
    )
)
register(
    MissionAction(
        "cancel",
        CancelMission,
        Action.PLAN_MISSION,
        _cancel_groups,
        _cancel,
        frozenset({MissionPhase.PLANNED}),
        RefusalCode.MISSION_NOT_PLANNED,
    )
)
