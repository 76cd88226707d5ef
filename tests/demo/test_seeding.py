"""The caseload on a real log: written once and the same, whatever interrupts it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from domain.codes import StallCause
from domain.event import Event, Recorded
from domain.journey.state import PREFIX
from domain.message import MessageSent, message_stream
from domain.sealed import Compartment, Sealed
from domain.stream.firing import RungsFired
from domain.stream.withdrawing import AppointmentWithdrawn
from eventlog.bodies import recorded
from eventlog.log import EventLog
from projections.loop import Projector
from projections.reader import Reader
from projections.stalled_board.queries import StalledFilter, stalled
from tests.demo.conftest import Offices
from tests.fix_eventlog import as_role
from worker.demo.caseload import Seeded, seed
from worker.demo.staff import MILA, STAFF
from worker.parts import Parts
from workflows.messages import Phase, Start

NOW = datetime(2026, 11, 22, 10, 17, 3, tzinfo=UTC)
"""A Sunday."""


class CutOff(Exception):
    """What a killed process does not get to say."""


@pytest.fixture(scope="module")
def whole(offices: Offices) -> tuple[str, Parts, Seeded]:
    """An office after one seeding."""
    dsn, parts = offices()
    told: list[tuple[int, int]] = []
    seeded = seed(parts, now=NOW, progress=lambda done, every: told.append((done, every)))
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] > len(told) > 10
    return dsn, parts, seeded


def rows(log: EventLog) -> Iterator[Recorded[Event]]:
    after = 0
    while page := log.page(after, 500):
        yield from map(recorded, page)
        after = page[-1].position


def told(parts: Parts) -> list[tuple[Any, ...]]:
    """Everything in the log; sealed texts differ by their nonces, so only that there is one is compared."""
    return [
        (
            r.stream,
            r.version,
            r.recorded_at,
            r.actor,
            r.command_id,
            r.event.model_copy(update={name: True for name, value in r.event if isinstance(value, Sealed)}),
        )
        for r in rows(parts.log)
    ]


def test_a_seeding_is_long_enough_and_quick(whole: tuple[str, Parts, Seeded]) -> None:
    """Forty journeys. The bound is generous: a busy machine runs this as well."""
    _, parts, seeded = whole
    assert seeded.journeys == 40
    assert seeded.events == parts.log.head()
    assert 1000 < seeded.events < 6000
    assert seeded.seconds < 120


def test_afterwards_the_log_goes_on_from_the_given_present(whole: tuple[str, Parts, Seeded]) -> None:
    """At the usual rate, and the recorder knows it."""
    _, parts, _ = whole
    assert timedelta(0) <= parts.log.now() - NOW < timedelta(minutes=10)
    assert parts.log.clock_rate() == 1.0
    streams = {r.stream for r in rows(parts.log) if r.stream.startswith(PREFIX)}
    assert len(streams) == 40
    for stream in streams:
        agenda = parts.recorder.load(Start(stream=stream))
        assert agenda.deliveries == (), "a workflow that starts now would send old mail"
        assert agenda.relays == ()
        if agenda.phase is Phase.OPEN:
            assert agenda.wake is not None
            assert agenda.wake.at > NOW


def test_every_message_has_its_receipt_of_that_time(whole: tuple[str, Parts, Seeded]) -> None:
    """Delivered when it was asked for, to people of the directory."""
    _, parts, _ = whole
    known = {member.id for member in parts.directory.all()}
    asked: dict[str, datetime] = {}
    sent: dict[str, datetime] = {}
    for row in rows(parts.log):
        if isinstance(row.event, RungsFired):
            asked |= {message_stream(a.message): row.recorded_at for a in row.event.addressees}
        if isinstance(row.event, AppointmentWithdrawn):
            asked[message_stream(row.event.message)] = row.recorded_at
        if isinstance(row.event, MessageSent):
            sent[row.stream] = row.recorded_at
            assert row.event.recipients
            assert set(row.event.recipients) <= known
    assert len(asked) > 300
    assert sent == asked


def test_staff_and_notes_are_in_the_vault(whole: tuple[str, Parts, Seeded]) -> None:
    """People under their fixed ids, notes open with the journey's key."""
    _, parts, _ = whole
    assert sorted(parts.directory.all(), key=lambda m: m.id) == sorted(STAFF, key=lambda m: m.id)
    mila = parts.directory.get(MILA.id)
    assert mila is not None
    assert mila.email.endswith("@example.org")
    noted = [(r, note) for r in rows(parts.log) if isinstance(note := dict(r.event).get("note"), Sealed)]
    assert len(noted) >= 20
    for row, note in noted:
        text = parts.sealer.unseal(
            note,
            stream=row.stream,
            compartment=Compartment.NOTES,
            field="note",
            command_id=row.command_id,
        )
        assert len(text) > 10


def test_the_board_of_the_read_models_has_every_cause(whole: tuple[str, Parts, Seeded]) -> None:
    """As the first screen asks for it."""
    dsn, _, _ = whole
    Projector(as_role(dsn, "putokaz_projector")).catch_up()
    with Reader(as_role(dsn, "putokaz_reader")) as reader:
        board = stalled(reader, StalledFilter(), now=NOW)
    assert set(board.causes) == set(StallCause)
    assert 6 <= board.total <= 12


def test_a_second_seeding_adds_nothing(whole: tuple[str, Parts, Seeded]) -> None:
    """And is quick, since it does not even plan."""
    _, parts, seeded = whole
    again = seed(parts)
    assert (again.journeys, again.events) == (seeded.journeys, seeded.events)
    assert again.seconds < 10
    assert parts.log.clock_rate() == 1.0


def test_one_that_was_cut_off_goes_on_to_the_same_end(whole: tuple[str, Parts, Seeded], offices: Offices) -> None:
    """Cut off twice and started again a day later, it holds the same events at the same times as the whole one."""
    _, complete, seeded = whole
    _, parts = offices()

    def cut_at(share: float) -> None:
        def progress(done: int, every: int) -> None:
            if done > every * share:
                raise CutOff

        with pytest.raises(CutOff):
            seed(parts, now=NOW, progress=progress)

    cut_at(0.3)
    assert 0 < parts.log.head() < seeded.events / 2
    cut_at(0.6)
    later = NOW + timedelta(days=1)
    again = seed(parts, now=later)
    assert (again.journeys, again.events) == (seeded.journeys, seeded.events)
    assert told(parts) == told(complete)
    assert parts.log.now() >= later
