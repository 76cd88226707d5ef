"""How a client may be reached, in a form: by which ways, on which days, from when until when, and what may be left.

The form takes one stretch of hours for all ways, which is what people agree on; others for one way come over the API.
"""

from __future__ import annotations

from datetime import time

from domain.journey.safety.rules import Answerer, ContactChannel, LeftMessage, Weekday
from staff.forms.derived.choosing import labelled
from staff.forms.derived.question import Asked, Question
from staff.forms.entry import Entry
from staff.forms.field import Field, FieldKind, choices
from staff.forms.scene import Scene


def _draw(scene: Scene, asked: Asked) -> tuple[Field, ...]:
    words = scene.words

    def field(name: str, kind: FieldKind, *members: ContactChannel | Weekday | LeftMessage | Answerer) -> Field:
        return labelled(asked, name, kind, words(f"ask.way-{name}"), choices(members, words))

    return (
        field("ways", FieldKind.CHECKS, *ContactChannel),
        field("days", FieldKind.CHECKS, *Weekday),
        field("starts", FieldKind.CLOCK),
        field("ends", FieldKind.CLOCK),
        field("message", FieldKind.RADIOS, *LeftMessage),
        field("answerers", FieldKind.CHECKS, *Answerer),
    )


def _read(_: Scene, entry: Entry, asked: Asked) -> object | None:
    """A rule for each way. A way without hours is never open, so days and both times are asked for."""
    ways, days, starts, ends, message, answerers = (f"{asked.name}-{name}" for name in _NAMES)
    chosen = entry.checked(ways, tuple(way.value for way in ContactChannel))
    on = entry.checked(days, tuple(day.value for day in Weekday))
    begins, finishes = entry.clock(starts), entry.clock(ends)
    entry.need(ways, chosen or None)
    entry.need(days, on or None)
    entry.need(starts, begins, "form.fault.time-missing")
    entry.need(ends, finishes, "form.fault.time-missing")
    if begins is not None and finishes is not None and finishes != time(0) and finishes <= begins:
        entry.faults[ends] = "form.fault.ends-before"
    left = entry.code(message, LeftMessage)
    who = entry.checked(answerers, tuple(each.value for each in Answerer))
    hours = ({"days": on, "starts": begins, "ends": finishes},)
    rule = {"hours": hours, "message": left or LeftMessage.NOTHING, "answerers": who}
    return tuple({"channel": way, **rule} for way in chosen) or None


_NAMES = ("ways", "days", "starts", "ends", "message", "answerers")

RULES = Question(_draw, _read)
