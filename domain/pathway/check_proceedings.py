"""Whether the section on legal proceedings holds together: its ladders, and the legal codes that it names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from domain.codes import ObligationKind, Role
from domain.law import LIMITATION_RULES, TERM_RULES, Proceedings
from domain.pathway.model import Pathway, Span, Unit
from domain.pathway.problem import Path, Problem
from domain.pathway.proceedings import AlarmLadder, ProceedingsRules
from domain.pathway.references import meant

LADDERS = ("terms", "rights", "limitation", "confirmation", "power", "power_at_once", "fee")
_HOURS = {Unit.HOURS: 1.0, Unit.CALENDAR_DAYS: 24.0, Unit.WORKING_DAYS: 24 * 7 / 5, Unit.MONTHS: 24 * 30.4}


def check_proceedings(pathway: Pathway) -> Iterator[Problem]:
    """Every fault of the section; nothing where there is none."""
    rules = pathway.proceedings
    yield from _covered(pathway)
    if rules is None:
        return
    for name in LADDERS:
        ladder: AlarmLadder = getattr(rules, name)
        yield from check_alarm(ladder, ("proceedings", name))
    yield from _suspensions(rules)


def _covered(pathway: Pathway) -> Iterator[Problem]:
    """What steps leave to proceedings and hearings; a pathway that follows none owes nothing of the kind."""
    known = [*TERM_RULES, ObligationKind.POWER_OF_ATTORNEY.value] if pathway.proceedings else []
    known += [line.arrangement for line in pathway.hearings.arrangements] if pathway.hearings else []
    for s, stage in enumerate(pathway.stages):
        for n, step in enumerate(stage.steps):
            path: Path = ("stages", s, "steps", n, "covered_by")
            yield from _unknown(step.covered_by, known, "debt of proceedings or hearings", path)


def check_alarm(ladder: AlarmLadder, path: Path) -> Iterator[Problem]:
    """Whether a ladder ends at somebody who is there, and its rungs are in order, each once."""
    last = ladder.escalate[-1].to
    if last is not Role.ON_CALL:
        yield Problem((*path, "escalate"), f"the escalation ends at {last.value}: add a last rung with `to: on-call`")
    for n, (one, other) in enumerate(pairwise(ladder.escalate), start=1):
        if _hours(other.after) <= _hours(one.after):
            yield Problem(
                (*path, "escalate", n, "after"), "it is not later than the rung before it: order them by time"
            )
    lengths = [(reminder.before.count, reminder.before.unit) for reminder in ladder.remind]
    for n, length in enumerate(lengths):
        if length in lengths[:n]:
            yield Problem((*path, "remind", n, "before"), "there are two reminders at this moment: keep one")


def _suspensions(rules: ProceedingsRules) -> Iterator[Problem]:
    known = [p.value for p in Proceedings]
    for n, act in enumerate(rules.suspensions):
        place: Path = ("proceedings", "suspensions", n)
        yield from _unknown(act.proceedings, known, "kind of proceedings", (*place, "proceedings"))
        yield from _unknown(act.only, [*TERM_RULES, *LIMITATION_RULES], "rule", (*place, "only"))


def _unknown(codes: Iterable[str], known: list[str], what: str, path: Path) -> Iterator[Problem]:
    for n, code in enumerate(codes):
        if code not in known:
            yield Problem((*path, n), f"there is no {what} {code}; {meant(code, known)}")


def _hours(span: Span) -> float:
    """Near enough to compare spans of different units."""
    return span.count * _HOURS[span.unit]
