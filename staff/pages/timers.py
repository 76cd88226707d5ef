"""Whether reminders can be relied on: when that was last checked, what was put right, what could not be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from projections.audits import AuditFault, AuditFinding, LastAudit, last_audit, mended_lately
from projections.reader import Reader
from staff.i18n.words import Words

NAMED = 8
"""Streams named by code for one kind of fault; of the others the number is said."""


@dataclass(frozen=True, slots=True)
class Named:
    """One sentence about journeys, missions, calls: `named` by code, `more` by their number."""

    text: str
    named: Sequence[AuditFinding]
    more: int


@dataclass(frozen=True, slots=True)
class Timers:
    """What the panel says. `alarms` come first and loud, `checked` is empty where an alarm says it.

    `broken` is not right now, `healed` was put right in the last day.
    """

    alarms: Sequence[str]
    checked: str
    broken: Sequence[Named]
    healed: Sequence[Named]


def timers(reader: Reader, words: Words) -> Timers:
    """The panel as of now. Raises `Unavailable`."""
    last = last_audit(reader)
    unmended = last.audit.unmended if last else ()
    alarms = []
    if last is None:
        alarms.append(words("timers.never"))
    elif last.is_overdue:
        alarms.append(words("timers.overdue", span=_span(last.age, words)))
    checked = "" if alarms else _checked(last, words)
    if unmended:
        alarms.append(words("timers.not-healed"))
    return Timers(
        alarms,
        checked,
        _named(unmended, "timers.broken", words),
        _named(mended_lately(reader), "timers.healed", words),
    )


def _checked(last: LastAudit | None, words: Words) -> str:
    if last is None:
        return ""
    key = "timers.checked" if last.audit.unmended else "timers.sound"
    return words(key, span=_span(last.age, words))


def _span(age: timedelta, words: Words) -> str:
    minutes = max(int(age.total_seconds() // 60), 1)
    if minutes < 120:
        return words.count("timers.minutes", minutes)
    hours = minutes // 60
    return words.count("timers.hours", hours) if hours < 48 else words.count("timers.days", hours // 24)


def _named(findings: Iterable[AuditFinding], key: str, words: Words) -> list[Named]:
    """One sentence for each kind of fault that there is, in the order of the kinds."""
    by_fault: dict[AuditFault, list[AuditFinding]] = {}
    for finding in findings:
        by_fault.setdefault(finding.fault, []).append(finding)
    sentences = []
    for fault in AuditFault:
        found = [f for f in by_fault.get(fault, ()) if f.code is not None]
        if found:
            text = words.count(f"{key}.{fault.value}", len(found))
            sentences.append(Named(text, found[:NAMED], max(len(found) - NAMED, 0)))
    return sentences
