"""A stream that a read model cannot follow stops alone, is shown, and goes on once its cause is mended."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from domain.codes import StepOutcome
from domain.journey.advancing import AdvanceStep
from domain.journey.state import journey_stream
from eventlog.decision import Decision
from projections.folded import Folded
from projections.journey_file.queries import file
from projections.journey_list.queries import list_journeys
from projections.loop import Projector
from projections.names import ModelName
from projections.read_model import ReadModel, Rows, Table
from projections.registry import READ_MODELS
from projections.replay import replay_parked
from projections.status import parked, status
from tests.fix_eventlog import ACTOR, administrator, as_role, pings
from tests.projections.conftest import OF_JOURNEYS, Office


def broken(handle: Callable[[Callable[[Folded], Rows], Folded], Rows], name: ModelName) -> tuple[ReadModel, ...]:
    """The read models, one of them with another handler for its first table."""

    def changed(model: ReadModel) -> ReadModel:
        if model.name is not name:
            return model
        first, *rest = model.tables
        table = Table(first.name, lambda folded: handle(first.rows, folded), first.keyed)
        return replace(model, tables=(table, *rest))

    return tuple(changed(model) for model in READ_MODELS)


def raising_from(version: int, journey: UUID) -> Callable[[Callable[[Folded], Rows], Folded], Rows]:
    """A handler that cannot take this journey from this version on."""

    def handle(rows: Callable[[Folded], Rows], folded: Folded) -> Rows:
        if folded.id == journey and folded.journey.version >= version:
            raise KeyError("a text that nobody may read")
        return rows(folded)

    return handle


def project(office: Office, models: tuple[ReadModel, ...], page: int = 200) -> None:
    Projector(as_role(office.dsn, "putokaz_projector"), models=models, page=page).catch_up()


def done(office: Office, journey: UUID, step: str = "contact") -> int:
    """Advances a step; the stream's version after it."""
    return office.give(journey, AdvanceStep(step=step, outcome=StepOutcome.DONE)).last_version


@pytest.mark.parametrize("page", [1, 3, 200])
def test_handler_that_raises_stops_its_model_for_that_stream_only(office: Office, page: int) -> None:
    """The list keeps the state before; the other models and the other journeys go on."""
    sick, well = office.open(), office.open()
    before = office.journey(sick).version
    after = done(office, sick)
    done(office, well)
    models = broken(raising_from(before + 1, sick), ModelName.JOURNEY_LIST)
    project(office, models, page)
    rows = {row.journey: row.version for row in list_journeys(office.reader).rows}
    assert rows == {sick: before, well: office.journey(well).version}
    shown = file(office.reader, sick)
    assert shown is not None
    assert shown.version == after
    (entry,) = parked(office.reader)
    assert (entry.model, entry.stream) == ("journey_list_v1", journey_stream(sick))
    assert (entry.first_version, entry.last_version, entry.error) == (before + 1, after, "KeyError")
    assert {each.name: each.parked for each in status(office.reader)}[ModelName.JOURNEY_LIST] == 1
    assert all(each.lag_events == 0 for each in status(office.reader))


def test_what_comes_later_waits_behind_and_is_replayed_in_order(office: Office) -> None:
    """Later events are not applied over the gap, even by a release that could; the replay brings all of them."""
    sick = office.open()
    before = office.journey(sick).version
    done(office, sick)
    models = broken(raising_from(before + 1, sick), ModelName.MY_DAY)
    project(office, models)
    last = done(office, sick, "plan")
    project(office, READ_MODELS)
    (entry,) = parked(office.reader)
    assert (entry.first_version, entry.last_version) == (before + 1, last)
    (still,) = replay_parked(as_role(office.dsn, "putokaz_projector"), models=models)
    assert still.error == "KeyError"
    assert parked(office.reader)[0].tried_at is not None
    (now_well,) = replay_parked(as_role(office.dsn, "putokaz_projector"))
    assert (now_well.model, now_well.error) == ("my_day_v2", None)
    assert parked(office.reader) == ()
    done(office, sick, "follow-up")
    project(office, READ_MODELS)
    live = office.tables()
    assert office.rebuilt() == live


def test_replay_beside_a_projector_that_remembers_the_stream(office: Office) -> None:
    """The running projector follows the stream again without being started anew."""
    sick = office.open()
    before = office.journey(sick).version
    state = {"broken": True}

    def handle(rows: Callable[[Folded], Rows], folded: Folded) -> Rows:
        if state["broken"] and folded.journey.version > before:
            raise ValueError
        return rows(folded)

    projector = Projector(as_role(office.dsn, "putokaz_projector"), models=broken(handle, ModelName.MY_DAY))
    projector.catch_up()
    done(office, sick)
    projector.catch_up()
    assert len(parked(office.reader)) == 1
    state["broken"] = False
    replay_parked(as_role(office.dsn, "putokaz_projector"))
    done(office, sick, "plan")
    projector.catch_up()
    assert parked(office.reader) == ()
    live = office.tables()
    assert office.rebuilt() == live


def test_unreadable_event_parks_its_stream_for_all_models(office: Office) -> None:
    """A body that does not parse: what came before it is shown, and no other journey notices."""
    sick, well = office.open(), office.open()
    before = office.journey(sick).version
    done(office, sick)
    done(office, well)
    with administrator(office.dsn) as connection:
        good = connection.execute(
            "SELECT state FROM eventlog.stored_events WHERE originator_id = %s AND originator_version = %s",
            (journey_stream(sick), before + 1),
        ).fetchone()
        assert good is not None
        _overwrite(office, sick, before + 1, b'{"secret": "Jelena"}')
    project(office, READ_MODELS, page=2)
    entries = parked(office.reader)
    assert {entry.model for entry in entries} == {model.table for model in OF_JOURNEYS}
    assert {(entry.first_version, entry.error) for entry in entries} == {(before + 1, "unreadable")}
    assert not any("Jelena" in str(entry) for entry in entries)
    rows = {row.journey: row.version for row in list_journeys(office.reader).rows}
    assert rows == {sick: before, well: office.journey(well).version}
    _overwrite(office, sick, before + 1, good[0])
    assert {each.error for each in replay_parked(as_role(office.dsn, "putokaz_projector"))} == {None}
    live = office.tables()
    assert office.rebuilt() == live


def _overwrite(office: Office, journey: UUID, version: int, state: bytes) -> None:
    with administrator(office.dsn) as connection:
        connection.execute(
            "UPDATE eventlog.stored_events SET state = %s WHERE originator_id = %s AND originator_version = %s",
            (state, journey_stream(journey), version),
        )


def test_unknown_topics_stop_journeys_and_pass_by_elsewhere(office: Office) -> None:
    """A newer release wrote them: in a journey the stream is parked, in a stream of another kind nobody looks."""
    journey = office.open()
    for stream in (journey_stream(journey), "message-1", "other-1"):
        version = office.log.load(stream).version
        office.log.append(pings(stream, version))
    with administrator(office.dsn) as connection:
        connection.execute("UPDATE eventlog.stored_events SET topic = 'next.release@7' WHERE topic = 'test.pinged@1'")
    well = office.open()
    office.project()
    assert {entry.stream for entry in parked(office.reader)} == {journey_stream(journey)}
    assert {entry.topic for entry in parked(office.reader)} == {"next.release@7"}
    assert {row.journey for row in list_journeys(office.reader).rows} == {journey, well}


def test_journey_that_cannot_begin_is_parked_without_rows(office: Office) -> None:
    """Its first event is no opening, or its stream names no journey: nothing is shown, everything else is."""
    office.log.append(pings(f"journey-{uuid4()}", 0))
    opened = office.log.load(journey_stream(office.open())).history
    assert opened
    misnamed = opened[0].event
    office.log.append(Decision("journey-of-nobody", 0, uuid4(), ACTOR, (misnamed,)))
    office.project()
    assert len({entry.stream for entry in parked(office.reader)}) == 2
    assert list_journeys(office.reader).total == 1


@pytest.mark.parametrize("page", [1, 200])
def test_row_that_the_database_refuses_parks_its_stream(office: Office, page: int) -> None:
    """Found among the rows of a page, without losing the others."""
    journeys = [office.open() for _ in range(5)]
    sick = journeys[2]

    def handle(rows: Callable[[Folded], Rows], folded: Folded) -> Rows:
        found = rows(folded)
        if folded.id == sick:
            return {key: {**row, "phase": None} for key, row in found.items()}
        return found

    project(office, broken(handle, ModelName.JOURNEY_LIST), page)
    (entry,) = parked(office.reader)
    assert (entry.model, entry.stream, entry.error) == ("journey_list_v1", journey_stream(sick), "SQLSTATE 23502")
    assert {row.journey for row in list_journeys(office.reader).rows} == set(journeys) - {sick}
    assert file(office.reader, sick) is not None
    replay_parked(as_role(office.dsn, "putokaz_projector"))
    live = office.tables()
    assert office.rebuilt() == live


def test_replay_of_one_stream_leaves_the_others(office: Office) -> None:
    """A stream can be chosen."""
    streams = [office.open() for _ in range(2)]
    for journey in streams:
        office.log.append(pings(journey_stream(journey), office.journey(journey).version))
    office.project()
    answers = replay_parked(as_role(office.dsn, "putokaz_projector"), stream=journey_stream(streams[0]))
    assert {(each.stream, each.error) for each in answers} == {(journey_stream(streams[0]), "unreadable")}
    tried = {entry.stream for entry in parked(office.reader) if entry.tried_at}
    assert tried == {journey_stream(streams[0])}
