"""Whether the sections of consents, safety, assessments and the plan hold together."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.pathway.common import EscalateRung, Span, Title, Unit
from domain.pathway.ladder import Ladder
from domain.pathway.model import Pathway
from domain.pathway.problem import Path, Problem
from domain.pathway.references import meant

CheckLadder = Callable[[tuple[EscalateRung, ...], Path], Iterator[Problem]]


def check_safety(pathway: Pathway, check_ladder: CheckLadder) -> Iterator[Problem]:
    """Every fault of these sections. `check_ladder` is the rule of every escalation."""
    for path, ladder in _ladders(pathway):
        yield from check_ladder(ladder.escalate, (*path, "escalate"))
    yield from check_ladder(pathway.safety.alert.escalate, ("safety", "alert", "escalate"))
    yield from _alert_in_hours(pathway)
    yield from _transport(pathway)
    yield from _doubles(pathway)


def section_titles(pathway: Pathway) -> Iterator[tuple[Path, Title]]:
    """Every title of these sections with its place."""
    for a, form in enumerate(pathway.assessments):
        yield ("assessments", a, "title"), form.title
        for d, domain in enumerate(form.domains):
            yield ("assessments", a, "domains", d, "title"), domain.title
    if pathway.plan is not None:
        for g, goal in enumerate(pathway.plan.goals):
            yield ("plan", "goals", g, "title"), goal.title
        for m, measure in enumerate(pathway.plan.measures):
            yield ("plan", "measures", m, "title"), measure.title


def _ladders(pathway: Pathway) -> Iterator[tuple[Path, Ladder]]:
    consent, safety = pathway.consent, pathway.safety
    yield ("consent", "renewal"), consent.renewal
    yield ("consent", "own"), consent.own
    yield ("consent", "withdrawal"), consent.withdrawal
    yield ("safety", "safe_contact", "verify"), safety.safe_contact.verify
    yield ("safety", "emergency", "contact_plan"), safety.emergency.contact_plan
    yield ("safety", "plan"), safety.plan
    for a, form in enumerate(pathway.assessments):
        yield ("assessments", a, "review"), form.review
    if pathway.plan is not None:
        yield ("plan", "review"), pathway.plan.review
        yield ("plan", "target"), pathway.plan.target


def _alert_in_hours(pathway: Pathway) -> Iterator[Problem]:
    rules = pathway.safety.alert
    spans: list[tuple[Path, Span]] = [(("answer_within",), rules.answer_within)]
    spans += [(("escalate", n, "after"), rung.after) for n, rung in enumerate(rules.escalate)]
    for path, span in spans:
        if span.unit is not Unit.HOURS:
            yield Problem(("safety", "alert", *path), "danger does not wait for office hours: give it in `hours`")


def _transport(pathway: Pathway) -> Iterator[Problem]:
    steps = [step.step for stage in pathway.stages for step in stage.steps]
    for n, key in enumerate(pathway.safety.emergency.transport):
        if key not in steps:
            yield Problem(("safety", "emergency", "transport", n), f"there is no step {key}; {meant(key, steps)}")


def _doubles(pathway: Pathway) -> Iterator[Problem]:
    lists: list[tuple[Path, str, list[str]]] = [
        (("assessments",), "assessment", [a.assessment for a in pathway.assessments]),
        (("consent", "grounds"), "ground", [g.ground.value for g in pathway.consent.grounds]),
    ]
    for a, form in enumerate(pathway.assessments):
        lists.append((("assessments", a, "domains"), "domain", [d.domain for d in form.domains]))
    if pathway.plan is not None:
        lists.append((("plan", "goals"), "goal", [g.goal for g in pathway.plan.goals]))
        lists.append((("plan", "measures"), "measure", [m.measure for m in pathway.plan.measures]))
    for path, word, keys in lists:
        for n, key in enumerate(keys):
            if key in keys[:n]:
                yield Problem((*path, n, word), f"there are two {word}s {key}: give one another key")
