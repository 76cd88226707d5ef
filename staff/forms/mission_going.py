"""Actions of a team that goes out: risk check, departure, check-in, return, abort; and who answers for an alarm."""

from __future__ import annotations

from typing import Any

from domain.mission.alarm import AbortMission, AcknowledgeAlarm
from domain.mission.codes import OPEN, OUT, AbortReason, CheckInWord, MissionPhase, RiskAnswer, RiskOverrideReason
from domain.mission.risk import CheckRisk, OverrideRisk
from domain.mission.underway import CheckIn, DepartMission, ReturnMission
from domain.refusal import RefusalCode
from domain.rights.actions import Action
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind, choices
from staff.forms.mission_action import Group, MissionAction, MissionScene, happened, note, register, told

PLANNED = frozenset({MissionPhase.PLANNED})


def _when_and_note(scene: MissionScene) -> tuple[Group, ...]:
    return (Group((happened(scene), note(scene))),)


def _happened(scene: MissionScene, entry: Entry) -> dict[str, Any]:
    return told(occurred_at=entry.moment("happened"), note=entry.note("note"))


def _word(scene: MissionScene) -> tuple[Group, ...]:
    words = scene.words
    word = Field("word", FieldKind.RADIOS, words("missions.word"), choices=choices(list(CheckInWord), words))
    return (Group((word, happened(scene), note(scene))),)


def _check_in(scene: MissionScene, entry: Entry) -> dict[str, Any]:
    word = entry.code("word", CheckInWord)
    entry.need("word", word)
    return _happened(scene, entry) | told(word=word and word.value)


def _reason(kind: type[AbortReason] | type[RiskOverrideReason]) -> Any:
    def groups(scene: MissionScene) -> tuple[Group, ...]:
        words = scene.words
        reason = Field("reason", FieldKind.RADIOS, words("missions.why"), choices=choices(list(kind), words))
        timed = (happened(scene),) if kind is AbortReason else ()
        return (Group((reason, *timed, note(scene))),)

    return groups


def _abort(scene: MissionScene, entry: Entry) -> dict[str, Any]:
    reason = entry.code("reason", AbortReason)
    entry.need("reason", reason, "missions.fault.reason")
    return _happened(scene, entry) | told(reason=reason and reason.value)


def _override(scene: MissionScene, entry: Entry) -> dict[str, Any]:
    reason = entry.code("reason", RiskOverrideReason)
    entry.need("reason", reason, "missions.fault.reason")
    return told(reason=reason and reason.value, by=scene.visit.person.id, note=entry.note("note"))


def _questions(scene: MissionScene) -> tuple[Group, ...]:
    words, rules = scene.words, scene.pathway.missions
    asked = rules.risk_check if rules else ()
    answers = tuple(Choice(each.value, words.label(each)) for each in RiskAnswer)
    fields = (Field(f"risk-{q.question}", FieldKind.RADIOS, words.title(q.title), choices=answers) for q in asked)
    return (Group((*fields, note(scene)), hint=words("missions.risk-hint")),)


def _check_risk(scene: MissionScene, entry: Entry) -> dict[str, Any]:
    rules = scene.pathway.missions
    answers = []
    for question in rules.risk_check if rules else ():
        answer = entry.code(f"risk-{question.question}", RiskAnswer)
        entry.need(f"risk-{question.question}", answer)
        answers.append({"question": question.question, "answer": answer and answer.value})
    return told(answers=answers, by=scene.visit.person.id, note=entry.note("note"))


register(
    MissionAction(
        "check-risk",
        CheckRisk,
        Action.GO_ON_MISSION,
        _questions,
        _check_risk,
        PLANNED,
        RefusalCode.MISSION_NOT_PLANNED,
    )
)
register(
    MissionAction(
        "override-risk",
        OverrideRisk,
        Action.OVERRIDE_RISK,
        _reason(RiskOverrideReason),
        _override,
        PLANNED,
        RefusalCode.MISSION_NOT_PLANNED,
    )
)
register(
    MissionAction(
        "depart",
        DepartMission,
        Action.GO_ON_MISSION,
        _when_and_note,
        _happened,
        PLANNED,
        RefusalCode.MISSION_NOT_PLANNED,
        seen=lambda mission: mission.plan_version,
    )
)
register(MissionAction("check-in", CheckIn, Action.GO_ON_MISSION, _word, _check_in, OUT, RefusalCode.MISSION_NOT_OUT))
register(
    MissionAction(
        "return",
        ReturnMission,
        Action.GO_ON_MISSION,
        _when_and_note,
        _happened,
        OUT,
        RefusalCode.MISSION_NOT_OUT,
    )
)
register(
    MissionAction(
        "abort",
        AbortMission,
        Action.GO_ON_MISSION,
        _reason(AbortReason),
        _abort,
        frozenset({MissionPhase.DEPARTED}),
        RefusalCode.MISSION_NOT_OUT,
    )
)
register(
    MissionAction(
        "acknowledge",
        AcknowledgeAlarm,
        Action.ANSWER_ALARM,
        lambda scene: (Group((note(scene),)),),
        lambda _, entry: told(note=entry.note("note")),
        OPEN,
        RefusalCode.NOTHING_RINGS,
    )
)
