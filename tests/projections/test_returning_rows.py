"""What file, page and command line show of returns and reintegration: the rows are read back as a page reads them."""

from __future__ import annotations

import json

import pytest
from pydantic import TypeAdapter

from domain.journey.returning.codes import (
    CheckOutcome,
    CheckStatus,
    DocumentStatus,
    ReceiverStatus,
    ReturnStatus,
    StopReason,
    Verdict,
)
from domain.journey.returning.commands import HoldReturnCheck, StopReturn
from domain.journey.service_plan.goals import SetGoal
from projections.folded import Folded
from projections.journey_file.handler import document
from projections.journey_file.model import Document
from staff.i18n.locale import Locale
from staff.i18n.words import Words
from staff.pages.reintegration import reintegration_facts
from staff.pages.returning import return_facts
from staff.titles import Titles
from tests.domain.given import JOURNEY, Given
from tests.domain.returning.home import LEAVES, begun, departed, passport, ready, received, returned
from tests.domain.returning.test_reintegration import done, started
from tests.returning_examples import PARTNER, RECEIVER
from worker.cli.parts_shown import show_parts


def shown(at: Given) -> Document:
    """The document as it comes back."""
    stored = json.dumps(document(Folded(JOURNEY, at.state, 1)), default=str)
    return TypeAdapter(Document).validate_json(stored)


def lines(at: Given) -> tuple[tuple[str, ...], list[str]]:
    """What the box says of the first return: its details, and the lines under it."""
    titles = Titles(at.pathway, Words(Locale.ENGLISH))
    fact, under = return_facts(shown(at).returns, titles)[0]
    return fact.details, under


def test_a_return_is_shown_with_what_it_has_and_what_is_owed() -> None:
    """Versions are those of the parts: a form sends them back."""
    (row,) = shown(ready()).returns
    assert (row.part, row.version, row.status) == ("return:1", returned(ready()).version, ReturnStatus.PREPARING)
    assert (row.partner, row.verdict, row.receiver) == (PARTNER, Verdict.CLEAR, RECEIVER)
    assert (row.receiver_status, row.departs_at, row.through) == (ReceiverStatus.AGREED, LEAVES, ("HU",))
    assert [(d.document, d.status) for d in row.documents] == [("passport", DocumentStatus.READY)]
    assert [o.item for o in row.owed] == ["departure"]
    checked = received().having(HoldReturnCheck(number=1, check="after-3-months", outcome=CheckOutcome.SAFE))
    (after,) = shown(checked).returns
    assert {c.check: c.status for c in after.checks}["after-3-months"] is CheckStatus.HELD
    assert after.received_by == RECEIVER


def test_the_box_says_what_is_missing_and_that_all_is_there() -> None:
    """A passport that is only watched over is there."""
    details, under = lines(begun())
    assert details == ("going home", "Moldova", "being prepared")
    assert len([line for line in under if line.startswith("missing: ")]) == 6
    details, under = lines(ready().having(passport(valid_until=LEAVES.date())))
    assert details[-1] == "everything is ready for the departure"
    assert not [line for line in under if line.startswith("missing: ")]


def test_the_box_says_who_has_not_heard_that_it_is_off() -> None:
    """By number: names are in the directory."""
    details, under = lines(departed().having(StopReturn(number=1, reason=StopReason.TURNED_BACK)))
    assert details[-1] == "turned back on the way"
    assert "2 partners not told yet" in under


def test_reintegration_is_shown_with_its_goals_and_next_review() -> None:
    """One of two goals is over."""
    at = done().having(SetGoal(goal="schooling", target_on=LEAVES.date()))
    row = shown(at).reintegration
    assert row is not None
    assert (row.counted, row.settled, row.reviews) == (2, 1, 0)
    told = reintegration_facts(row, Titles(at.pathway, Words(Locale.ENGLISH)))
    assert told[:2] == ["under way", "goals: 1 of 2 settled"]
    assert told[-1].startswith("next review by ")
    assert reintegration_facts(None, Titles(at.pathway, Words(Locale.ENGLISH))) == []


def test_the_command_line_shows_both(capsys: pytest.CaptureFixture[str]) -> None:
    """Codes only."""
    show_parts(shown(started()))
    show_parts(shown(ready()))
    out = capsys.readouterr().out
    assert "reintegration" in out
    assert "return:1" in out
