"""Actions on a journey as a whole: open, close, reopen, stages, the review, people, consents, links, merging."""

from __future__ import annotations

from uuid import UUID

from domain.codes import ClosingReason, ConsentGiver, ConsentPurpose, Relation, ReopeningReason, Role
from domain.command import Command
from domain.journey.assignment import Assign, Unassign
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.consent import GiveConsent, WithdrawConsent
from domain.journey.linking import LinkJourney, UnlinkJourney
from domain.journey.merging import MergeJourney, ReverseMerge
from domain.journey.opening import OpenJourney
from domain.journey.review import HoldReview
from domain.journey.stages import EnterStage, LeaveStage
from domain.journey.standing import ConsentKey
from projections.journey_list.queries import find_by_code
from staff.forms.action import Action, Fields, Note, given, happened_field, note_field, register, titled
from staff.forms.entry import Entry
from staff.forms.field import Choice, Field, FieldKind, choices
from staff.forms.identifying import client_fields, client_typed
from staff.forms.scene import NothingHere, Scene


def _only_note(scene: Scene) -> Fields:
    return (note_field(scene),)


def _no_fields(_: Scene) -> Fields:
    return ()


def _role(scene: Scene) -> Role:
    if scene.about not in {role.value for role in Role}:
        raise NothingHere(scene.about)
    return Role(scene.about)


def _role_name(scene: Scene) -> str:
    return scene.words.label(_role(scene))


def _stage_name(scene: Scene) -> str:
    if scene.pathway.find_stage(scene.about) is None:
        raise NothingHere(scene.about)
    return scene.titles.stage(scene.about)


def _consent_key(scene: Scene) -> ConsentKey:
    """The consent that the address names: `medical`, or with its recipient `medical:<uuid>`."""
    consents = scene.file.document.consents if scene.file else ()
    row = next((c for c in consents if c.part == f"consent:{scene.about}"), None)
    if row is not None:
        return ConsentKey(row.purpose, row.recipient)
    if scene.about not in {purpose.value for purpose in ConsentPurpose}:
        raise NothingHere(scene.about)
    return ConsentKey(ConsentPurpose(scene.about))


def _purpose_name(scene: Scene) -> str:
    return scene.words.label(_consent_key(scene).purpose)


# ---------------------------------------------------------------------------------------------------- opening, closing
def _open_fields(scene: Scene) -> Fields:
    words = scene.words
    known = tuple(
        Choice(pin.name, words.title(pathway.title), words("form.pathway-version", version=pin.version))
        for pin, pathway in scene.desk.pathways()
    )
    people = tuple(Choice(str(p.id), p.name) for p in scene.people_for(Role.CASEWORKER))
    mine = scene.visit.person
    return (
        Field("pathway", FieldKind.RADIOS, words("form.pathway"), choices=known, default=known[0].value),
        Field(
            "caseworker",
            FieldKind.SELECT,
            words("form.caseworker"),
            words("form.caseworker-hint"),
            people,
            optional=True,
            default=str(mine.id) if Role.CASEWORKER.value in mine.roles else "",
        ),
        *client_fields(words),
        happened_field(scene),
        note_field(scene),
    )


def _open(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    pins = {pin.name: pin for pin, _ in scene.desk.pathways()}
    pin = pins.get(entry.text("pathway"))
    entry.need("pathway", pin, "form.fault.choice")
    caseworker = _person(scene, entry, "caseworker")
    happened = entry.moment("happened")
    client_typed(scene.journey, entry)  # who it is goes to the vault, never with the command
    if entry.faults or pin is None:
        return None
    return OpenJourney(**given(pin=pin, caseworker=caseworker, note=note, occurred_at=happened))


def _person(scene: Scene, entry: Entry, name: str) -> UUID | None:
    """A member of staff by id: hiding one from the list is not enough, the server asks again."""
    found = entry.id(name)
    if found is not None and found not in scene.visit.people:
        entry.faults[name] = "form.fault.choice"
    return found


def _close_fields(scene: Scene) -> Fields:
    words = scene.words
    reason = Field(
        "reason", FieldKind.RADIOS, words("form.closing-reason"), choices=choices(list(ClosingReason), words)
    )
    return (reason, happened_field(scene), note_field(scene))


def _close(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    reason, happened = entry.code("reason", ClosingReason), entry.moment("happened")
    entry.need("reason", reason)
    return None if entry.faults else CloseJourney(**given(reason=reason, note=note, occurred_at=happened))


def _reopen_fields(scene: Scene) -> Fields:
    words = scene.words
    reason = Field(
        "reason", FieldKind.RADIOS, words("form.reopening-reason"), choices=choices(list(ReopeningReason), words)
    )
    return (reason, note_field(scene))


def _reopen(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    reason = entry.code("reason", ReopeningReason)
    entry.need("reason", reason)
    return None if entry.faults else ReopenJourney(**given(reason=reason, note=note))


# ------------------------------------------------------------------------------------------------------ stages, review
def _enter(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    return None if entry.faults else EnterStage(**given(stage=scene.about, note=note))


def _leave(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    return None if entry.faults else LeaveStage(**given(stage=scene.about, note=note))


def _review(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    return None if entry.faults else HoldReview(**given(seen=seen, note=note))


def _review_version(scene: Scene) -> int | None:
    review = scene.file.document.review if scene.file else None
    return review.version if review else None


# ------------------------------------------------------------------------------------------------------------- people
def _assign_fields(scene: Scene) -> Fields:
    words, role = scene.words, _role(scene)
    people = tuple(Choice(str(p.id), p.name) for p in scene.people_for(role))
    has = scene.assigned.get(role)
    return (Field("staff", FieldKind.RADIOS, words("form.person"), choices=people, default=str(has) if has else ""),)


def _assign(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    staff = _person(scene, entry, "staff")
    entry.need("staff", staff)
    return None if entry.faults else Assign(**given(role=_role(scene), staff=staff))


def _unassign(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    return Unassign(role=_role(scene))


# ----------------------------------------------------------------------------------------------------------- consents
def _give_fields(scene: Scene) -> Fields:
    words = scene.words
    consents = scene.file.document.consents if scene.file else ()
    in_force = {c.purpose for c in consents if c.recipient is None and c.ends_at is None}
    purpose = Field(
        "purpose",
        FieldKind.RADIOS,
        words("form.purpose"),
        words("form.purpose-hint"),
        choices([p for p in ConsentPurpose if p not in in_force], words),
        default=scene.about,
    )
    giver = Field("giver", FieldKind.RADIOS, words("form.giver"), choices=choices(list(ConsentGiver), words))
    return (purpose, giver, happened_field(scene), note_field(scene))


def _give(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    purpose, giver = entry.code("purpose", ConsentPurpose), entry.code("giver", ConsentGiver)
    happened = entry.moment("happened")
    entry.need("purpose", purpose)
    entry.need("giver", giver)
    if entry.faults:
        return None
    return GiveConsent(**given(purpose=purpose, giver=giver, note=note, occurred_at=happened))


def _withdraw(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    happened = entry.moment("happened")
    if entry.faults:
        return None
    key = _consent_key(scene)
    return WithdrawConsent(**given(purpose=key.purpose, recipient=key.recipient, note=note, occurred_at=happened))


# ----------------------------------------------------------------------------------------------------- other journeys
def _other_field(scene: Scene) -> Field:
    return Field("other", FieldKind.CODE, scene.words("form.other-code"), scene.words("form.other-code-hint"))


def _link_fields(scene: Scene) -> Fields:
    words = scene.words
    relation = Field("relation", FieldKind.RADIOS, words("form.relation"), choices=choices(list(Relation), words))
    return (_other_field(scene), relation)


def _other(scene: Scene, entry: Entry) -> UUID | None:
    """The journey of a code as typed. A code finds journeys: several with one code are a fault, not a guess."""
    typed = entry.text("other")
    found = find_by_code(scene.visit.parts.reader, typed) if typed else ()
    if len(found) == 1:
        return found[0].journey
    entry.faults["other"] = "form.fault.code-twice" if found else "form.fault.code"
    return None


def _link(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    other, relation = _other(scene, entry), entry.code("relation", Relation)
    entry.need("relation", relation)
    return None if entry.faults else LinkJourney(**given(other=other, relation=relation))


def _about_id(scene: Scene) -> UUID:
    try:
        return UUID(scene.about)
    except ValueError:
        raise NothingHere(scene.about) from None


def _unlink(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    return UnlinkJourney(other=_about_id(scene))


def _merge(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    survivor = _other(scene, entry)
    return None if entry.faults or survivor is None else MergeJourney(survivor=survivor)


OPENING = register(Action("open", titled("action.open"), _open_fields, _open))
register(
    Action("close", titled("action.close"), _close_fields, _close, warning=lambda s: s.words("form.closing-warning"))
)
register(Action("reopen", titled("action.reopen"), _reopen_fields, _reopen))
register(Action("enter-stage", titled("action.enter-stage", _stage_name), _only_note, _enter))
register(
    Action(
        "leave-stage",
        titled("action.leave-stage", _stage_name),
        _only_note,
        _leave,
        warning=lambda s: s.words("form.leaving-warning"),
    )
)
register(Action("review", titled("action.review"), _only_note, _review, _review_version, lambda _: "review"))
register(Action("assign", titled("action.assign", _role_name), _assign_fields, _assign))
register(Action("unassign", titled("action.unassign", _role_name), _no_fields, _unassign))
register(Action("give-consent", titled("action.give-consent"), _give_fields, _give))
register(
    Action(
        "withdraw-consent",
        titled("action.withdraw-consent", _purpose_name),
        lambda scene: (happened_field(scene), note_field(scene)),
        _withdraw,
        part=lambda scene: _consent_key(scene).part,
    )
)
register(Action("link", titled("action.link"), _link_fields, _link))
register(Action("unlink", titled("action.unlink"), _no_fields, _unlink))
register(
    Action(
        "merge",
        titled("action.merge"),
        lambda scene: (_other_field(scene),),
        _merge,
        warning=lambda s: s.words("form.merging-warning"),
    )
)
register(Action("unmerge", titled("action.unmerge"), _no_fields, lambda *_: ReverseMerge()))
