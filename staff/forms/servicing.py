"""Actions on services: a need for one, how it goes on, and that it goes on after a rest."""

from __future__ import annotations

from domain.command import Command
from domain.journey.service.codes import Move, ServiceEnd, ServiceOutcome, ServiceReason
from domain.journey.service.commands import AdvanceService, AssessServiceNeed, ResumeService
from domain.journey.service.moving import TAKES
from domain.journey.service.transitions import WHILE_FROZEN, allowed
from domain.pathway.services import Keeps
from domain.provider.codes import ProviderStatus
from projections.journey_file.services_model import ServiceRow
from staff.forms.action import Action, Fields, Note, given, happened_field, note_field, register, titled
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind, choices
from staff.forms.scene import NothingHere, Scene
from staff.pages.safety import recipients


def _row(scene: Scene) -> ServiceRow:
    """The latest occurrence of the service in the address. Raises `NothingHere`."""
    rows = [row for row in scene.file.document.services.each if row.service == scene.about] if scene.file else []
    if not rows:
        raise NothingHere(scene.about)
    return max(rows, key=lambda row: row.occurrence)


def _name(scene: Scene) -> str:
    return scene.titles.service(_row(scene).service)


def _need_fields(scene: Scene) -> Fields:
    words, section = scene.words, scene.pathway.services
    if section is None:
        raise NothingHere(scene.about)
    kept = (kind for kind in section.kinds if kind.keeps is not Keeps.USE_ONLY)
    listed = tuple(Choice(kind.service, words.title(kind.title)) for kind in kept)
    service = Field("service", FieldKind.SELECT, words("service-form.service"), choices=listed)
    return (service, happened_field(scene), note_field(scene))


def _need(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    service, happened = entry.listed(_need_fields(scene)[0]), entry.moment("happened")
    entry.need("service", service)
    if entry.faults:
        return None
    return AssessServiceNeed(**given(service=service, note=note, occurred_at=happened))


def _moves(scene: Scene) -> tuple[Move, ...]:
    row = _row(scene)
    return tuple(move for move in allowed(row.status) if row.frozen is None or move in WHILE_FROZEN)


def _for(field: str, scene: Scene) -> tuple[str, ...]:
    """The moves that take this field."""
    return tuple(move.value for move in _moves(scene) if field in TAKES[move])


def _advance_fields(scene: Scene) -> Fields:
    """What is said first is called `outcome`, as in every form that hides what does not belong to it."""
    words = scene.words
    moves = Field("outcome", FieldKind.RADIOS, words("service-form.move"), choices=choices(list(_moves(scene)), words))
    found = (
        ("appointment", FieldKind.MOMENT, "form.appointment", ()),
        ("provider", FieldKind.SELECT, "service-form.provider", _providers(scene)),
        ("on", FieldKind.DAY, "service-form.on", ()),
        ("reason", FieldKind.SELECT, "form.reason", choices(list(ServiceReason), words)),
        ("came-to", FieldKind.SELECT, "service-form.outcome", choices(list(ServiceOutcome), words)),
        ("end", FieldKind.SELECT, "service-form.end", choices(list(ServiceEnd), words)),
    )
    more = (
        Field(name, kind, words(label), words("service-form.hint"), listed, optional=True, shown_for=wanted)
        for name, kind, label, listed in found
        if (wanted := _for(_FIELDS.get(name, name), scene))
    )
    return (moves, *more, happened_field(scene), note_field(scene))


_FIELDS = {"came-to": "outcome"}
"""What the command calls the field of the form."""


def _providers(scene: Scene) -> tuple[Choice, ...]:
    """Those of the directory who are active, by name."""
    visit = scene.visit
    named = recipients(visit)
    listed = visit.parts.office.providers.listed() if visit.parts.office else ()
    known = (Choice(str(each.id), named(each.id)) for each in listed if each.state.status is ProviderStatus.ACTIVE)
    return tuple(sorted(known, key=lambda choice: choice.text))


def _advance(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    move = entry.code("outcome", Move)
    entry.need("outcome", move)
    takes = TAKES[move] if move else frozenset[str]()
    appointment = entry.moment("appointment") if "appointment" in takes else None
    on = entry.day("on") if "on" in takes else None
    provider = entry.id("provider") if "provider" in takes else None
    reason = entry.code("reason", ServiceReason) if "reason" in takes else None
    outcome = entry.code("came-to", ServiceOutcome) if "outcome" in takes else None
    end = entry.code("end", ServiceEnd) if "end" in takes else None
    happened = entry.moment("happened")
    if entry.faults:
        return None
    row = _row(scene)
    return AdvanceService(
        **given(
            service=row.service,
            occurrence=row.occurrence,
            seen=seen,
            move=move,
            appointment=appointment,
            on=on,
            provider=provider,
            reason=reason,
            outcome=outcome,
            end=end,
            note=note,
            occurred_at=happened,
        )
    )


def _resume(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    row = _row(scene)
    if entry.faults:
        return None
    return ResumeService(**given(service=row.service, occurrence=row.occurrence, seen=seen, note=note))


def _version(scene: Scene) -> int:
    return _row(scene).version


def _part(scene: Scene) -> str:
    return _row(scene).part


def _only_note(scene: Scene) -> Fields:
    return (note_field(scene),)


register(Action("assess-service-need", titled("action.assess-service-need"), _need_fields, _need))
register(Action("advance-service", titled("action.advance-service", _name), _advance_fields, _advance, _version, _part))
register(Action("resume-service", titled("action.resume-service", _name), _only_note, _resume, _version, _part))
