"""What may stand in an event: nothing that could hold free text or an ambiguous time."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, NewType
from uuid import UUID

import pytest
from pydantic import AwareDatetime, Field, StringConstraints, create_model

from domain.errors import DefinitionError
from domain.event import EVENT_TYPES, Event, forbidden_fields, upcaster
from domain.sealed import Health, Identity, Legal, Notes, Sealed
from domain.values import Article, Code, CodePattern, ObligationKey, Value, Zone

Name = NewType("Name", str)


class Colour(StrEnum):
    """A closed list."""

    RED = "red"


class Talkative(Value):
    """A value that holds free text."""

    words: str


class Nested(Value):
    """A value that holds one that does."""

    inner: tuple[Talkative, ...]


class Quiet(Value):
    """A value that holds none."""

    at: AwareDatetime
    limb: tuple[Code, ...]


def problems(hint: Any) -> list[str]:
    """What is wrong with a field of this type."""
    return forbidden_fields(create_model("Model", field=(hint, ...)))


def unplaced(hint: object) -> str:
    """The hint as a test's name: the same in every process, so without addresses in memory."""
    return re.sub(r" at 0x[0-9a-f]+", "", str(hint))


@pytest.mark.parametrize(
    "hint",
    [
        str,
        str | None,
        int | str,
        list[str],
        tuple[str, ...],
        frozenset[str],
        set[UUID],
        list[UUID],
        dict[str, int],
        dict,
        tuple,
        Any,
        object,
        bytes,
        float,
        Name,
        Talkative,
        Nested,
        tuple[Nested, ...],
        Annotated[str, Field(max_length=10)],
        Annotated[str, StringConstraints(pattern="^[a-z]+$")],
        Annotated[str, CodePattern()],
        Annotated[str, CodePattern(), StringConstraints(max_length=64)],
        Literal["red"] | str,
        Event,
    ],
    ids=unplaced,
)
def test_what_could_hold_free_text_is_refused(hint: Any) -> None:
    """However deep it is hidden; the reason names the field."""
    (problem,) = problems(hint)
    assert problem.startswith("field: ")


@pytest.mark.parametrize("hint", [datetime, datetime | None, tuple[datetime, ...]], ids=str)
def test_a_datetime_without_a_zone_is_refused(hint: Any) -> None:
    """It is no instant."""
    assert "AwareDatetime" in problems(hint)[0]


def test_what_is_sealed_for_no_compartment_is_refused() -> None:
    """Nobody would have the key."""
    anything: Any = str
    assert "compartment" in problems(Sealed[anything])[0]
    assert problems(Sealed)


@pytest.mark.parametrize(
    "hint",
    [
        UUID,
        date,
        time,
        int,
        bool,
        Decimal,
        Colour,
        Literal["red"],
        AwareDatetime,
        AwareDatetime | None,
        Annotated[AwareDatetime, Field(ge=datetime(1990, 1, 1, tzinfo=UTC))],
        Code,
        ObligationKey,
        Article,
        Zone,
        tuple[Code, ...],
        frozenset[Colour],
        Quiet,
        tuple[Quiet, ...] | None,
        Sealed[Notes],
        Sealed[Identity] | None,
        Sealed[Legal],
        Sealed[Health],
    ],
    ids=unplaced,
)
def test_ids_codes_dates_and_sealed_text_are_taken(hint: Any) -> None:
    """Alone, optional, in tuples and in values."""
    assert problems(hint) == []


def test_an_event_with_free_text_cannot_even_be_defined() -> None:
    """Not in a review, but when its module is loaded."""
    with pytest.raises(DefinitionError, match="Gossip: words"):

        class Gossip(Event, topic="test.gossip"):
            words: str

    assert "test.gossip" not in EVENT_TYPES


def test_a_topic_belongs_to_one_class() -> None:
    """Or an old body would be read as something else."""
    with pytest.raises(DefinitionError, match=r"journey\.opened belongs to JourneyOpened"):

        class Again(Event, topic="journey.opened"):
            pass


def test_a_version_has_one_upcaster() -> None:
    """Two would be a matter of luck."""

    def same(body: dict[str, Any]) -> dict[str, Any]:
        return body

    upcaster("test.nothing", 1)(same)
    with pytest.raises(DefinitionError, match="two upcasters"):
        upcaster("test.nothing", 1)(same)


def test_no_event_repeats_its_envelope() -> None:
    """Stream, version, who and when recorded stand beside the body."""
    envelope = {"stream", "version", "recorded_at", "actor", "command_id", "position"}
    assert not [t for t, cls in EVENT_TYPES.items() if envelope & set(cls.model_fields)]
