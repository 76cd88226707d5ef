"""Whether the sections on formal status, screening and residence hold together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from domain.codes import Role
from domain.pathway.answers import AnswerAtLeast, AnswerCondition, leaves
from domain.pathway.common import Span, Title, Unit
from domain.pathway.formal_status import FormalStatus, FormalStatusRules
from domain.pathway.problem import Path, Problem
from domain.pathway.residence import ResidenceRules
from domain.pathway.screening import Question, QuestionKind, ScreeningForm


def check_formal_status(rules: FormalStatusRules) -> Iterator[Problem]:
    """Every status is somebody's to decide."""
    path: Path = ("formal_status", "deciders")
    yield from _doubles(path, "decider", (d.decider for d in rules.deciders))
    for status in FormalStatus:
        if not rules.competent(status):
            yield Problem(path, f"nobody decides {status.value}: add it to `decides` of the body that does")


def check_residence(rules: ResidenceRules) -> Iterator[Problem]:
    """Lengths and alarms are counted in days; the alarm reaches a named person."""
    path: Path = ("residence",)
    yield from _doubles((*path, "kinds"), "kind", (k.kind for k in rules.kinds))
    for n, kind in enumerate(rules.kinds):
        yield from _days(kind.lasts, (*path, "kinds", n, "lasts"))
        yield from _doubles((*path, "kinds", n, "grounds"), "ground", (g.ground for g in kind.grounds))
    for n, rung in enumerate(rules.remind):
        yield from _days(rung.before, (*path, "remind", n, "before"))
    yield from _doubles((*path, "revocation", "grounds"), "ground", (g.ground for g in rules.revocation.grounds))
    yield from _days(rules.alarm.every, (*path, "alarm", "every"))
    if Role.ON_CALL not in rules.alarm.to:
        yield Problem((*path, "alarm", "to"), "the alarm may reach nobody: add `on-call`")


def check_form(form: ScreeningForm, path: Path) -> Iterator[Problem]:
    """Names are used once, and a question hangs only on answers that are given before it."""
    yield from _doubles(path, "section", (s.section for s in form.sections))
    yield from _doubles(path, "question", (q.question for _, q in form.places()))
    before: dict[str, Question] = {}
    for s, section in enumerate(form.sections):
        place: Path = (*path, "sections", s)
        yield from _condition(section.ask_when, before, (*place, "ask_when"))
        for n, question in enumerate(section.questions):
            at = (*place, "questions", n)
            yield from _condition(question.ask_when, before, (*at, "ask_when"))
            yield from _doubles((*at, "choices"), "choice", question.possible)
            before[question.question] = question


def titles_of_standing(
    status: FormalStatusRules | None, forms: tuple[ScreeningForm, ...], residence: ResidenceRules | None
) -> Iterator[tuple[Path, Title]]:
    """Every title of these sections with its place."""
    for n, decider in enumerate(status.deciders if status else ()):
        yield ("formal_status", "deciders", n, "title"), decider.title
    for n, form in enumerate(forms):
        yield from _titles_of_form(form, ("screening", n))
    for n, kind in enumerate(residence.kinds if residence else ()):
        yield ("residence", "kinds", n, "title"), kind.title
        for g, ground in enumerate(kind.grounds):
            yield ("residence", "kinds", n, "grounds", g, "title"), ground.title
    for g, ground in enumerate(residence.revocation.grounds if residence else ()):
        yield ("residence", "revocation", "grounds", g, "title"), ground.title


def _titles_of_form(form: ScreeningForm, path: Path) -> Iterator[tuple[Path, Title]]:
    yield (*path, "title"), form.title
    for s, section in enumerate(form.sections):
        yield (*path, "sections", s, "title"), section.title
        for n, question in enumerate(section.questions):
            at = (*path, "sections", s, "questions", n)
            yield (*at, "title"), question.title
            if question.help:
                yield (*at, "help"), question.help
            for c, choice in enumerate(question.choices):
                yield (*at, "choices", c, "title"), choice.title


def _condition(condition: AnswerCondition | None, before: dict[str, Question], path: Path) -> Iterator[Problem]:
    for leaf in leaves(condition):
        question = before.get(leaf.question)
        if question is None:
            near = get_close_matches(leaf.question, before, n=1)
            hint = f"did you mean {near[0]}?" if near else "name a question that is asked before"
            yield Problem(path, f"no question {leaf.question} is asked before this one; {hint}")
        elif isinstance(leaf, AnswerAtLeast):
            if question.kind is not QuestionKind.DAYS:
                yield Problem(path, f"{leaf.question} is not answered in days: use `is`")
        elif leaf.is_ not in question.possible:
            known = ", ".join(question.possible)
            yield Problem(path, f"{leaf.question} is never answered {leaf.is_}; possible are: {known}")


def _doubles(path: Path, kind: str, keys: Iterable[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            yield Problem(path, f"there are two {kind}s {key}: give one another key")
        seen.add(key)


def _days(span: Span, path: Path) -> Iterator[Problem]:
    if span.unit is Unit.HOURS or span.count < 1:
        yield Problem(path, "a permit is counted in days: write at least one day or month, no hours")
