"""Each figure is what counting the stored bodies by hand gives; what is learned late changes the later report only."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from activities.pathway_files import PathwayStore
from analysis.reports.behind import behind_cell, read_behind
from analysis.reports.comparing import revised
from analysis.reports.definition import Definition
from analysis.reports.errors import ReportInvalid
from analysis.reports.making import read_reports
from analysis.reports.period import Period
from analysis.reports.published import FORMS, PublishedCode, group_finder
from analysis.reports.registry import REPORTS, NotRecorded, report_of
from analysis.reports.table import ReportTable
from domain.pathway.model import Pathway, Pin
from projections.reader import Reader
from tests.analysis.reports.naive import BY_HAND, by_hand, stored
from worker.settings import CHECKOUT

ZONE = "Europe/Belgrade"
END = datetime(2026, 12, 1, tzinfo=UTC)
MOMENTS = (datetime(2025, 12, 1, tzinfo=UTC), datetime(2026, 6, 10, tzinfo=UTC), datetime(2026, 9, 22, tzinfo=UTC), END)
Tables = Callable[[str, datetime], dict[str, ReportTable]]
_STORE = PathwayStore(CHECKOUT / "pathways")


def pathways(pin: Pin) -> Pathway:
    """Those of this checkout."""
    return _STORE.find(pin).pathway


@pytest.fixture(scope="module")
def tables(caseload: Reader) -> Tables:
    """Every report of a period as known at a moment; each once."""
    made: dict[tuple[str, datetime], dict[str, ReportTable]] = {}

    def of(period: str, at: datetime) -> dict[str, ReportTable]:
        if (period, at) not in made:
            reports = list(REPORTS.values())
            found, left_out = read_reports(caseload, reports, Period.of(period), at=at, zone=ZONE, pathways=pathways)
            assert left_out == 0
            made[period, at] = found
        return made[period, at]

    return of


@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: f"{moment:%Y-%m-%d}")
def test_each_figure_is_what_counting_the_bodies_by_hand_gives(
    tables: Tables, furnished: tuple[str, str], moment: datetime
) -> None:
    """As known at four moments; and there is something to be counted."""
    streams, counted = stored(furnished[0], moment), 0
    for year in range(2025, moment.year + 1):
        made = tables(str(year), moment)
        for code in BY_HAND:
            found = {key: figure.count for key, figure in made[code].cells.items()}
            assert found == by_hand(code, streams, year), (code, year)
            counted += sum(found.values())
    assert counted > 150


def test_behind_each_figure_are_events_that_were_known_and_belong_to_it(tables: Tables, caseload: Reader) -> None:
    """At least one of each thing counted; all of them recorded by the moment."""
    moment = MOMENTS[2]
    for table in tables("2026", moment).values():
        for key, figure in table.cells.items():
            found = read_behind(caseload, behind_cell(table, key), limit=500)
            assert found.total == len(figure.behind) >= figure.count > 0
            assert [(each.stream, each.version) for each in found.events] == sorted(set(figure.behind))
            assert all(each.recorded_at <= moment for each in found.events)
    assert behind_cell(tables("2026", moment)["calls"], ("2026-01", "nobody")) == ()


def test_what_is_learned_late_changes_the_later_report_only(tables: Tables) -> None:
    """Reports of September that we came to know at the end of it stand in the later report of it, and are named."""
    early, late = (tables("2026-Q3", at)["status-reports"] for at in (datetime(2026, 9, 20, tzinfo=UTC), END))
    assert early.total < late.total
    changed = revised(early, late)
    assert changed
    assert sum(each.later.count - each.earlier.count for each in changed) == late.total - early.total
    came = {event for each in changed for event in each.came}
    assert came
    assert not came & {event for figure in early.cells.values() for event in figure.behind}
    again = tables("2026-Q3", datetime(2026, 9, 20, tzinfo=UTC) + timedelta(microseconds=1))["status-reports"]
    assert again.cells == early.cells
    assert revised(late, late) == ()


def test_quarters_add_up_to_the_year_where_events_are_counted(tables: Tables) -> None:
    """For those reports of which each thing belongs to one day."""
    for code in ("calls", "services", "consents", "hearings", "journeys-opened", "status-reports"):
        quarters = sum(tables(f"2026-Q{n}", END)[code].total for n in (1, 2, 3, 4))
        assert quarters == tables("2026", END)[code].total > 0


def test_published_tables_have_our_figures_and_say_what_is_not_recorded(tables: Tables) -> None:
    """Their form is that of the source; nothing that was published stands for a figure of ours."""
    made, group_of = tables("2026", END), group_finder([each.pathway for each in _STORE.all()])
    lines = {code: {line.name: line for line in FORMS[code].lines(made, group_of)} for code in PublishedCode}
    astra, serbia = lines[PublishedCode.ASTRA_YEAR], lines[PublishedCode.SERBIA_YEAR]
    months = {key[0] for key in made["calls"].cells}
    totals = [sum(f.count for key, f in made["calls"].cells.items() if key[0] == month) for month in months]
    assert [astra[name].figure and astra[name].figure.count for name in ("calls", "fewest-in-a-month")] == [
        sum(totals),
        min(totals),
    ]
    given = [f.count for key, f in made["services"].cells.items() if key == ("informal-counselling", "carry-out")]
    assert astra["services-psychological"].figure is not None
    assert astra["services-psychological"].figure.count == sum(given) > 0
    assert {line.missing for each in lines.values() for line in each.values() if line.figure is None} == {
        NotRecorded.RELATED,
        NotRecorded.SEX,
        NotRecorded.REPORTER,
        NotRecorded.CLAIM_PAID,
    }
    assert serbia["identified-female"].share is None
    assert serbia["identified-children"].share == 0.0


def test_what_cannot_be_counted_is_said(caseload: Reader) -> None:
    """Before the first event, a period that lies ahead or long before, an unknown code; an empty one is no fault."""

    def ask(code: str, period: str, at: datetime = END) -> ReportTable:
        reports: list[Definition[object]] = [report_of(code)]
        found, _ = read_reports(caseload, reports, Period.of(period), at=at, zone=ZONE, pathways=pathways)
        return found[code]

    with pytest.raises(ReportInvalid, match="nothing had been recorded by 2020-01-01 01:00: its first event is"):
        ask("calls", "2019", datetime(2020, 1, 1, tzinfo=UTC))
    with pytest.raises(ReportInvalid, match="2027 had not begun by"):
        ask("calls", "2027")
    with pytest.raises(ReportInvalid, match="2019 lies before the first event"):
        ask("calls", "2019")
    with pytest.raises(ReportInvalid, match="there is no report 'nobody'"):
        ask("nobody", "2026")
    assert ask("satisfaction", "2025").cells == {}
