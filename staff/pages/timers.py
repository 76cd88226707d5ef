"""Whether reminders can be relied on: when that was last checked, what was put right, what could not be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from projections.audits import AuditFault, AuditFinding, LastAudit, last_audit, mended_lately
from projections.reader import Reader
from staff.i18n.words import Words

NAMED = 8
"""Journeys named by code for one kind of fault; of the others the number is said."""


class Tone(StrEnum):
    """How loudly it is said."""

    QUIET = "quiet"
    HEALED = "healed"
    ALARM = "alarm"


@dataclass(frozen=True, slots=True)
class Named:
    """One sentence about journeys: `named` are linked, `more` are not."""

    text: str
    named: Sequence[AuditFinding]
    more: int


@dataclass(frozen=True, slots=True)
class Timers:
    """What the panel says. `healed` was put right in the last day, `broken` is not right now."""

    tone: Tone
    checked: str
    healed: Sequence[Named]
    broken: Sequence[Named]


def timers(reader: Reader, words: Words) -> Timers:
    """The panel as of now. Raises `Unavailable`."""
    last = last_audit(reader)
    healed = _named(mended_lately(reader), "timers.healed", words)
    broken = _named(last.audit.unmended if last else (), "timers.broken", words)
    tone = Tone.HEALED if healed else Tone.QUIET
    if last is None or last.is_overdue or broken:
        tone = Tone.ALARM
    return Timers(tone, _checked(last, words), healed, broken)


def _checked(last: LastAudit | None, words: Words) -> str:
    if last is None:
        return words("timers.never")
    ago = _span(last.age, words)
    if last.is_overdue:
        return words("timers.overdue", span=ago)
    key = "timers.checked" if last.audit.findings else "timers.sound"
    return words(key, span=ago)


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
        found = [f for f in by_fault.get(fault, ()) if f.journey is not None]
        if found:
            text = words.count(f"{key}.{fault.value}", len(found))
            sentences.append(Named(text, found[:NAMED], max(len(found) - NAMED, 0)))
    return sentences
