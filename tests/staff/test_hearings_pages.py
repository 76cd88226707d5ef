"""The agenda of hearings: each that is owed, in its place, with what is still to be seen to; a week of it on paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

import httpx
import pytest

from domain.calendar import local_date
from domain.codes import ObligationKind, StreamName
from domain.journey import Journey, fold, obligations
from domain.journey.state import journey_stream
from domain.stream.naming import stream_code
from domain.stream.obligation import Obligation
from projections.my_day.hearings import Agenda, HearingGroup, hearings
from staff.i18n.locale import Locale
from staff.i18n.words import OFFICE_ZONE, Words
from tests.staff.house import House
from tests.staff.paper import Worker, every_journey

OPEN = {ObligationKind.HEARING_ARRANGEMENT, ObligationKind.HEARING_TASK, ObligationKind.HEARING_ACKNOWLEDGEMENT}


def code_of(journey: UUID) -> str:
    """As everybody calls it."""
    return stream_code(StreamName.JOURNEY, journey)


def owed(house: House) -> Iterator[tuple[UUID, Journey, Obligation, list[Obligation]]]:
    """Every hearing that the log says is owed, with what is open for it."""
    for journey in every_journey(house):
        state = fold(house.log.load(journey_stream(journey)).history)
        assert state is not None
        everything = obligations(state)
        for each in everything:
            if each.kind is ObligationKind.HEARING:
                of = [o for o in everything if o.kind in OPEN and o.key.startswith(f"{each.key}:")]
                yield journey, state, each, of


def agenda(
    house: House,
    *,
    owner: UUID | None = None,
    group: HearingGroup | None = None,
    limit: int = 100,
    cursor: str | None = None,
) -> Agenda:
    """As a page asks for it."""
    return hearings(house.reader, now=house.log.now(), owner=owner, group=group, limit=limit, cursor=cursor)


def test_the_agenda_is_what_the_log_says(house: House) -> None:
    """Every hearing once, with what is open for it, in the order of its date; those without one are last."""
    found = agenda(house, limit=500)
    said = {(journey, each.key): (each, of) for journey, _, each, of in owed(house)}
    assert len(said) > 3
    assert {(row.stream_id, row.part) for row in found.rows} == said.keys()
    assert found.total == len(found.rows) == len(said)
    for row in found.rows:
        each, of = said[row.stream_id, row.part]
        assert (row.appointment, row.what, row.due_at) == (each.appointment, each.what, each.due_at)
        assert sorted((o.kind, o.what or "") for o in row.open) == sorted((o.kind, o.what or "") for o in of)
    dates = [row.appointment for row in found.rows]
    dated = [at for at in dates if at is not None]
    assert dated == sorted(dated) == dates[: len(dated)]


def test_counts_are_the_lists_behind_them(house: House) -> None:
    """Of each group and of each person, at any page size, as time goes on."""
    last = max(at for _, _, each, _ in owed(house) if (at := each.appointment))
    for now in (house.log.now(), last + timedelta(minutes=1)):
        house.log.set_clock(now)
        for owner in (None, *{p.id for p in house.desk.staff()}):
            whole = agenda(house, owner=owner)
            assert sum(whole.counts.values()) == whole.total == len(whole.rows)
            for group in HearingGroup:
                only = agenda(house, owner=owner, group=group)
                assert only.counts == whole.counts
                assert list(only.rows) == [row for row in whole.rows if row.group is group]
            paged, cursor = list(whole.rows[:0]), None
            for _ in range(whole.total + 1):
                page = agenda(house, owner=owner, limit=2, cursor=cursor)
                paged, cursor = paged + list(page.rows), page.next
                if cursor is None:
                    break
            assert paged == list(whole.rows)
    assert agenda(house).counts[HearingGroup.AHEAD] == 0
    assert agenda(house).counts[HearingGroup.PASSED] > 0


async def test_the_page_names_each_hearing_and_what_is_open(house: House, browser: httpx.AsyncClient) -> None:
    """With its day, its time, whoever it belongs to, and the way to the file."""
    await browser.post("/language", data={"locale": "en", "back": "/"})
    answer = await browser.get("/hearings")
    page, words = await Worker(browser).read("/hearings"), Words(Locale.ENGLISH)
    for journey, _, each, of in owed(house):
        assert code_of(journey) in page.text
        assert f'href="/journeys/{journey}#hearings"' in answer.text
        if each.appointment and each.appointment > house.log.now():
            assert words.long_day(each.appointment) in page.text
            assert words.time(each.appointment) in page.text
        if any(o.kind is ObligationKind.HEARING_ACKNOWLEDGEMENT for o in of):
            assert "date not acknowledged" in page.text
    assert "To be seen to:" in page.text


async def test_a_week_on_paper_has_codes_and_nothing_else(house: House, browser: httpx.AsyncClient) -> None:
    """Each appointment of the seven days, on its day: no kind of hearing, no court, no address of the file."""
    await browser.post("/language", data={"locale": "en", "back": "/"})
    ahead = [(j, at) for j, _, each, _ in owed(house) if (at := each.appointment)]
    journey, at = min(ahead, key=lambda one: one[1])
    day = local_date(at, OFFICE_ZONE)
    monday = day - timedelta(days=day.weekday())
    paper = (await browser.get(f"/hearings/week?day={day}")).text
    table = paper[paper.index("<table") : paper.index("</table>")]
    inside = {code_of(j) for j, when in ahead if monday <= local_date(when, OFFICE_ZONE) < monday + timedelta(days=7)}
    assert code_of(journey) in inside
    assert set(re.findall(r"P[A-Z]-[0-9A-Z]+", table)) == inside
    kinds = {row.what for row in agenda(house).rows}
    assert not [kind for kind in kinds if kind and kind in table]
    assert "/journeys/" not in table
    names = {person.name for person in house.desk.staff()}
    told = re.sub(r"<[^>]+>", " ", table)
    for name in names:
        told = told.replace(name, "")
    days = {word for n in range(7) for word in Words(Locale.ENGLISH).long_day(monday + timedelta(days=n)).split()}
    allowed = days | inside | {"Day", "Time", "Code", "Responsible", "no", "appointments", "nobody", "assigned"}
    assert {word for word in told.split() if word not in allowed and not re.fullmatch(r"\d\d:\d\d", word)} == set()


@pytest.mark.parametrize("typed", ["", "nonsense", "9999-12-31", "0001-01-01", "2026-02-30"])
async def test_a_day_that_is_none_is_this_week(house: House, browser: httpx.AsyncClient, typed: str) -> None:
    """Read leniently, as every filter is."""
    now = local_date(house.log.now(), OFFICE_ZONE)
    monday = now - timedelta(days=now.weekday())
    assert (
        Words(Locale.SERBIAN_LATIN).long_day(monday) in (await Worker(browser).read(f"/hearings/week?day={typed}")).text
    )


async def test_a_week_of_the_clock_change_has_its_days(house: House, browser: httpx.AsyncClient) -> None:
    """From Monday to Sunday night, though a night of it has an hour less: the links lead to the weeks beside it."""
    page = (await browser.get("/hearings/week?day=2027-03-28")).text
    assert "day=2027-03-15" in page
    assert "day=2027-03-29" in page
    assert Words(Locale.SERBIAN_LATIN).long_day(date(2027, 3, 28)) in page


async def test_the_agenda_over_http(house: House, browser: httpx.AsyncClient) -> None:
    """The same rows and counts, for programs; a moment without a zone is none."""
    body = (await browser.get("/api/v1/hearings", params={"limit": 500})).json()
    found = agenda(house, limit=500)
    assert [(row["code"], row["part"]) for row in body["rows"]] == [(row.code, row.part) for row in found.rows]
    assert body["counts"] == {group.value: count for group, count in found.counts.items()}
    first = next(row for row in found.rows if row.appointment)
    since = {"since": first.appointment.isoformat() if first.appointment else ""}
    later = (await browser.get("/api/v1/hearings", params=since)).json()
    assert later["rows"][0]["code"] == first.code
    assert later["counts"]["undated"] == 0
    assert (await browser.get("/api/v1/hearings", params={"since": "2026-12-01T00:00:00"})).status_code == 422


async def test_a_month_has_every_appointment_of_its_weeks(house: House, browser: httpx.AsyncClient) -> None:
    """Whole weeks from Monday to Sunday; each code with its time, and the way to the file."""
    dated = [(j, at) for j, _, each, _ in owed(house) if (at := each.appointment)]
    _, at = min(dated, key=lambda one: one[1])
    day = local_date(at, OFFICE_ZONE)
    first = day.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    start, end = first - timedelta(days=first.weekday()), last + timedelta(days=6 - last.weekday())
    inside = {code_of(j) for j, when in dated if start <= local_date(when, OFFICE_ZONE) <= end}
    answer = (await browser.get(f"/hearings/month?day={day}")).text
    table = answer[answer.index("<table") : answer.index("</table>")]
    assert set(re.findall(r"P[A-Z]-[0-9A-Z]+", table)) == inside
    assert table.count('role="cell"') == (end - start).days + 1
    assert Words(Locale.SERBIAN_LATIN).time(at) in table


async def test_the_agenda_of_one_person(house: House, browser: httpx.AsyncClient) -> None:
    """Whoever is chosen stays chosen on every page that it leads to; an id of nobody has none."""
    owner = next(row.owner_staff for row in agenda(house).rows if row.owner_staff)
    for path in ("/hearings", "/hearings/week", "/hearings/month"):
        answer = (await browser.get(path, params={"owner": str(owner)})).text
        links = set(re.findall(r'href="(/hearings[^"#]*)"', answer)) - {"/hearings"}
        assert links
        assert all(f"owner={owner}" in link for link in links), links
    assert "Nema ročišta." in (await Worker(browser).read("/hearings/month?day=2031-05-01")).text
    nobody = (await Worker(browser).read(f"/hearings?owner={UUID(int=9)}")).text
    assert "Nema ročišta." in nobody
