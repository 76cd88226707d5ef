"""How a client may be reached, in a form: for each way the days and hours, who may answer, what may be left.

The form takes one stretch of hours for each way, which is what people agree on; a second one comes through the API.
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
    words, found = scene.words, []
    for way in ContactChannel:
        name = words.label(way)

        def label(key: str, name: str = name) -> str:
            return words(f"ask.way-{key}", way=name)

        found += [
            labelled(asked, f"{way.value}-days", FieldKind.CHECKS, label("days"), choices(list(Weekday), words)),
            labelled(asked, f"{way.value}-starts", FieldKind.CLOCK, label("starts")),
            labelled(asked, f"{way.value}-ends", FieldKind.CLOCK, label("ends")),
            labelled(
                asked, f"{way.value}-message", FieldKind.SELECT, label("message"), choices(list(LeftMessage), words)
            ),
            labelled(
                asked, f"{way.value}-answerers", FieldKind.CHECKS, label("answerers"), choices(list(Answerer), words)
            ),
        ]
    return tuple(found)


def _way(entry: Entry, name: str, way: ContactChannel) -> dict[str, object] | None:
    """One rule; None where no day was ticked. A way without hours is never open, so both are asked for."""
    days = entry.checked(f"{name}-days", tuple(day.value for day in Weekday))
    starts, ends = entry.clock(f"{name}-starts"), entry.clock(f"{name}-ends")
    if not days:
        if starts is not None or ends is not None:
            entry.need(f"{name}-days", None)
        return None
    entry.need(f"{name}-starts", starts, "form.fault.time-missing")
    entry.need(f"{name}-ends", ends, "form.fault.time-missing")
    if starts is not None and ends is not None and ends != time(0) and ends <= starts:
        entry.faults[f"{name}-ends"] = "form.fault.ends-before"
    message = entry.code(f"{name}-message", LeftMessage) or LeftMessage.NOTHING
    answerers = entry.checked(f"{name}-answerers", tuple(each.value for each in Answerer))
    return {
        "channel": way,
        "hours": ({"days": days, "starts": starts, "ends": ends},),
        "message": message,
        "answerers": answerers,
    }


def _read(_: Scene, entry: Entry, asked: Asked) -> object | None:
    rules = (_way(entry, f"{asked.name}-{way.value}", way) for way in ContactChannel)
    return tuple(rule for rule in rules if rule is not None) or None


RULES = Question(_draw, _read)
