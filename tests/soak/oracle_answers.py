"""Every answer that a client got, held against the log."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import psycopg

from domain.codes import SYSTEM_ACTOR
from tests.soak.journal import Journal, Sent, Told
from tests.soak.verdict import Fault, Verdict

_OUTCOMES = """
SELECT command_id, stream, kind, first_version, last_version, refusal->>'code'
  FROM eventlog.outcomes WHERE actor <> %s
"""
_EVENTS = """
SELECT command_id, originator_id, count(*), min(originator_version), max(originator_version)
  FROM eventlog.stored_events WHERE actor <> %s GROUP BY command_id, originator_id
"""


@dataclass(frozen=True, slots=True)
class _Held:
    """What the log holds of one command."""

    stream: str
    kind: Told
    first: int
    last: int
    code: str | None


def check_answers(dsn: str, journal: Journal, verdict: Verdict) -> None:
    """Acknowledged means in the log, once, as it was told; and nothing is there that nobody sent."""
    with psycopg.connect(dsn) as connection:
        outcomes: dict[UUID, list[_Held]] = {}
        for key, stream, kind, first, last, code in connection.execute(_OUTCOMES, (SYSTEM_ACTOR,)):
            outcomes.setdefault(key, []).append(_Held(stream, Told(kind), first, last, code))
        events: dict[UUID, list[tuple[str, int, int, int]]] = {}
        for key, stream, count, first, last in connection.execute(_EVENTS, (SYSTEM_ACTOR,)):
            events.setdefault(key, []).append((stream, count, first, last))
    sent_keys = {key for sent in journal.sent for key in sent.keys}
    for sent in journal.sent:
        _check(sent, outcomes, events, verdict)
    verdict.add_all(Fault.UNKNOWN, (str(key) for key in (outcomes.keys() | events.keys()) - sent_keys))
    verdict.add_all(Fault.FALSE_ANSWER, (f"{wrong.stream} #{wrong.number}: {wrong.what}" for wrong in journal.wrong))


def _check(
    sent: Sent,
    outcomes: dict[UUID, list[_Held]],
    events: dict[UUID, list[tuple[str, int, int, int]]],
    verdict: Verdict,
) -> None:
    held = [each for key in sent.keys for each in outcomes.get(key, ())]
    written = [each for key in sent.keys for each in events.get(key, ())]
    recorded = [each for each in held if each.kind is Told.RECORDED]
    what = f"{sent.kind} #{sent.number} on {sent.stream}, told {sent.told}"
    if len(recorded) > 1 or len(written) > 1:
        verdict.add(Fault.TWICE, f"{what}: {len(written)} times in the log")
        return
    whole = [(each.stream, each.last - each.first + 1, each.first, each.last) for each in recorded]
    if whole != written or any(each.stream != sent.stream for each in held):
        verdict.add(Fault.LOST, f"{what}: outcome {whole}, events {written}")
    match sent.told:
        case None:
            verdict.add(Fault.NEVER_ANSWERED, what)
        case Told.RECORDED if not recorded:
            verdict.add(Fault.LOST, f"{what} with version {sent.version}: the log holds {held}")
        case Told.RECORDED if recorded[0].last != sent.version:
            verdict.add(Fault.FALSE_ANSWER, f"{what} with version {sent.version}: the log holds {recorded}")
        case Told.REFUSED | Told.NOTHING if not held:
            verdict.add(Fault.LOST, f"{what}: the log holds no outcome")
        case Told.REFUSED | Told.NOTHING if held[0].kind is not sent.told or held[0].code != sent.code:
            verdict.add(Fault.FALSE_ANSWER, f"{what} {sent.code}: the log holds {held}")
        case _:
            pass
