"""XES (IEEE 1849-2016): one trace a journey, with the extensions concept, time, organizational and lifecycle.

An event about a step is called by the step, and its place in the life of the activity says what happened to it; every
other event is called by its topic and is complete in itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any
from xml.sax.saxutils import quoteattr

from analysis.exports.cut import LogReader
from analysis.exports.making import Cursor, Piece, Streamed
from analysis.exports.pseudonyms import Pseudonyms
from analysis.exports.shapes import UNTOLD, AttributeType, ThingType, shape_of
from analysis.exports.things import Naming
from domain.codes import StepOutcome, StreamName
from domain.event import Event, Recorded
from domain.journey.stalling import StepResumed, StepStalled
from domain.journey.steps import StepAdvanced, StepCorrected, StepOpened, StepScheduled

_TAGS = {
    AttributeType.STRING: "string",
    AttributeType.INTEGER: "int",
    AttributeType.FLOAT: "float",
    AttributeType.BOOLEAN: "boolean",
    AttributeType.TIME: "date",
}
_COMPLETE = "complete"
_ESCAPED = re.compile(r'[&<>"\n\r\t]')
_OUTCOMES: Mapping[StepOutcome, str] = {
    StepOutcome.DONE: _COMPLETE,
    StepOutcome.DECLINED: "withdraw",
    StepOutcome.SKIPPED: "manualskip",
    StepOutcome.NO_SHOW: "suspend",
    StepOutcome.POSTPONED: "suspend",
}
"""The standard lifecycle of the extension: a step that did not take place waits again."""
_TRANSITIONS: Mapping[str, str] = {
    StepOpened.topic: "schedule",
    StepScheduled.topic: "assign",
    StepStalled.topic: "suspend",
    StepResumed.topic: "resume",
    StepCorrected.topic: "unknown",
}
"""By topic."""
_BEGIN = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<global scope="trace">
<string key="concept:name" value="journey"/>
</global>
<global scope="event">
<string key="concept:name" value="event"/>
<string key="lifecycle:transition" value="complete"/>
<string key="org:resource" value="engine"/>
<date key="time:timestamp" value="1970-01-01T00:00:00+00:00"/>
</global>
<classifier name="Activity" scope="event" keys="concept:name"/>
<classifier name="Activity and lifecycle" scope="event" keys="concept:name lifecycle:transition"/>
<string key="lifecycle:model" value="standard"/>
"""
_END = "</log>\n"


class Xes(Streamed):
    """One XML document. Within a trace events are in the order in which they were recorded."""

    def __init__(self, log: LogReader, pseudonyms: Pseudonyms) -> None:
        self._log = log
        self._naming = Naming(pseudonyms)

    def pieces(self, cursor: Cursor | None = None) -> Iterator[Piece]:
        """As `Maker.pieces`."""
        after = cursor["after"] if cursor else None
        if cursor is None:
            yield Piece(_BEGIN.encode(), {"after": None, "ended": False}, 0, 0.0)
        elif cursor["ended"]:
            return
        for streams in self._log.told(StreamName.JOURNEY, after):
            traces = [self._trace(stream, history) for stream, history in streams.histories.items()]
            rows = sum(len(history) for history in streams.histories.values())
            yield Piece("".join(traces).encode(), {"after": streams.last, "ended": False}, rows, streams.share)
        yield Piece(_END.encode(), {"after": None, "ended": True}, 0, 1.0)

    def _trace(self, stream: str, history: Sequence[Recorded[Event]]) -> str:
        lines = ["<trace>", _line("string", "concept:name", self._naming.of(ThingType.JOURNEY, stream))]
        for recorded in history:
            if recorded.event.topic not in UNTOLD:
                lines += self._event(recorded)
        lines.append("</trace>\n")
        return "\n".join(lines)

    def _event(self, recorded: Recorded[Event]) -> Iterator[str]:
        event = recorded.event
        shape = shape_of(type(event))
        name, instance, transition = _activity(event)
        yield "<event>"
        yield _line("string", "concept:name", name)
        if instance:
            yield _line("string", "concept:instance", instance)
        yield _line("string", "lifecycle:transition", transition)
        yield _line("string", "org:resource", self._naming.actor(recorded))
        known_at = recorded.recorded_at.isoformat()
        happened_at = known_at if event.occurred_at is None else event.occurred_at.isoformat()
        yield _line("date", "time:timestamp", happened_at)
        yield _line("date", "recorded_at", known_at)
        yield _line("string", "topic", event.topic)
        for each in shape.attributes:
            value = each.read(event)
            if value is not None:
                yield _line(_TAGS[each.type], each.name, self._naming.text(value))
        yield "</event>"


def _activity(event: Any) -> tuple[str, str, str]:
    """What it is called, which occurrence of that, and where it is in its life."""
    topic: str = event.topic
    if topic == StepAdvanced.topic:
        return event.step, str(event.occurrence), _OUTCOMES[event.outcome]
    if topic in _TRANSITIONS:
        return event.step, str(event.occurrence), _TRANSITIONS[topic]
    return topic.partition(".")[2], "", _COMPLETE


def _line(tag: str, key: str, value: str) -> str:
    """`key` is a name of ours, which nothing has to be escaped in."""
    quoted = quoteattr(value) if _ESCAPED.search(value) else f'"{value}"'
    return f'<{tag} key="{key}" value={quoted}/>'
