"""Free text is sealed by one piece of code, whatever command it comes with: for its compartment, never in the clear."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.command import COMMAND_TYPES, CommandInvalid, sealed_fields
from domain.sealed import Compartment, Sealed
from staff.api.commands import INNER
from staff.sealing import sealed_command

SECRET = "Нечија тајна"
KINDS = sorted(kind for kind in COMMAND_TYPES if kind not in INNER and sealed_fields(kind))
"""Every command of people with a free text."""
Sealing = Callable[[Compartment, str, str], str]


@pytest.fixture
def places() -> dict[str, Compartment]:
    """For which compartment each field was sealed."""
    return {}


@pytest.fixture
def seal(places: dict[str, Compartment]) -> Sealing:
    """Something that only looks sealed."""

    def sealed(compartment: Compartment, field: str, text: str) -> str:
        assert text == SECRET
        places[field] = compartment
        return Sealed[Any].from_bytes(bytes(range(60))).text

    return sealed


@pytest.mark.parametrize("kind", KINDS)
def test_every_free_text_is_sealed_for_its_compartment(
    kind: str, seal: Sealing, places: Mapping[str, Compartment]
) -> None:
    """Whether it stands among the fields or beside them; what is no free text is left as it is."""
    known = sealed_fields(kind)
    texts = dict.fromkeys(known, SECRET)
    among = sealed_command(kind, {"seen": 3, **texts}, seal)
    assert places == known
    assert set(among) == {"seen", *known}
    assert SECRET not in json.dumps(among, ensure_ascii=False)
    assert sealed_command(kind, {"seen": 3}, seal, texts) == among
    assert sealed_command(kind, among, seal) == among, "what is sealed already is not sealed again"


def test_a_blank_text_is_none(seal: Sealing) -> None:
    """A form that was left empty says nothing."""
    assert sealed_command("advance-step", {"step": "plan", "note": "  "}, seal) == {"step": "plan"}


def test_a_text_without_a_place_is_refused_and_not_repeated(seal: Sealing) -> None:
    """Whatever its name."""
    with pytest.raises(CommandInvalid) as refused:
        sealed_command("advance-step", {}, seal, {"plan": SECRET})
    assert refused.value.problems == ("texts.plan: no such free text here",)
    assert SECRET not in str(refused.value)


def test_the_fields_of_another_type_are_left_for_the_parser(seal: Sealing) -> None:
    """It names them."""
    order = {"journey": str(uuid4()), "note": 7, "by": UUID(int=1)}
    assert sealed_command("advance-step", order, seal) == order
