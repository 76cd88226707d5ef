"""What the checks of a pathway say about formal status, screening and residence."""

from __future__ import annotations

from typing import Any

import pytest

from domain.codes import Role
from domain.pathway.check import check
from domain.pathway.formal_status import FormalStatus
from domain.pathway.model import Pathway
from domain.pathway.screening import ScreeningForm
from tests.pathway_examples import small_pathway
from tests.pathway_standing import form

OFFICE = ("formal_status", "deciders", 0)


def changed(*path: Any, to: Any) -> Pathway:
    """The small pathway with one value of these sections changed."""
    pathway = small_pathway()
    ours = {"formal_status", "screening", "residence"}
    body = pathway.model_dump(mode="json", by_alias=True, exclude_none=True, include=ours)
    place: Any = body
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = to
    bare = Pathway.model_validate(
        {**{n: getattr(pathway, n) for n in ("pathway", "version", "title", "stages")}, **body}
    )
    return pathway.model_copy(update={name: getattr(bare, name) for name in ours})


def said(pathway: Pathway) -> list[str]:
    """The messages of the three sections."""
    ours = ("formal_status", "screening", "residence")
    return [problem.message for problem in check(pathway) if problem.path[0] in ours]


def asking(key: str, condition: dict[str, Any]) -> Pathway:
    """The small pathway where the first question named `key` hangs on `condition`."""
    body = form().model_dump(mode="json", by_alias=True, exclude_none=True)
    for section in body["sections"]:
        for question in section["questions"]:
            if question["question"] == key:
                question["ask_when"] = condition
    return small_pathway().model_copy(update={"screening": (ScreeningForm.model_validate(body),)})


def test_the_small_pathway_holds_together() -> None:
    """So that what the others find is what they changed."""
    assert said(small_pathway()) == []


@pytest.mark.parametrize("status", FormalStatus)
def test_every_status_is_somebodys_to_decide(status: FormalStatus) -> None:
    """Else it could never be recorded."""
    rules = small_pathway().formal_status
    assert rules is not None
    without = [d.model_copy(update={"decides": tuple(s for s in d.decides if s is not status)}) for d in rules.deciders]
    pathway = small_pathway().model_copy(update={"formal_status": rules.model_copy(update={"deciders": without})})
    assert [m for m in said(pathway) if m.startswith(f"nobody decides {status.value}")]


@pytest.mark.parametrize(
    ("key", "condition", "message"),
    [
        ("company", {"question": "worries", "is": "papers"}, "no question worries is asked before this one"),
        ("company", {"question": "company", "is": "family"}, "no question company is asked before this one"),
        ("company", {"question": "alnoe", "is": "no"}, "did you mean alone?"),
        ("company", {"question": "alone", "is": "maybe"}, "alone is never answered maybe; possible are: yes, no"),
        ("company", {"question": "alone", "at_least": 3}, "alone is not answered in days: use `is`"),
        ("worries", {"all": [{"not": {"question": "company", "is": "nobody"}}]}, "company is never answered nobody"),
    ],
)
def test_a_question_hangs_on_answers_that_are_given_before_it(key: str, condition: Any, message: str) -> None:
    """By a name that is asked, and an answer that it can have."""
    assert [m for m in said(asking(key, condition)) if message in m]


@pytest.mark.parametrize(
    ("path", "to", "message"),
    [
        (("formal_status", "deciders", 1, "decider"), "office", "there are two deciders office"),
        (("residence", "kinds", 1, "kind"), "short", "there are two kinds short"),
        (("residence", "kinds", 1, "grounds", 1, "ground"), "opinion", "there are two grounds opinion"),
        (("residence", "alarm", "to"), ["supervisor"], "the alarm may reach nobody: add `on-call`"),
        (("residence", "alarm", "every"), {"count": 4, "unit": "hours"}, "counted in days"),
        (("residence", "alarm", "every"), {"count": 0}, "counted in days"),
        (("residence", "kinds", 0, "lasts"), {"count": 90, "unit": "hours"}, "counted in days"),
        (("residence", "remind", 0, "before"), {"count": 12, "unit": "hours"}, "counted in days"),
        (("screening", 0, "sections", 1, "section"), "first", "there are two sections first"),
        (("screening", 0, "sections", 1, "questions", 0, "question"), "alone", "there are two questions alone"),
        (("screening", 0, "sections", 0, "questions", 1, "choices", 1, "choice"), "family", "two choices family"),
        (("screening", 0, "sections", 0, "questions", 1, "choices", 1, "choice"), "unknown", "two choices unknown"),
        (("residence", "kinds", 0, "title", "sr"), "Boravak", "Latin letters"),
        (("screening", 0, "sections", 0, "questions", 0, "title", "en"), "Сам", "Cyrillic letters"),
    ],
)
def test_what_does_not_hold_together_is_said(path: tuple[Any, ...], to: Any, message: str) -> None:
    """In a sentence that says what to do."""
    assert [m for m in said(changed(*path, to=to)) if message in m]


def test_two_forms_have_two_names() -> None:
    """Else nobody knows which was saved."""
    pathway = small_pathway().model_copy(update={"screening": (form(), form())})
    assert [m for m in said(pathway) if m.startswith("there are two forms talk")]


@pytest.mark.parametrize(
    ("kind", "choices", "message"),
    [("choice", [], "needs `choices`"), ("yes-no", [{"choice": "a", "title": {"sr": "А", "en": "A"}}], "has no")],
)
def test_choices_belong_to_a_choice(kind: str, choices: list[Any], message: str) -> None:
    """And a question of yes or no has its own."""
    place = ("screening", 0, "sections", 0, "questions", 0)
    body = {"question": "alone", "title": {"sr": "Сам", "en": "Alone"}, "kind": kind, "choices": choices}
    with pytest.raises(ValueError, match=message):
        changed(*place, to=body)


def test_the_alarm_reaches_who_is_on_call_in_the_pathway_of_astra() -> None:
    """A named person at the end."""
    from tests.pathways.test_published import ASTRA

    assert ASTRA.residence is not None
    assert Role.ON_CALL in ASTRA.residence.alarm.to
