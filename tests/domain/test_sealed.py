"""Sealed text: shows nothing, survives every road."""

from __future__ import annotations

import copy
import pickle

import pytest
from pydantic import ValidationError

from domain.journey.review import ReviewHeld
from domain.sealed import MAX_SEALED_BYTES, Notes, Sealed
from tests.domain.given import NOTE


def test_it_shows_nothing() -> None:
    """Not in a log, a traceback or a message: not even what is encrypted."""
    event = ReviewHeld(note=NOTE)
    for shown in (repr(NOTE), str(NOTE), f"{NOTE}", f"{NOTE!r:>20}", repr(event), str(event), repr([NOTE])):
        assert NOTE.text[4:20] not in shown
        assert "‹sealed›" in shown


def test_it_survives_json_and_bytes() -> None:
    """Sealed on both sides."""
    event = ReviewHeld(note=NOTE)
    assert ReviewHeld.model_validate_json(event.model_dump_json()) == event
    assert Sealed[Notes].from_bytes(NOTE.to_bytes()) == NOTE
    assert NOTE.to_bytes() == bytes(range(64))


def test_it_survives_copying() -> None:
    """Equal, hashable, and still sealed."""
    for other in (copy.copy(NOTE), copy.deepcopy(NOTE), pickle.loads(pickle.dumps(NOTE))):
        assert other == NOTE
        assert hash(other) == hash(NOTE)
        assert str(other) == "‹sealed›"
    assert NOTE.text != NOTE


@pytest.mark.parametrize(
    "text", ["", "Jovana", "pk1.", "pk1.short", "pk1." + "ж" * 60, "pk2." + "a" * 60, "pk1." + "a" * 60 + "\n"]
)
def test_plain_text_is_not_taken_for_sealed(text: str) -> None:
    """And the error does not repeat it."""
    with pytest.raises(ValueError, match="not a sealed text") as direct:
        Sealed[Notes](text)
    with pytest.raises(ValidationError) as parsed:
        ReviewHeld.model_validate({"note": text})
    for error in (direct, parsed):
        assert not text.strip() or text.strip() not in str(error.value) or text == "pk1."


@pytest.mark.parametrize("value", [1, b"pk1." + b"a" * 60, {"text": "x"}, ["x"]])
def test_nothing_but_a_sealed_text_is_parsed(value: object) -> None:
    """No bytes, no numbers, no objects."""
    with pytest.raises(ValidationError, match="not a sealed text"):
        ReviewHeld.model_validate({"note": value})


def test_it_has_a_largest_size() -> None:
    """Longer texts are documents; the error says so."""
    assert Sealed[Notes].from_bytes(bytes(MAX_SEALED_BYTES)).to_bytes() == bytes(MAX_SEALED_BYTES)
    with pytest.raises(ValueError, match="attach longer ones"):
        Sealed[Notes].from_bytes(bytes(MAX_SEALED_BYTES + 9))
