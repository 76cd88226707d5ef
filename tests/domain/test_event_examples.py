"""Every event has its example, and every part of a journey folds it."""

from __future__ import annotations

import pytest

import domain.contact.kind
import domain.message
from domain.contact.contacts import CONTACTS
from domain.event import EVENT_TYPES, Event
from domain.journey.folding import FOLDING
from domain.stream.dispatching import CommandRelayed
from domain.stream.extending import LadderExtended
from domain.stream.firing import RungsFired
from domain.stream.withdrawing import AppointmentWithdrawn
from tests.domain.event_examples import EXAMPLES


def test_every_event_has_one_example() -> None:
    """A class without one would be written and never looked at."""
    known = {t for t, cls in EVENT_TYPES.items() if cls.__module__.startswith("domain.")}
    assert domain.message.__name__
    assert domain.contact.kind.PARTS
    assert set(EXAMPLES) == known


@pytest.mark.parametrize("topic", EXAMPLES)
def test_an_example_has_every_field_filled_and_survives_json(topic: str) -> None:
    """So that a field that changes its form is seen."""
    event = EXAMPLES[topic]
    fields = {name for name, field in type(event).model_fields.items() if field.annotation is not type(None)}
    assert set(event.model_dump(exclude_none=True)) == fields
    assert type(event).model_validate_json(event.model_dump_json(exclude_none=True)) == event


def test_every_event_of_a_journey_is_folded() -> None:
    """One that is not would stop its journey for ever."""
    shared: set[type[Event]] = {RungsFired, CommandRelayed, LadderExtended, AppointmentWithdrawn}
    assert {cls for t, cls in EVENT_TYPES.items() if t.startswith("journey.")} == FOLDING.events - shared


def test_every_event_of_a_contact_is_folded() -> None:
    """As of a journey."""
    shared: set[type[Event]] = {RungsFired, CommandRelayed, LadderExtended, AppointmentWithdrawn}
    assert {cls for t, cls in EVENT_TYPES.items() if t.startswith("contact.")} == CONTACTS.folding.events - shared
