"""Commands on the wire: what is sent comes back, and an error never repeats what was sent."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given as hypothesis_given
from hypothesis import strategies as st

from domain.codes import StepOutcome
from domain.command import (
    COMMAND_TYPES,
    Command,
    CommandInvalid,
    from_wire,
    parse,
    sealed_fields,
    texts_to_seal,
    to_wire,
)
from domain.errors import DefinitionError
from domain.journey.advancing import AdvanceStep
from domain.journey.opening import OpenJourney
from domain.sealed import Compartment
from tests.domain.given import MILA, MONDAY, NOTE
from tests.pathway_examples import small_pin

SECRET = "Jovana Petrović 0641234567"


@pytest.mark.parametrize(
    "command",
    [
        OpenJourney(pin=small_pin(), caseworker=MILA, note=NOTE, occurred_at=MONDAY),
        AdvanceStep(step="contact", outcome=StepOutcome.DONE, seen=3, next_on=MONDAY.date(), next_at=MONDAY, note=NOTE),
    ],
)
def test_a_command_comes_back_as_it_was_sent(command: Command) -> None:
    """With its kind, its dates and its sealed note."""
    assert json.loads(to_wire(command))["kind"] == command.kind
    assert from_wire(to_wire(command)) == command


@pytest.mark.parametrize(
    "body",
    [
        {"kind": SECRET},
        {"kind": "advance-step", "step": SECRET, "outcome": "done"},
        {"kind": "advance-step", "step": "contact", "outcome": SECRET},
        {"kind": "advance-step", "step": "contact", "outcome": "done", "note": SECRET},
        {"kind": "advance-step", "step": "contact", "outcome": "done", "next_on": SECRET, "next_at": SECRET},
        {"kind": "advance-step", "step": "contact", "outcome": "done", "seen": SECRET},
        {"kind": "advance-step", "step": "contact", "outcome": "done", SECRET: 1},
        {"kind": "assign", "role": SECRET, "staff": SECRET},
        {"kind": "open-journey", "pin": {"name": SECRET, "version": SECRET, "sha256": SECRET, SECRET: SECRET}},
        {"kind": "open-journey", "pin": SECRET},
    ],
    ids=lambda b: str(b)[:60],
)
def test_an_error_repeats_nothing_that_was_sent(body: dict[str, Any]) -> None:
    """It names the fields, in our names."""
    with pytest.raises(CommandInvalid) as invalid:
        from_wire(json.dumps(body))
    for word in SECRET.split():
        assert word not in str(invalid.value)
    assert invalid.value.problems
    assert invalid.value.__cause__ is None
    assert invalid.value.__context__ is None or invalid.value.__suppress_context__


def test_an_error_names_every_field_at_fault() -> None:
    """So that a form can show each beside its field."""
    with pytest.raises(CommandInvalid) as invalid:
        parse("advance-step", {"outcome": "soon", "seen": -1})
    assert sorted(p.split(":")[0] for p in invalid.value.problems) == ["outcome", "seen", "step"]


def test_an_unknown_kind_is_answered_with_the_known_ones() -> None:
    """A typing error is found at once."""
    with pytest.raises(CommandInvalid, match="advance-step"):
        from_wire('{"kind": "advance"}')


@pytest.mark.parametrize(
    "text", ["", "nonsense", "[]", "3", "null", '"x"', "[" * 100_000, '{"kind": ' + "1" * 5000 + "}"]
)
def test_what_is_no_command_is_refused(text: str) -> None:
    """Also what would exhaust a parser."""
    with pytest.raises(CommandInvalid):
        from_wire(text)


_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@hypothesis_given(st.sampled_from(sorted(COMMAND_TYPES)), st.data())
def test_whatever_is_sent_is_a_command_or_invalid(kind: str, data: st.DataObject) -> None:
    """Never another error."""
    fields = sorted(COMMAND_TYPES[kind].model_fields)
    body = data.draw(st.dictionaries(st.sampled_from([*fields, "other"]) | st.text(), _values, max_size=6))
    with suppress(CommandInvalid):
        command = parse(kind, body)
        assert from_wire(to_wire(command)) == command


def test_a_command_with_free_text_cannot_be_defined() -> None:
    """The rule of events holds for commands too; and a kind belongs to one class."""
    with pytest.raises(DefinitionError, match="Tell: words"):

        class Tell(Command, kind="test-tell"):
            words: str

    with pytest.raises(DefinitionError, match="assign belongs to Assign"):

        class AssignAgain(Command, kind="assign"):
            pass


def test_the_edge_knows_which_fields_are_free_text_and_for_whom() -> None:
    """Each with its own compartment; a kind that nobody knows has none."""
    assert sealed_fields("agree-safe-contact") == {
        "neutral_name": Compartment.IDENTITY,
        "code_word": Compartment.IDENTITY,
        "note": Compartment.NOTES,
    }
    assert sealed_fields("agree-safety-plan") == {"plan": Compartment.NOTES}
    assert sealed_fields("no-such-kind") == {}


def test_texts_are_found_with_their_compartments() -> None:
    """So that the edge seals each of them before it travels, whatever the command."""
    fields = sealed_fields("start-proceedings")
    assert fields == {
        "court_name": Compartment.LEGAL,
        "case_number": Compartment.LEGAL,
        "note": Compartment.NOTES,
    }
    given = {"matter": "criminal", "case_number": "K 9/20", "note": "pk1." + "A" * 60}
    assert texts_to_seal("start-proceedings", given) == {"case_number": "K 9/20"}
    assert sealed_fields("no-such-command") == {}
