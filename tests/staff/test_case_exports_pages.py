"""The pages of exports: what would leave, a file that a double click makes once, going on, and the list of all."""

from __future__ import annotations

import asyncio
import re
from uuid import UUID

import httpx
import pytest
from icalendar import Calendar, Event

from staff.exports.shelf import Found, Shelf
from tests.staff.conftest import acts_as
from tests.staff.house import House
from worker.demo.staff import MILA

NEW = "/replay/exports/new"
ICAL = {"format": "ical", "purpose": "own-analysis", "since": "2026-01-01", "until": "2026-12-31"}


def hidden(page: httpx.Response, name: str) -> str:
    """The value of a hidden input."""
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found is not None, page.text
    return found[1]


async def settled(browser: httpx.AsyncClient, address: str) -> httpx.Response:
    """The page of an export, once nothing goes on any more."""
    for _ in range(300):
        page = await browser.get(address)
        if "refresh" not in page.headers:
            return page
        await asyncio.sleep(0.1)
    raise AssertionError("it is still being made")


async def test_from_the_form_to_the_file(browser: httpx.AsyncClient, house: House) -> None:
    """Told before, begun once, fetched, in the list. The calendar is read back by an independent reader."""
    form = await browser.get(NEW)
    entry = {**ICAL, "token": hidden(form, "token"), "command_id": hidden(form, "command_id"), "seen": ""}
    told = await browser.post(NEW, data={**entry, "intent": "check"})
    assert told.status_code == 200
    assert "SHA-256" in told.text
    twice = [browser.post(NEW, data={**entry, "intent": "save"}) for _ in range(2)]
    first, second = await asyncio.gather(*twice)
    assert first.status_code == 303
    address = first.headers["location"].partition("?")[0]
    assert second.headers["location"].partition("?")[0] == address
    page = await settled(browser, address)
    assert f"{address}/file" in page.text
    made = await browser.get(f"{address}/file", headers={"range": "bytes=0-14"})
    assert (made.status_code, made.content) == (206, b"BEGIN:VCALENDAR")
    calendar = Calendar.from_ical((await browser.get(f"{address}/file")).content)
    events = [each for each in calendar.walk("VEVENT") if isinstance(each, Event)]
    assert len(events) > 5
    assert all(re.search(r"\bPK-[0-9A-Z]+$", str(event["summary"])) for event in events)
    assert {event.start.year for event in events} == {2026}
    listed = await browser.get("/replay/exports")
    assert listed.text.count(address) == 1
    await goes_on(browser, house, address)
    acts_as(browser, MILA.id)
    assert [(await browser.get(each)).status_code for each in ("/replay/exports", NEW, address)] == [403] * 3


async def goes_on(browser: httpx.AsyncClient, house: House, address: str) -> None:
    """A file that was swept away is not made again: the page says what to do, and going on with it changes nothing."""
    export = UUID(address.rpartition("/")[2])
    shelf: Shelf = house.app.state.parts.exports.shelf
    shelf.file(export).target.unlink()
    page = await browser.get(address)
    assert f"{address}/file" not in page.text
    assert "nije ovde" in page.text
    assert (await browser.get(f"{address}/file")).status_code == 303
    token = hidden(await browser.get(NEW), "token")
    assert (await browser.post(address, data={"token": token})).status_code == 303
    assert shelf.find(export) is Found.NOTHING


@pytest.mark.parametrize(
    ("changed", "status", "says"),
    [
        ({"format": "csv"}, 422, 'href="#table"'),
        ({"since": "2026-02-01", "until": "2026-01-01"}, 422, 'href="#until"'),
        ({"known-day": "1999-01-01", "known-time": "10:00"}, 409, "nije zabeleženo"),
        ({"format": "htcds", "since": "1999-01-01", "until": "1999-12-31"}, 200, "Nijedan slučaj"),
    ],
)
async def test_bad_input_is_told_before_anything_leaves(
    browser: httpx.AsyncClient, changed: dict[str, str], status: int, says: str
) -> None:
    """No table, a period that ends before it begins, a moment before the first event, a period in which nobody came."""
    form = await browser.get(NEW)
    entry = {**ICAL, **changed, "token": hidden(form, "token"), "command_id": hidden(form, "command_id")}
    answer = await browser.post(NEW, data={**entry, "intent": "check"})
    assert (answer.status_code, says in answer.text) == (status, True), answer.text
