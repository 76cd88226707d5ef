"""Bodies for ever: every version ever written is read, and what cannot be read says so without showing it."""

from __future__ import annotations

from enum import Enum
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.errors import DefinitionError, EventUnreadable
from domain.event import Event, upcaster
from domain.values import Value
from eventlog.bodies import decode, decoded, encode, topic_column
from eventlog.log import EventLog
from tests.fix_eventlog import administrator, pings

SECRET = "Milica"


class Colour(Enum):
    """For a body with an enum."""

    RED = "red"


class Painted(Event, topic="test.painted", version=3):
    """Version 1 had `color`, 2 had `colour`, 3 counts the coats."""

    colour: Colour
    coats: int
    painter: UUID | None = None


@upcaster("test.painted", 1)
def _british(body: dict[str, Any]) -> dict[str, Any]:
    return {"colour": body["color"]}


@upcaster("test.painted", 2)
def _one_coat(body: dict[str, Any]) -> dict[str, Any]:
    return {**body, "coats": 1}


class Inner(Value):
    """Would come back with 5 where None was written."""

    count: int | None = 5


class Forgetful(Event, topic="test.forgetful"):
    """Would not come back at all where nobody is named."""

    person: UUID | None
    inner: Inner


class Gap(Event, topic="test.gap", version=2):
    """Somebody forgot the upcaster."""


def test_a_body_is_json_without_what_is_none() -> None:
    """Topic and schema version stand in the topic column."""
    assert encode(Painted(colour=Colour.RED, coats=2)) == ("test.painted@3", b'{"colour":"red","coats":2}')


def test_a_body_comes_back_equal() -> None:
    """Ids and enums included."""
    event = Painted(colour=Colour.RED, coats=2, painter=uuid4())
    assert decode(*encode(event)) == event


@pytest.mark.parametrize(
    ("topic", "state"),
    [
        ("test.painted@1", b'{"color":"red"}'),
        ("test.painted@2", b'{"colour":"red"}'),
        ("test.painted@3", b'{"colour":"red","coats":1}'),
    ],
)
def test_older_bodies_pass_their_upcasters(topic: str, state: bytes) -> None:
    """One after the other, up to the version of today."""
    assert decode(topic, state) == Painted(colour=Colour.RED, coats=1)


@pytest.mark.parametrize(
    ("topic", "state", "reason"),
    [
        ("test.nobody-knows@1", b"{}", "no such topic"),
        ("test.painted@4", b'{"colour":"red","coats":1}', "versions 1 to 3"),
        ("test.painted@0", b"{}", "versions 1 to 3"),
        ("test.painted@x", b"{}", "versions 1 to 3"),
        ("test.painted", b"{}", "no such topic"),
        ("test.gap@1", b"{}", "no upcaster from version 1"),
        ("test.painted@3", b'{"colour":"Milica","coats":1}', "enum"),
        ("test.painted@3", b'{"colour":"red","coats":1,"Milica":"Milica"}', "extra_forbidden"),
        ("test.painted@3", b"Milica", "json_invalid"),
        ("test.painted@1", b"Milica", "JSONDecodeError"),
        ("test.painted@1", b'{"Milica":1}', "KeyError"),
        ("test.painted@2", b'["Milica"]', "TypeError"),
        ("test.painted@1", b"\xff", "UnicodeDecodeError"),
    ],
)
def test_what_cannot_be_read_says_why_and_shows_nothing(topic: str, state: bytes, reason: str) -> None:
    """Neither in its text nor in any error that hangs on it."""
    with pytest.raises(EventUnreadable, match=reason) as caught:
        decode(topic, state)
    assert SECRET not in repr(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None


def test_an_unreadable_event_stops_its_stream_only(event_log: EventLog, log_database: str) -> None:
    """A page gives raw rows, so that a projection parks the one and goes on with the others."""
    event_log.append(pings("contact-1", 0))
    event_log.append(pings("contact-2", 0))
    with administrator(log_database) as root:
        root.execute("UPDATE eventlog.stored_events SET topic = 'test.removed@1' WHERE notification_id = 1")
    poisoned, healthy = event_log.page(0)
    with pytest.raises(EventUnreadable):
        decoded([poisoned])
    assert decoded([healthy])[0].stream == "contact-2"
    assert event_log.load("contact-2").version == 1
    with pytest.raises(EventUnreadable):
        event_log.load("contact-1")


def test_a_none_that_would_be_lost_is_found_before_it_is_written() -> None:
    """None is left out of the body, so it must be what the reader puts in again."""
    with pytest.raises(DefinitionError, match=r"Forgetful\.person, Inner\.count"):
        topic_column(Forgetful)
