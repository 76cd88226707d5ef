"""An export is begun, and made: once, of what was known, with a table where the format needs one."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import pytest

from domain.codes import StreamName
from domain.command import Command
from domain.event import Event, Recorded
from domain.export.codes import ExportFormat, ExportPurpose, ExportTable
from domain.export.kind import EXPORT
from domain.export.making import BeginExport, CompleteExport, ExportBegun, ExportMade
from domain.export.state import export_stream
from domain.refusal import RefusalCode, Refused
from domain.stream.deciding import Decision
from domain.stream.naming import stream_code, whole_code
from tests.domain.given import MILA, MONDAY
from tests.pathway_examples import small_pathway, small_pin

ID = UUID("9a1c0000-0000-4000-8000-000000000002")
BEGIN = BeginExport(
    pin=small_pin(),
    format=ExportFormat.XES,
    purpose=ExportPurpose.RESEARCH,
    known_at=MONDAY - timedelta(days=1),
    last_position=12,
)
COMPLETE = CompleteExport(rows=11, size=2_000, sha256="a" * 64)
History = tuple[Recorded[Event], ...]


def decide(history: History, command: Command) -> Decision:
    """By the kind, as the recorder does."""
    return EXPORT.decide(EXPORT.fold(history), command, small_pathway(), MONDAY, stream=export_stream(ID), actor=MILA)


def after(history: History, command: Command) -> History:
    """The history with what was decided."""
    events = decide(history, command)
    assert not isinstance(events, Refused), events
    first = len(history) + 1
    return (
        *history,
        *(Recorded(export_stream(ID), first + n, first + n, e, MONDAY, MILA, ID) for n, e in enumerate(events)),
    )


def test_it_is_begun_and_made() -> None:
    """Who, what, as known when; then what it is."""
    history = after(after((), BEGIN), COMPLETE)
    assert [type(each.event) for each in history] == [ExportBegun, ExportMade]
    export = EXPORT.fold(history)
    assert export is not None
    assert export.made is not None
    assert (export.by, export.format, export.last_position, export.made.sha256) == (
        MILA,
        ExportFormat.XES,
        12,
        "a" * 64,
    )
    assert not export.is_open
    assert EXPORT.obligations(export) == []


def test_the_same_file_again_changes_nothing_and_another_one_is_refused() -> None:
    """One export is one file."""
    history = after(after((), BEGIN), COMPLETE)
    assert decide(history, COMPLETE) == ()
    refused = decide(history, CompleteExport(rows=11, size=2_000, sha256="b" * 64))
    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.EXPORT_MADE


@pytest.mark.parametrize("changed", [{"known_at": MONDAY + timedelta(seconds=1)}, {"last_position": 0}])
def test_a_moment_to_come_and_one_before_everything_are_no_moments(changed: dict[str, object]) -> None:
    """There is nothing to take along."""
    refused = decide((), BEGIN.model_copy(update=changed))
    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.NOTHING_TO_EXPORT


@pytest.mark.parametrize("changed", [{"format": ExportFormat.CSV}, {"table": ExportTable.STEPS}])
def test_a_table_is_named_where_the_format_is_one_for_tables(changed: dict[str, object]) -> None:
    """And nowhere else."""
    refused = decide((), BEGIN.model_copy(update=changed))
    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.EXPORT_WITHOUT_TABLE


@pytest.mark.parametrize(
    "changed",
    [
        {"since": date(2026, 2, 1), "before": date(2026, 2, 1)},
        {"since": date(2026, 2, 1), "format": ExportFormat.OCEL_JSON},
        {"before": date(2026, 2, 1), "format": ExportFormat.CSV, "table": ExportTable.EVENTS},
    ],
)
def test_a_period_has_a_day_and_is_of_what_is_made_of_whole_journeys(changed: dict[str, object]) -> None:
    """An event log that left journeys out would have holes."""
    refused = decide((), BEGIN.model_copy(update=changed))
    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.EXPORT_WITHOUT_PERIOD
    export = EXPORT.fold(after((), BEGIN.model_copy(update={"since": date(2026, 2, 1)})))
    assert export is not None
    assert (export.since, export.before) == (date(2026, 2, 1), None)


def test_what_was_never_begun_is_not_made() -> None:
    """Nobody could say of what it is."""
    refused = decide((), COMPLETE)
    assert isinstance(refused, Refused)
    assert refused.code is RefusalCode.UNKNOWN_EXPORT


def test_its_code_is_read_back() -> None:
    """`PE-…`."""
    code = stream_code(StreamName.EXPORT, ID)
    assert whole_code(code.lower()) == (StreamName.EXPORT, code)
