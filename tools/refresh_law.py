"""Writes the tables of `docs/legal-calendar.md` from the catalogue of rules.

python -m tools.refresh_law   after a change of the catalogue
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from domain.law import (
    LIMITATION_RULES,
    PROSECUTION,
    REASONS,
    TERM_RULES,
    TRAPS,
    TRIGGERS,
    LimitationRule,
    Proceedings,
    TermRule,
    Weight,
)
from domain.law.codes import Direction, Reason, Severity, Verification
from domain.law.model import Share, TermReading
from domain.pathway.model import Span, Unit

PAGE = Path(__file__).resolve().parents[1] / "docs" / "legal-calendar.md"
_UNITS = {Unit.CALENDAR_DAYS: "days", Unit.MONTHS: "months", Unit.WORKING_DAYS: "working days", Unit.HOURS: "hours"}
_CHECKED = {
    Verification.READ_IN_COPY: "read in a copy",
    Verification.INFERRED: "**inferred**",
    Verification.UNVERIFIED: "**unverified**",
}

Row = tuple[str, ...]


def refreshed(page: str) -> str:
    """The page with every table between its markers made anew. Raises `KeyError` for a marker that no table answers."""
    tables = {f"terms-{kind.value}": _terms(kind) for kind in Proceedings}
    tables |= {"limitation": _limitation(), "prosecution": _prosecution(), "traps": _traps()}

    def table(marker: re.Match[str]) -> str:
        return f"<!-- {marker[1]} -->\n{tables[marker[1]]}\n<!-- end -->"

    return re.sub(r"<!-- ([a-z-]+) -->\n.*?<!-- end -->", table, page, flags=re.DOTALL)


def _terms(kind: Proceedings) -> str:
    head = ("Rule", "What", "Article", "Who", "Term, by reading", "Checked")
    return _table(head, (_term(rule) for rule in TERM_RULES.values() if rule.proceedings is kind))


def _term(rule: TermRule) -> Row:
    readings = "<br>".join(_reading(rule, reading) for reading in rule.readings)
    if rule.cap is not None:
        readings += f"<br>never later than {_length(rule.cap.within)} after {TRIGGERS[rule.cap.runs_from].en}"
    who = rule.duty.value + (" (!)" if rule.severity is Severity.ENDS_A_RIGHT else "")
    what = f"{rule.title.en} ({rule.title.sr})"
    return f"`{rule.rule}`", what, rule.article, who, readings, _CHECKED[rule.verification]


def _reading(rule: TermRule, reading: TermReading) -> str:
    side = "before" if rule.direction is Direction.BEFORE else "after"
    why = "" if reading.reason is Reason.TEXT else f"*{REASONS[reading.reason].en}*: "
    text = f"{why}{_length(reading.within)} {side} {TRIGGERS[reading.runs_from].en}"
    return f"~~{text}~~" if reading.weight is Weight.REJECTED else text


def _length(span: Span | Share) -> str:
    if isinstance(span, Share):
        return f"1/{span.parts} of the time frame"
    if not span.count:
        return "0 days"
    if span.unit is Unit.MONTHS and span.count % 12 == 0:
        return f"{span.count // 12} years" if span.count > 12 else "1 year"
    return f"{span.count} {_UNITS[span.unit]}"


def _limitation() -> str:
    head = ("Rule", "What", "Article", "Term", "Absolute", "Checked")
    return _table(head, (_limit(rule) for rule in LIMITATION_RULES.values()))


def _limit(rule: LimitationRule) -> Row:
    absolute = "–"
    if rule.absolute is not None and rule.absolute_from is not None:
        absolute = f"{_length(rule.absolute)} after {TRIGGERS[rule.absolute_from].en} ({rule.absolute_article})"
    term = f"{_length(rule.term)} after {TRIGGERS[rule.runs_from].en}"
    what = f"{rule.title.en} ({rule.title.sr})"
    return f"`{rule.rule}`", what, rule.article, term, absolute, _CHECKED[rule.verification]


def _prosecution() -> str:
    return _table(
        ("Crime", "Article", "Limitation", "Checked"),
        (
            (f"`{crime.value}`", article, f"`{rule.rule}`: {_length(rule.term)}", _CHECKED[rule.verification])
            for crime, (rule, article) in PROSECUTION.items()
        ),
    )


def _traps() -> str:
    return _table(
        ("Trap", "Article", "Hearing", "Omission", "Consequence"),
        (
            (f"`{t.trap}`", t.article, ", ".join(t.kinds) or "at any time", t.omission.value, t.consequence.value)
            for t in TRAPS
        ),
    )


def _table(head: Row, rows: Iterable[Row]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


if __name__ == "__main__":
    PAGE.write_text(refreshed(PAGE.read_text("utf-8")), "utf-8")
