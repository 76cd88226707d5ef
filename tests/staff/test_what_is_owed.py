"""What a stream owes, whoever owes it: where reminders lead, and what the file of a journey lists beside its steps."""

from __future__ import annotations

import httpx
import pytest

from domain.codes import ObligationKind, StreamName
from domain.stream.naming import MARKS
from projections.my_day.queries import Day, ObligationRow, my_day
from projections.stalled_board.queries import stalled
from staff.i18n.locale import Locale
from staff.i18n.words import Words
from tests.staff.house import NOW, House
from tests.staff.paper import Paper, Worker


def owed(house: House, code: str | None = None) -> Day:
    """What the streams called so owe, at the moment of the log."""
    return my_day(house.reader, code=code, now=house.log.now(), today=NOW.date())


def codes(house: House, kind: StreamName) -> list[str]:
    """The codes of every stream of a kind that owes something, by what each person owes."""
    found = {
        row.code
        for person in [p.id for p in house.desk.staff()]
        for row in my_day(house.reader, staff=person, now=NOW, today=NOW.date(), limit=500).rows
        if row.stream_kind is kind
    }
    return sorted(found)


def of_kind(house: House, kind: StreamName) -> tuple[str, tuple[ObligationRow, ...]]:
    """One of them with all its rows."""
    code = codes(house, kind)[0]
    return code, owed(house, code).rows


@pytest.mark.parametrize("kind", [StreamName.CONTACT, StreamName.MISSION])
async def test_a_reminder_leads_to_what_the_stream_owes(
    house: House, browser: httpx.AsyncClient, kind: StreamName
) -> None:
    """However it is typed; to somebody else's as well, with the name of who owes it."""
    code, rows = of_kind(house, kind)
    assert code.startswith(MARKS[kind])
    for typed in (code, code.lower(), code.replace("-", "")):
        assert (await browser.get(f"/j/{typed}")).headers["location"] == f"/day?code={code}"
    page = await Worker(browser).read(f"/day?code={code.lower()}")
    assert f"Obaveze: {code}" in page.text
    names = {person.id: person.name for person in house.desk.staff()}
    for row in rows:
        assert row.owner_staff is None or names[row.owner_staff] in page.text
    others = [c for c in codes(house, StreamName.JOURNEY) if c in page.text]
    assert others == []


def test_rows_of_a_code_are_those_of_its_stream(house: House) -> None:
    """All of them, each with the count of its group; without staff, roles or code nothing."""
    for kind in (StreamName.JOURNEY, StreamName.CONTACT, StreamName.MISSION):
        for code in codes(house, kind):
            found = owed(house, code)
            assert {row.code for row in found.rows} == {code}
            assert {row.stream_kind for row in found.rows} == {kind}
            assert found.total == len(found.rows) == sum(found.counts.values())
    assert owed(house).total == owed(house, "PM-0000000").total == 0


async def test_a_stream_that_owes_nothing_says_so(browser: httpx.AsyncClient) -> None:
    """Settled since the letter was sent, or never there: the page does not tell which."""
    assert (await browser.get("/j/PM-0000000")).headers["location"] == "/day?code=PM-0000000"
    page = await Worker(browser).read("/day?code=PM-0000000")
    assert "Za PM-0000000 trenutno nema obaveza." in page.text
    assert (await browser.get("/j/PV-0000000")).headers["location"].startswith("/journeys?code=PV-0000000")


async def test_a_code_that_is_none_is_the_own_day(browser: httpx.AsyncClient) -> None:
    """Read leniently, as every filter is."""
    for typed in ("", "PM", "PM-12", "PX-0000000", "PM-0000000000"):
        assert "Moj dan" in (await Worker(browser).read(f"/day?code={typed}")).text


async def test_the_groups_of_a_code_stay_with_it(house: House, browser: httpx.AsyncClient) -> None:
    """A tile narrows what is shown, and does not lead to one's own day."""
    code, rows = of_kind(house, StreamName.MISSION)
    answer = await browser.get(f"/day?code={code}")
    assert f'href="/day?code={code}&amp;group={rows[0].group.value}"' in answer.text
    chosen = await browser.get(f"/day?code={code}&group={rows[0].group.value}")
    assert f'href="/day?code={code}" aria-current="true"' in chosen.text


def in_court(house: House) -> ObligationRow:
    """A hearing that a journey of the caseload owes, and for which something is still to be arranged."""
    for code in codes(house, StreamName.JOURNEY):
        rows = {row.kind: row for row in owed(house, code).rows}
        if {ObligationKind.HEARING, ObligationKind.HEARING_ARRANGEMENT} <= rows.keys():
            return rows[ObligationKind.HEARING]
    raise AssertionError("nobody has a hearing that is still to be prepared")


async def test_the_file_lists_everything_that_is_owed(house: House, browser: httpx.AsyncClient) -> None:
    """Hearing, checklist and limitation beside the steps; the count is of all, and no step stands there twice."""
    hearing = in_court(house)
    rows = owed(house, hearing.code).rows
    others = [row for row in rows if row.kind not in (ObligationKind.STEP, ObligationKind.REVIEW)]
    assert {ObligationKind.HEARING, ObligationKind.HEARING_ARRANGEMENT} <= {row.kind for row in others}
    answer = await browser.get(f"/journeys/{hearing.journey}")
    page = Paper(answer.text)
    assert f"Šta sledi {len(rows)}" in page.text
    listed = answer.text.partition('aria-label="Ostale obaveze"')[2].partition("</ul>")[0]
    assert listed.count('class="pk-row"') == len(others)
    words = Words(Locale.SERBIAN_LATIN)
    assert hearing.appointment is not None
    assert f"termin {words.near_moment(hearing.appointment, house.log.now())}" in listed
    assert "/advance/" not in listed


async def test_hours_are_shown_where_hours_count(house: House, browser: httpx.AsyncClient) -> None:
    """A check-in is due at a time, not on a day; its name begins with a capital letter, on the board as well."""
    words, now = Words(Locale.SERBIAN_LATIN), house.log.now()
    code = next(c for c in codes(house, StreamName.MISSION) if _kinds(house, c) & {ObligationKind.MISSION_CHECK_IN})
    page = (await Worker(browser).read(f"/day?code={code}")).text.rpartition(f"Obaveze: {code}")[2]
    rows = owed(house, code).rows
    assert "Javljanje sa terena" in page
    for row in rows:
        name = words.label(row.kind)
        assert name[0].upper() + name[1:] in page
        assert name not in page
        assert words.near_moment(row.due_at, now) in page
        page = page.replace(words.near_moment(row.due_at, now), "")
    for row in rows:
        assert words.in_days(row.due_on, now) not in page
        assert words.day(row.due_on) not in page


async def test_the_board_counts_obligations(house: House, browser: httpx.AsyncClient) -> None:
    """A mission's report stands there as a step does: the words fit each kind."""
    worker = Worker(browser)
    total = stalled(house.reader, now=house.log.now()).total
    for locale, found, column in (
        ("sr-Latn", "obavez", "Obaveza"),
        ("sr-Cyrl", "обавез", "Обавеза"),
        ("en", "obligation", "Obligation"),
    ):
        page = (await (await worker.speak(locale)).read("/")).text
        assert f"{total} {found}" in page
        assert column in page


def _kinds(house: House, code: str) -> set[ObligationKind]:
    return {row.kind for row in owed(house, code).rows}
