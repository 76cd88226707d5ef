"""Exports of a period: the journeys opened in it, the hearings that are in it, and nothing of the others."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from analysis.exports.cut import Cut
from analysis.exports.formats import log_of
from analysis.exports.making import ExportFile, Made
from analysis.exports.period import count_opened, period_of
from analysis.exports.plan import Plan
from analysis.exports.register import exports_begun
from analysis.exports.rows import folded
from domain.codes import StreamName
from domain.export.codes import ExportFormat, ExportTable
from domain.journey.naming import journey_code
from projections.my_day.appointments import AppointmentRow
from projections.reader import Reader
from tests.analysis.exports.test_htcds import pathways

ZONE = "Europe/Belgrade"
SINCE, BEFORE = date(2026, 1, 1), date(2026, 7, 1)


def written(locale: str, rows: Sequence[AppointmentRow], now: datetime) -> bytes:
    """A calendar that says what it was given: the real one is read back in `tests/staff/test_case_exports_pages.py`."""
    lines = [[row.code, row.appointment.isoformat(), row.date_version] for row in rows]
    return json.dumps([locale, now.isoformat(), lines]).encode()


def make(reader: Reader, plan: Plan, file: Path) -> Made:
    """As command line and pages do."""
    export = ExportFile(file)
    _, maker = plan.maker(reader, pathways, written)
    return export.make(maker, export.begin(Plan.read(plan.texts()).texts()), settle=lambda _: None, every=0.0)


def plan(whole: Cut, format_: ExportFormat, table: ExportTable | None = None, since: date | None = SINCE) -> Plan:
    """Of half a year."""
    return Plan(UUID(int=1), UUID(int=2), format_, table, whole, ZONE, since, BEFORE)


def test_it_is_of_the_journeys_that_were_opened_in_it(caseload: Reader, whole: Cut, tmp_path: Path) -> None:
    """As many as the read model counts: some, and not all; and none of a period in which nobody came."""
    period = period_of(SINCE, BEFORE, ZONE)
    number = count_opened(caseload, whole.position, period)
    assert 0 < number < count_opened(caseload, whole.position, period_of(None, None, ZONE))
    assert make(caseload, plan(whole, ExportFormat.HTCDS), tmp_path / "htcds.csv").rows == number
    with (tmp_path / "htcds.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == number
    early = Plan.read(plan(whole, ExportFormat.CTDC, since=None).texts() | {"before": "1999-01-01"})
    assert make(caseload, early, tmp_path / "none.csv").rows == 0
    assert (tmp_path / "none.csv").read_text(encoding="utf-8").count("\n") == 1


def test_the_calendar_has_the_hearings_that_are_in_it(caseload: Reader, whole: Cut, tmp_path: Path) -> None:
    """By their own dates, whenever the journey was opened; earliest first, with the codes of the cases."""
    make(caseload, plan(whole, ExportFormat.ICAL), tmp_path / "hearings.ics")
    locale, now, lines = json.loads((tmp_path / "hearings.ics").read_bytes())
    assert (locale, now) == ("sr-Latn", whole.known_at.isoformat())
    log = log_of(caseload, whole, ExportFormat.ICAL)
    expected = []
    first, end = (datetime.combine(day, datetime.min.time(), ZoneInfo(ZONE)) for day in (SINCE, BEFORE))
    for streams in log.streams(StreamName.JOURNEY):
        for history in streams.histories.values():
            journey = folded(log, history)
            assert journey is not None
            for hearing in journey.hearings.values():
                last = hearing.dates[-1] if hearing.dates else None
                kept = hearing.status.value in {"summoned", "confirmed", "held"}
                if last is not None and kept and first <= last.starts_at < end:
                    expected.append([journey_code(journey.id), last.starts_at.isoformat(), hearing.date_version])
    assert len(lines) > 2
    assert sorted(lines) == sorted(expected)
    starts = [datetime.fromisoformat(line[1]) for line in lines]
    assert starts == sorted(starts)


def test_the_register_has_what_was_begun(caseload: Reader) -> None:
    """The demonstration took one along."""
    found = exports_begun(caseload)
    assert (found.total, len(found.rows), found.next) == (1, 1, None)
    assert found.rows[0].made is not None


@pytest.mark.parametrize("table", [ExportTable.HEARINGS, ExportTable.SERVICES])
def test_a_table_of_journeys_is_of_a_period_too(
    caseload: Reader, whole: Cut, tmp_path: Path, table: ExportTable
) -> None:
    """Fewer rows than of always, and some."""
    some = make(caseload, plan(whole, ExportFormat.CSV, table), tmp_path / "some.csv").rows
    always = Plan.read(plan(whole, ExportFormat.CSV, table).texts() | {"since": None, "before": None})
    assert 0 < some < make(caseload, always, tmp_path / "all.csv").rows
