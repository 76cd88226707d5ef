"""Whether the catalogue of services fits together."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.pathway.common import EscalateRung, Span, Title
from domain.pathway.problem import Path, Problem
from domain.pathway.references import meant
from domain.pathway.services import (
    OF_A_SERVICE,
    FieldType,
    Keeps,
    RecordField,
    ServiceKind,
    Services,
    Situation,
    SituationRule,
    Term,
)

LadderCheck = Callable[[tuple[EscalateRung, ...], Path], Iterator[Problem]]
TitleCheck = Callable[[Title, Path], Iterator[Problem]]

_UNTIMED = frozenset({Situation.SCHEDULED, Situation.FOLLOW_UP, Situation.SEARCH})
"""Situations whose date comes from elsewhere: an appointment, the rhythm, the attempts."""
_NONE = Span(count=0)


def check_services(services: Services | None, ladder: LadderCheck, title: TitleCheck) -> Iterator[Problem]:
    """Every fault of the section. `ladder` and `title` are the checks that every section shares."""
    if services is None:
        return
    yield from _titles(services, title)
    yield from _doubles(services)
    yield from _situations(services.situations, ("services", "situations"), ladder)
    given = {p.when for p in services.situations}
    for missing in (s for s in Situation if s not in given):
        yield Problem(("services", "situations"), f"no rule for {missing.value}: add one with `when: {missing.value}`")
    for n, kind in enumerate(services.kinds):
        yield from _kind(kind, services, ("services", "kinds", n), ladder)


def _titles(services: Services, title: TitleCheck) -> Iterator[Problem]:
    for n, group in enumerate(services.groups):
        yield from title(group.title, ("services", "groups", n, "title"))
    for n, field in enumerate(services.fields):
        yield from title(field.title, ("services", "fields", n, "title"))
        for c, choice in enumerate(field.choices):
            yield from title(choice.title, ("services", "fields", n, "choices", c, "title"))
    for n, kind in enumerate(services.kinds):
        yield from title(kind.title, ("services", "kinds", n, "title"))
        if kind.help:
            yield from title(kind.help, ("services", "kinds", n, "help"))
        for t, term in enumerate(kind.terms):
            yield from title(term.title, ("services", "kinds", n, "terms", t, "title"))


def _doubles(services: Services) -> Iterator[Problem]:
    lists = {
        "groups": [g.group for g in services.groups],
        "fields": [f.field for f in services.fields],
        "kinds": [k.service for k in services.kinds],
    }
    for name, keys in lists.items():
        for n, key in enumerate(keys):
            if key in keys[:n]:
                yield Problem(("services", name, n), f"{key} is defined twice: give one another key")
    for n, field in enumerate(services.fields):
        if (field.type is FieldType.CHOICE) is not bool(field.choices):
            text = "a choice has `choices`, and no other type has any"
            yield Problem(("services", "fields", n, "choices"), text)


def _situations(situations: tuple[SituationRule, ...], path: Path, ladder: LadderCheck) -> Iterator[Problem]:
    for n, rule in enumerate(situations):
        yield from ladder(rule.escalate, (*path, n, "escalate"))
        if rule.when in {p.when for p in situations[:n]}:
            yield Problem((*path, n, "when"), f"{rule.when.value} has two rules: keep one")
        if (rule.within == _NONE) is not (rule.when in _UNTIMED):
            yield Problem((*path, n, "within"), _within(rule.when))


def _within(when: Situation) -> str:
    if when in _UNTIMED:
        return f"the date of {when.value} comes from elsewhere: remove `within`"
    return f"{when.value} has no length: add `within`"


def _kind(kind: ServiceKind, services: Services, path: Path, ladder: LadderCheck) -> Iterator[Problem]:
    groups = [g.group for g in services.groups]
    if kind.group not in groups:
        yield Problem((*path, "group"), f"there is no group {kind.group}; {meant(kind.group, groups)}")
    fields = {f.field: f for f in services.fields}
    for n, held in enumerate(kind.holds):
        if held not in fields:
            yield Problem((*path, "holds", n), f"there is no field {held}; {meant(held, fields)}")
    yield from _situations(kind.situations, (*path, "situations"), ladder)
    for n, rule in enumerate(kind.situations):
        if rule.when not in OF_A_SERVICE:
            yield Problem((*path, "situations", n, "when"), f"{rule.when.value} concerns no single service: move it up")
    for n, term in enumerate(kind.terms):
        yield from _term(term, kind, fields, (*path, "terms", n))
        yield from ladder(term.escalate, (*path, "terms", n, "escalate"))
    if kind.follow_up is not None and kind.follow_up.next_after(0) is None:
        yield Problem((*path, "follow_up"), "a rhythm without any span: add `after` or `every`, or remove it")
    if kind.crisis_within is not None and kind.keeps is Keeps.RECORD and kind.follow_up is None:
        yield Problem((*path, "crisis_within"), "after a crisis somebody follows up: add `follow_up`")


def _term(term: Term, kind: ServiceKind, fields: dict[str, RecordField], path: Path) -> Iterator[Problem]:
    for name, field in (("after", term.after), ("until", term.until)):
        known = fields.get(field)
        if field not in kind.holds or known is None or known.type is not FieldType.DATE:
            dates = [f for f in kind.holds if f in fields and fields[f].type is FieldType.DATE]
            yield Problem((*path, name), f"{field} is no date that this service holds; {meant(field, dates)}")
