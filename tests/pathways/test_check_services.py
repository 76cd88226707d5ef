"""Each rule of the catalogue's check, on the small one with one thing changed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from domain.codes import Role
from domain.pathway.check import check
from domain.pathway.common import EscalateRung, Span, Title
from domain.pathway.problem import Path
from domain.pathway.services import FieldType, FollowUp, Services, Situation, SituationRule
from tests.pathway_examples import small_pathway
from tests.service_examples import LATE, small_services

SMALL = small_services()


def with_kind(key: str, **fields: Any) -> Services:
    """The small catalogue with one kind changed."""
    kinds = tuple(k.model_copy(update=fields) if k.service == key else k for k in SMALL.kinds)
    return SMALL.model_copy(update={"kinds": kinds})


def with_term(**fields: Any) -> Services:
    """The small catalogue with its term changed."""
    papers = SMALL.find("papers")
    assert papers is not None
    return with_kind("papers", terms=(papers.terms[0].model_copy(update=fields),))


def with_rule(when: Situation, **fields: Any) -> Services:
    """The small catalogue with one common rule changed."""
    situations = tuple(p.model_copy(update=fields) if p.when is when else p for p in SMALL.situations)
    return SMALL.model_copy(update={"situations": situations})


KINDS = ("services", "kinds")
LATIN = Title(sr="Usluga", en="Service")
WRONG: list[tuple[Callable[[], Services], Path, str]] = [
    (lambda: with_kind("exam", group="halp"), (*KINDS, 1, "group"), "did you mean help?"),
    (lambda: with_kind("exam", holds=("languge",)), (*KINDS, 1, "holds", 0), "did you mean language?"),
    (lambda: with_kind("exam", service="talk"), (*KINDS, 1), "defined twice"),
    (lambda: with_kind("exam", title=LATIN), (*KINDS, 1, "title", "sr"), "Latin letters"),
    (lambda: with_kind("exam", help=LATIN), (*KINDS, 1, "help", "sr"), "Latin letters"),
    (lambda: with_kind("talk", follow_up=FollowUp()), (*KINDS, 0, "follow_up"), "without any span"),
    (lambda: with_kind("talk", follow_up=None), (*KINDS, 0, "crisis_within"), "add `follow_up`"),
    (
        lambda: with_kind("exam", situations=(SituationRule(when=Situation.SEARCH, escalate=LATE),)),
        (*KINDS, 1, "situations", 0, "when"),
        "concerns no single service",
    ),
    (
        lambda: with_kind("exam", situations=(SituationRule(when=Situation.NEEDED, within=Span(count=1)),)),
        (*KINDS, 1, "situations", 0, "escalate"),
        "nobody is told",
    ),
    (lambda: with_term(after="language"), (*KINDS, 2, "terms", 0, "after"), "no date that this service holds"),
    (lambda: with_term(until="country"), (*KINDS, 2, "terms", 0, "until"), "known: filed-on, answered-on"),
    (lambda: with_term(escalate=LATE[:1]), (*KINDS, 2, "terms", 0, "escalate"), "ends at supervisor"),
    (lambda: with_term(title=LATIN), (*KINDS, 2, "terms", 0, "title", "sr"), "Latin letters"),
    (
        lambda: SMALL.model_copy(update={"situations": SMALL.situations[1:]}),
        ("services", "situations"),
        "no rule for needed",
    ),
    (
        lambda: SMALL.model_copy(update={"situations": (*SMALL.situations, SMALL.situations[0])}),
        ("services", "situations", len(SMALL.situations), "when"),
        "two rules",
    ),
    (
        lambda: with_rule(Situation.NEEDED, within=Span(count=0)),
        ("services", "situations", 0, "within"),
        "has no length",
    ),
    (
        lambda: with_rule(Situation.SCHEDULED, within=Span(count=1)),
        ("services", "situations", 4, "within"),
        "comes from elsewhere",
    ),
    (
        lambda: with_rule(Situation.NEEDED, escalate=(EscalateRung(after=Span(count=1), to=Role.SUPERVISOR),)),
        ("services", "situations", 0, "escalate"),
        "ends at supervisor",
    ),
    (
        lambda: SMALL.model_copy(update={"fields": (*SMALL.fields, SMALL.fields[0])}),
        ("services", "fields", len(SMALL.fields)),
        "defined twice",
    ),
    (
        lambda: SMALL.model_copy(
            update={"fields": (SMALL.fields[0].model_copy(update={"type": FieldType.CHOICE}), *SMALL.fields[1:])}
        ),
        ("services", "fields", 0, "choices"),
        "a choice has `choices`",
    ),
]


@pytest.mark.parametrize(("services", "path", "said"), WRONG)
def test_a_wrong_catalogue_has_a_problem_at_its_place(services: Callable[[], Services], path: Path, said: str) -> None:
    """One change, one place, one sentence."""
    found = check(small_pathway().model_copy(update={"services": services()}))
    assert any(p.path == path and said in p.message for p in found), found


def test_a_pathway_needs_no_catalogue() -> None:
    """Organisations may have none."""
    assert check(small_pathway().model_copy(update={"services": None})) == []
