"""When somebody is away and who covers, leaving, coming back: for supervisors; one's own absences for everybody."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import Response

from domain.attendance.absence import CancelAbsence, ComeBack, PlanAbsence
from domain.attendance.leaving import Leave, Rejoin
from domain.attendance.state import Presence, attendance_stream
from domain.calendar import local_date
from domain.codes import Role, StreamName
from domain.rights.actions import Action
from projections.attendance.queries import AbsenceRow, AttendanceRow, attendance
from staff.forms.action import Fields
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind
from staff.forms.sheet import Sheet
from staff.pages import flash
from staff.pages.filling import empty, filled
from staff.pages.people import role_names
from staff.pages.telling import telling
from staff.ports import Person
from staff.rendering import page
from staff.typing_in import Typed
from staff.visit import Here, Visit

router = APIRouter()
_ROLES = frozenset(role.value for role in Role)


@router.get("/team/{staff}")
async def colleague(staff: UUID, visit: Here) -> Response:
    """One person's absences, and whether they work here."""
    return await run_in_threadpool(_page, visit, staff)


@router.get("/team/{staff}/{word}")
@router.get("/team/{staff}/{word}/{number}")
async def form(staff: UUID, word: str, visit: Here, number: int | None = None) -> Response:
    """The empty sheet."""
    return empty(await run_in_threadpool(_sheet, visit, staff, word, number))


@router.post("/team/{staff}/{word}")
@router.post("/team/{staff}/{word}/{number}")
async def act(staff: UUID, word: str, texts: Typed, visit: Here, number: int | None = None) -> Response:
    """Checks, previews or saves."""
    return await filled(await run_in_threadpool(_sheet, visit, staff, word, number), texts)


def _page(visit: Visit, staff: UUID) -> Response:
    stream = attendance_stream(staff)
    visit.require(Action.PLAN_ABSENCE, stream)
    who, row = _known(visit, staff)
    return page(
        visit,
        "team.html",
        flash=flash.read(visit),
        who=who,
        roles=role_names(who.roles, visit.words),
        presence=row.presence_at(visit.now) if row else Presence.HERE,
        absences=row.ahead(visit.now) if row else (),
        handover=row.handover if row else None,
        mine=staff == visit.person.id,
        may_leave=visit.may(Action.RECORD_LEAVING, stream),
        may_supervise=visit.may(Action.READ_SUPERVISION),
    )


def _known(visit: Visit, staff: UUID) -> tuple[Person, AttendanceRow | None]:
    who = visit.people.get(staff)
    if who is None:
        raise HTTPException(404)
    return who, next(iter(attendance(visit.parts.reader, staff)), None)


def _sheet(visit: Visit, staff: UUID, word: str, number: int | None) -> Sheet:
    action = Action.RECORD_LEAVING if word in ("leave", "rejoin") else Action.PLAN_ABSENCE
    visit.require(action, attendance_stream(staff))
    who, row = _known(visit, staff)
    absence = next((each for each in (row.absences if row else ()) if each.number == number), None)
    match word, absence:
        case "plan-absence", None if number is None:
            return _plan(visit, who)
        case "come-back", AbsenceRow():
            return _come_back(visit, who, absence)
        case "cancel-absence", AbsenceRow():
            return _cancel(visit, who, absence)
        case "leave", None if number is None:
            return _leave(visit, who)
        case "rejoin", None if number is None:
            return _rejoin(visit, who)
        case _:
            raise HTTPException(404)


def _plan(visit: Visit, who: Person) -> Sheet:
    words = visit.words
    today = local_date(visit.now, words.zone)
    cover = Field(
        "cover", FieldKind.SELECT, words("team.cover"), words("team.cover-hint"), _others(visit, who), optional=True
    )
    fields = (
        Field("first", FieldKind.DAY, words("team.first"), words("team.first-hint"), earliest=today),
        Field("last", FieldKind.DAY, words("team.last"), words("team.last-hint"), earliest=today),
        cover,
    )

    def body(entry: Entry) -> Mapping[str, Any] | None:
        first, last = entry.day("first"), entry.day("last")
        entry.need("first", first, "form.fault.day-missing")
        entry.need("last", last, "form.fault.day-missing")
        person = _chosen(entry, cover)
        if entry.faults or first is None or last is None:
            return None
        days = {"pin": _pin(visit), "first_day": first.isoformat(), "last_day": last.isoformat()}
        return days | ({"cover": person} if person else {})

    def says(entry: Entry) -> list[str]:
        first, last, person = entry.day("first"), entry.day("last"), entry.id("cover")
        assert first is not None
        assert last is not None
        span = words("team.will-be-away", name=who.name, first=words.day(first), last=words.day(last))
        stands_in = words("team.will-cover", name=visit.name(person)) if person else words("team.no-cover")
        return [span, stands_in]

    return _sheet_of(visit, who, PlanAbsence.kind, words("team.plan-title", name=who.name), fields, body, says)


def _come_back(visit: Visit, who: Person, absence: AbsenceRow) -> Sheet:
    words = visit.words
    field = Field(
        "back", FieldKind.DAY, words("team.back-on"), words("team.back-hint"), latest=absence.last_day, optional=True
    )

    def body(entry: Entry) -> Mapping[str, Any] | None:
        day = entry.day("back")
        found: dict[str, Any] = {"number": absence.number}
        return None if entry.faults else found | ({"back_on": day.isoformat()} if day else {})

    title = words("team.come-back-title", name=who.name)
    return _sheet_of(visit, who, ComeBack.kind, title, (field,), body, lambda _: [words("team.will-be-back")])


def _cancel(visit: Visit, who: Person, absence: AbsenceRow) -> Sheet:
    words = visit.words
    days = words("supervision.days", first=words.day(absence.first_day), last=words.day(absence.last_day))
    return _sheet_of(
        visit,
        who,
        CancelAbsence.kind,
        words("team.cancel-title", name=who.name, days=days),
        (),
        lambda _: {"number": absence.number},
        lambda _: [words("team.will-cancel")],
        save_text=words("team.cancel"),
    )


def _leave(visit: Visit, who: Person) -> Sheet:
    words, others = visit.words, _others(visit, who)
    everything = Field("rest", FieldKind.SELECT, words("team.successor"), words("team.successor-hint"), others)
    by_role = tuple(
        Field(
            f"as-{role.value}",
            FieldKind.SELECT,
            words("team.successor-as", role=words.label(role)),
            choices=others,
            optional=True,
        )
        for role in Role
        if role.value in who.roles
    )

    def body(entry: Entry) -> Mapping[str, Any] | None:
        rest = _chosen(entry, everything)
        entry.need("rest", rest)
        named = [(_chosen(entry, field), field.name.removeprefix("as-")) for field in by_role]
        successors = [{"staff": person, "roles": [role]} for person, role in named if person and person != rest]
        if entry.faults:
            return None
        return {"pin": _pin(visit), "successors": [*successors, {"staff": rest}]}

    return _sheet_of(
        visit,
        who,
        Leave.kind,
        words("team.leave-title", name=who.name),
        (everything, *by_role),
        body,
        lambda _: [words("team.will-leave", name=who.name), words("team.will-hand-over")],
        warning=words("team.leave-warning"),
    )


def _rejoin(visit: Visit, who: Person) -> Sheet:
    words = visit.words
    return _sheet_of(
        visit,
        who,
        Rejoin.kind,
        words("team.rejoin-title", name=who.name),
        (),
        lambda _: {},
        lambda _: [words("team.will-rejoin")],
        warning=words("team.will-rejoin"),
        save_text=words("team.rejoin"),
    )


def _sheet_of(
    visit: Visit,
    who: Person,
    kind: str,
    title: str,
    fields: Fields,
    body: Callable[[Entry], Mapping[str, Any] | None],
    says: Callable[[Entry], list[str]],
    *,
    warning: str | None = None,
    save_text: str | None = None,
) -> Sheet:
    there = f"/team/{who.id}"
    foresee, save = telling(visit, StreamName.STAFF, who.id, kind, body, there=there, says=says)
    return Sheet(visit, title, there, who.name, fields, foresee, save, warning=warning, save_text=save_text)


def _others(visit: Visit, who: Person) -> tuple[Choice, ...]:
    """Colleagues with a role in cases; whoever has left is refused by the decider."""
    people = sorted(visit.people.values(), key=lambda person: person.name)
    return tuple(Choice(str(each.id), each.name) for each in people if each.id != who.id and each.roles & _ROLES)


def _chosen(entry: Entry, field: Field) -> str | None:
    """Who was chosen from the list that the form showed."""
    value = entry.text(field.name)
    if value and value not in {choice.value for choice in field.choices}:
        entry.faults[field.name] = "form.fault.choice"
    return value or None


def _pin(visit: Visit) -> dict[str, Any]:
    """By whose zone days are counted."""
    pin, _ = visit.parts.desk.pathways()[0]
    return pin.model_dump(mode="json")
