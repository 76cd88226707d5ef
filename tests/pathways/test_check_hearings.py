"""Each rule of the check of hearings, on the small pathway with courts and one thing changed."""

from __future__ import annotations

from typing import Any

import pytest

from domain.codes import ObligationKind
from domain.pathway.check import check
from domain.pathway.hearings import Hearings
from domain.pathway.problem import Path
from domain.pathway.titles import title_of
from tests.hearing_examples import TITLE, court_pathway, hearings

COURT = court_pathway()
SPAN: dict[str, Any] = {"count": 1, "unit": "hours"}


def broken(path: Path, value: Any) -> Hearings:
    """The section with one place changed."""
    body = hearings().model_dump()
    place: Any = body
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return Hearings.model_validate(body)


WRONG: list[tuple[Path, Any, Path, str]] = [
    (("kinds", 0, "ladder"), "curt", ("kinds", 0, "ladder"), "did you mean court?"),
    (("kinds", 1, "trap"), "claim", ("kinds", 1, "trap"), "there is no trap claim"),
    (("kinds", 0, "arrangements"), ["interpretor"], ("kinds", 0, "arrangements", 0), "did you mean interpreter?"),
    (("kinds", 1, "hearing"), "witness", ("kinds", 1, "hearing"), "stands twice"),
    (("ladders", 0, "escalate"), [], ("ladders", 0, "escalate"), "`to: on-call`"),
    (
        ("ladders", 0, "after_postponement", "remind"),
        [{"before": {"count": 40, "unit": "calendar-days"}}],
        ("ladders", 0, "after_postponement", "remind", 0, "before"),
        "never be sent",
    ),
    (("arrangements", 0, "escalate"), [], ("arrangements", 0), "nobody is told"),
    (("arrangements", 0, "before"), SPAN, ("arrangements", 0, "escalate", 0, "before"), "before it is due"),
    (("traps", 0, "within"), {"count": 1, "unit": "working-days"}, ("traps", 0, "within"), "weekend or not"),
    (("plans", 0, "tasks", 0, "span"), SPAN, ("plans", 0, "tasks", 0, "span"), "a plan counts days"),
    (("plans", 0, "tasks", 4, "follows"), "arival", ("plans", 0, "tasks", 4, "follows"), "did you mean arrival?"),
    (("plans", 0, "tasks", 1, "follows"), "consent", ("plans", 0, "tasks", 1, "follows"), "`side: after`"),
    (("traps", 0, "law"), ["zpp-304-absnt"], ("traps", 0, "law", 0), "did you mean zpp-304-absent?"),
    (("traps", 0, "law"), ["zpp-311-absent"], ("traps", 0, "articles"), "the legal calendar says ZPP 311 (2)"),
    (("traps", 0, "law"), ["zkp-52-absent"], ("kinds", 1, "trap"), "criminal proceedings only"),
    (
        ("plans", 0, "tasks", 0, "covered_by"),
        ["wish"],
        ("plans", 0, "tasks", 0, "covered_by", 0),
        "a return owes no wish",
    ),
    (("kinds", 0, "title", "sr"), "Rociste", ("kinds", 0, "title", "sr"), "Latin letters"),
]


def test_the_example_holds_together() -> None:
    """No problem and no warning."""
    assert check(COURT) == []


@pytest.mark.parametrize(("path", "value", "place", "words"), WRONG, ids=[".".join(map(str, w[0])) for w in WRONG])
def test_a_fault_is_named_with_its_place(path: Path, value: Any, place: Path, words: str) -> None:
    """And a sentence that says what to do."""
    found = check(COURT.model_copy(update={"hearings": broken(path, value)}))
    assert any(p.path == ("hearings", *place) and words in p.message for p in found), found


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        (ObligationKind.HEARING, "witness"),
        (ObligationKind.HEARING_COMPANION, "support"),
        (ObligationKind.HEARING_ARRANGEMENT, "interpreter"),
        (ObligationKind.HEARING_ACKNOWLEDGEMENT, "claim-withdrawn"),
        (ObligationKind.HEARING_TASK, "ticket"),
    ],
)
def test_what_is_owed_has_a_title(kind: ObligationKind, what: str) -> None:
    """From the section; what is not there, and a pathway without courts, has none."""
    assert title_of(COURT, kind, what) == TITLE
    assert title_of(COURT, kind, "nothing") is None
    assert title_of(COURT.model_copy(update={"hearings": None}), kind, what) is None
