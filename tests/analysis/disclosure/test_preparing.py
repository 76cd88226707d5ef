"""Predefined tables of the demonstration: what would leave is what counting by hand gives; no other table does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from activities.pathway_files import PathwayStore
from analysis.disclosure.catalogue import TABLES, Population, Predefined, categories_of, checked, code_of, table_of
from analysis.disclosure.errors import DisclosureInvalid
from analysis.disclosure.preparing import Asked, counted, prepare
from analysis.disclosure.protecting import rounded
from analysis.disclosure.released import every_release, releases_of
from analysis.exports.cut import Cut, LogReader
from analysis.reports.definition import Dimension
from analysis.reports.errors import ReportInvalid
from analysis.reports.period import Period
from analysis.reports.table import Figure, ReportTable
from analysis.travel.reading import read_histories
from domain.codes import StreamName
from domain.errors import DefinitionError
from domain.event import Event, Recorded
from domain.release.releasing import ReleaseTable
from domain.release.values import ALL, THRESHOLD, ReleasePeriod
from domain.streams import CONTACT
from projections.reader import Reader
from tests.fix_eventlog import as_role
from worker.settings import CHECKOUT

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
QUARTER = ReleasePeriod.of("2026-Q3")
ZONE = "Europe/Belgrade"
STORE = PathwayStore(CHECKOUT / "pathways")
PUBLISHED = [each.pathway for each in STORE.all()]


@pytest.fixture(scope="module")
def caseload(furnished: tuple[str, str]) -> Iterator[Reader]:
    """The demonstration's log and read models."""
    with Reader(as_role(furnished[0], "putokaz_reader"), patience=30.0) as reader:
        yield reader


def prepared(reader: Reader, code: str, period: ReleasePeriod, at: datetime = AT) -> ReleaseTable:
    """What would leave."""
    asked = Asked(table_of(code), period, at)
    return prepare(
        reader,
        asked,
        (),
        pin=STORE.latest("astra").pin,
        zone=ZONE,
        published=PUBLISHED,
        pathways=lambda pin: STORE.find(pin).pathway,
    ).command


def test_calls_are_those_counted_by_hand(caseload: Reader) -> None:
    """Every kind of caller has its row, whether anybody of it called or not."""
    by_hand: dict[str, int] = defaultdict(int)
    for streams in LogReader(caseload, Cut(10**9, AT)).streams(StreamName.CONTACT):
        for history in streams.histories.values():
            contact = CONTACT.fold([each for each in history if each.recorded_at <= AT])
            if contact is not None and contact.contacted_on.year == 2026 and contact.contacted_on.month in {7, 8, 9}:
                by_hand[contact.sorting.caller] += 1
    command = prepared(caseload, "contacts-by-caller", QUARTER)
    cells = {cell.key: cell.count for cell in command.cells}
    kinds = [key for (key,) in cells if key != ALL]
    assert set(by_hand) <= set(kinds)
    assert any(by_hand[kind] == 0 for kind in kinds)
    assert cells[ALL,] == rounded(sum(by_hand.values()))
    for kind in kinds:
        assert cells[kind,] in (None, rounded(by_hand[kind])), kind
        assert by_hand[kind] >= THRESHOLD or cells[kind,] is None, kind


@pytest.mark.parametrize("code", sorted(set(TABLES) - {"contacts-by-caller"}))
def test_every_table_can_be_made(caseload: Reader, code: str) -> None:
    """Of fixed categories, nothing below ten; of so few people no more is shown than how many they are."""
    table = table_of(code)
    command = prepared(caseload, code, ReleasePeriod.of("2025"))
    cells = {cell.key: cell.count for cell in command.cells}
    sizes = [len(each) for each in categories_of(table, PUBLISHED)]
    margins = 0 if table.everyone else 1
    expected = sizes[0] + margins if len(sizes) == 1 else (sizes[0] + margins) * (sizes[1] + margins)
    assert len(cells) == expected
    assert all(count is None or count >= THRESHOLD for count in cells.values())
    if not table.everyone:
        assert cells[(ALL,) * len(sizes)] is not None


def test_before_everything_there_is_nothing_to_release(caseload: Reader) -> None:
    """Which the report says."""
    with pytest.raises(ReportInvalid):
        prepared(caseload, "in-care-by-plan", ReleasePeriod.of("2019"))


def test_what_left_is_found_again(caseload: Reader) -> None:
    """The demonstration has released its calls; of people in care nothing."""

    def history(stream: str) -> Sequence[Recorded[Event]]:
        return read_histories(caseload, [stream])[stream]

    (release,) = every_release(history)
    assert release.table == "contacts-by-caller"
    assert releases_of(Population.CONTACTS, history) == (release,)
    assert releases_of(Population.IN_CARE, history) == ()


def test_no_other_table_may_leave() -> None:
    """With those that may."""
    with pytest.raises(DisclosureInvalid, match="contacts-by-caller"):
        table_of("journeys-by-name")


@pytest.mark.parametrize(
    ("table", "told"),
    [
        (Predefined("by-age", "age-groups", (Dimension.AGE,), Population.IN_CARE), "share a dimension"),
        (Predefined("in-care-by-plan", "age-groups", (Dimension.PATHWAY,), Population.CONTACTS), "share a dimension"),
        (Predefined("by-month", "plans", (Dimension.MONTH,), Population.IN_CARE), "no report"),
        (Predefined("by-nothing", "nothing", (Dimension.MONTH,), Population.IN_CARE), "no report"),
        (Predefined("topics", "call-topics", (Dimension.TOPIC,), Population.CONTACTS), "several cells"),
    ],
)
def test_a_table_that_tells_of_another_is_not_taken_up(table: Predefined, told: str) -> None:
    """So the audit of each is enough."""
    with pytest.raises(DefinitionError, match=told):
        checked([*TABLES.values(), table])


def test_people_count_and_not_what_happened_to_them() -> None:
    """One person forty times is one person; whoever stands in two cells stops a table that adds up."""
    table = table_of("in-care-by-plan")
    many = Figure(41, (*[("journey-1", n) for n in range(40)], ("journey-2", 1)))
    period, categories = Period.of("2025"), categories_of(table, PUBLISHED)
    report = ReportTable("plans", period, AT, ("plan",), {("agreed",): many})
    assert counted({"plans": report}, table, categories).cells["agreed",] == 2
    twice = replace(report, cells={("agreed",): many, ("none",): Figure(1, (("journey-2", 3),))})
    with pytest.raises(DisclosureInvalid, match="two cells"):
        counted({"plans": twice}, table, categories)


def test_who_is_in_no_cell_counts_as_well() -> None:
    """Of thirty people twenty-five in one cell: the five others are a group."""
    table = table_of("in-care-by-exploitation")
    everyone = Figure(30, tuple((f"journey-{n}", 1) for n in range(30)))
    some: dict[tuple[str, ...], Figure] = {
        ("ForcedLabour",): Figure(25, everyone.behind[:25]),
        ("Servitude",): Figure(12, everyone.behind[:12]),
        ("not-asked",): Figure(5, everyone.behind[25:]),
    }
    period = Period.of("2025")
    tables = {
        "exploitation": ReportTable("exploitation", period, AT, ("exploitation",), some),
        "plans": ReportTable("plans", period, AT, ("plan",), {("none",): everyone}),
    }
    counts = counted(tables, table, categories_of(table, PUBLISHED))
    assert counts.everyone == 30
    assert ("not-asked",) not in counts.cells
    assert (counts.cells["forced-labour",], counts.cells["servitude",]) == (25, 12)


def test_values_of_reports_are_codes() -> None:
    """In every standard's way of writing them."""
    values = ("ForcedLabour", "not-asked", "IT_help")
    assert [code_of(value) for value in values] == ["forced-labour", "not-asked", "it-help"]
