"""Released tables on their pages and over HTTP: an analyst sees them and nothing else, a supervisor lets them go."""

from __future__ import annotations

import hashlib
import re
from uuid import uuid4

import httpx
import pytest

from domain.release.kind import RELEASES
from domain.release.state import Release, releases_stream
from staff.i18n.locale import Locale
from staff.i18n.words import Words
from tests.staff.conftest import acts_as
from tests.staff.house import House
from tests.staff.paper import Worker
from tests.staff.test_flow_page import ANALYST
from worker.demo.staff import MILA, VERA

PATH = "/replay/releases"
API = f"/api/v1{PATH}"


def out(house: House, population: str) -> tuple[Release, ...]:
    """What the log has."""
    state = RELEASES.fold(house.log.load(releases_stream(population)).history)
    return state.tables if state else ()


def hidden_fields(page: str) -> dict[str, str]:
    """Of the last form."""
    return dict(re.findall(r'<input type="hidden" name="([a-z0-9]+)" value="([^"]*)"', page[page.rfind("<form") :]))


async def test_an_analyst_sees_what_left_and_no_more(house: House, browser: httpx.AsyncClient) -> None:
    """The file is the one that the log has the sum of; what would leave is not theirs to see, nor to send."""
    (release, *_) = out(house, "contacts")
    house.directory.put(ANALYST)
    acts_as(browser, ANALYST.id)
    await Worker(browser).speak(Locale.ENGLISH.value)
    listed = await browser.get(PATH)
    assert listed.status_code == 200
    assert f"{PATH}/{release.sha256}" in listed.text
    assert 'name="period"' not in listed.text
    shown = await browser.get(f"{PATH}/{release.sha256}")
    assert shown.text.count(">hidden<") == len(release.hidden)
    file = await browser.get(f"{PATH}/{release.sha256}/file")
    assert hashlib.sha256(file.content).hexdigest() == release.sha256
    told = (await browser.get(API)).json()
    assert [each["sha256"] for each in told["items"]][-1] == release.sha256
    assert (await browser.get(f"{PATH}?table=in-care-by-plan&period=2026-Q2")).status_code == 403
    asked = {"table": "in-care-by-plan", "period": "2026-Q2"}
    assert (await browser.post(PATH, data=asked)).status_code == 403
    assert (await browser.post(API, json=asked, headers={"Idempotency-Key": str(uuid4())})).status_code == 403
    assert (await browser.get(f"{PATH}/{'0' * 64}")).status_code == 404
    acts_as(browser, MILA.id)
    assert (await browser.get(PATH)).status_code == 403
    assert (await browser.get(f"{PATH}/{release.sha256}/file")).status_code == 403


@pytest.mark.parametrize(("locale", "period"), [(Locale.ENGLISH, "2026-Q1"), (Locale.SERBIAN_CYRILLIC, "2026-Q2")])
async def test_what_was_previewed_leaves_once(
    house: House, browser: httpx.AsyncClient, locale: Locale, period: str
) -> None:
    """Sent twice it has left once, by whom it was; without the token of the form nothing leaves."""
    words, before = Words(locale), len(out(house, "in-care"))
    await Worker(browser).speak(locale.value)
    page = await browser.get(f"{PATH}?table=in-care-by-plan&period={period}")
    assert words("release-table.preview") in page.text
    form = hidden_fields(page.text)
    assert form["period"] == period
    assert (await browser.post(PATH, data={**form, "token": ""})).status_code == 422
    assert len(out(house, "in-care")) == before
    sent = await browser.post(PATH, data=form)
    assert sent.status_code == 303
    assert (await browser.post(PATH, data=form)).headers["location"] == sent.headers["location"]
    releases = out(house, "in-care")
    assert len(releases) == before + 1
    assert releases[-1].by == VERA.id
    assert sent.headers["location"] == f"{PATH}/{releases[-1].sha256}"
    assert words("release-table.name.in-care-by-plan") in (await browser.get(sent.headers["location"])).text


async def test_what_would_tell_by_difference_is_refused(house: House, browser: httpx.AsyncClient) -> None:
    """With the release that is in the way and what to do: on the page, and as Problem Details."""
    words = Words(Locale.ENGLISH)
    await Worker(browser).speak(Locale.ENGLISH.value)
    key = {"Idempotency-Key": str(uuid4())}
    year = {"table": "in-care-by-status-and-age", "period": "2025"}
    first = await browser.post(API, json=year, headers=key)
    assert first.status_code == 200, first.text
    again = await browser.post(API, json=year, headers={"Idempotency-Key": str(uuid4())})
    assert again.json()["sha256"] == first.json()["sha256"]
    quarter = await browser.post(API, json={**year, "period": "2025-Q4"}, headers={"Idempotency-Key": str(uuid4())})
    assert quarter.status_code == 409
    assert "release-overlaps" in quarter.text
    page = await browser.get(f"{PATH}?table=in-care-by-plan&period=2025-Q4")
    refused = await browser.post(PATH, data=hidden_fields(page.text))
    assert refused.status_code == 409
    assert words("refusal.release-overlaps.do") in refused.text
    assert "In support, by formal status and age, 2025" in refused.text
    for wrong in ({**year, "period": "2026-07"}, {**year, "table": "names"}, {**year, "period": "2019"}):
        answer = await browser.post(API, json=wrong, headers={"Idempotency-Key": str(uuid4())})
        assert answer.status_code == 422, answer.text
        assert answer.headers["content-type"] == "application/problem+json"
        assert (await browser.get(PATH, params=wrong)).status_code == 422
    early = await browser.post(API, json={**year, "period": "2026"}, headers={"Idempotency-Key": str(uuid4())})
    assert early.status_code == 409
    assert "release-too-early" in early.text
