"""What-if and migration on their pages and in the API: who sees what, and that nothing is moved by looking."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import httpx
import pytest

from domain.journey.migration.events import JourneyMigrated
from domain.journey.state import journey_stream
from domain.rights.member import Post
from projections.journey_list.running import running_on
from staff.i18n.locale import Locale
from staff.i18n.words import Words
from tests.staff.conftest import acts_as
from tests.staff.house import PATHWAYS, House
from tests.staff.paper import Paper, Worker
from worker.demo.staff import MILA, STAFF, VERA


async def answered(browser: httpx.AsyncClient, path: str) -> httpx.Response:
    """The page once the run is over."""
    for _ in range(600):
        page = await browser.get(path, follow_redirects=True)
        assert page.status_code == 200, page.text
        if "refresh" not in page.headers:
            return page
        path = str(page.url)
        await asyncio.sleep(0.2)
    raise AssertionError("it never ends")


async def test_a_supervisor_asks_and_an_analyst_sees_no_small_figure(house: House, browser: httpx.AsyncClient) -> None:
    """The same question, by a limit: journeys for her, no figure below ten for him; the API for programs."""
    words = Words(Locale.ENGLISH)
    await Worker(browser).speak(Locale.ENGLISH.value)
    empty = await browser.get("/replay/what-if")
    assert words("whatif.ask") in empty.text
    assert (await browser.get("/replay/what-if?limits=nonsense=3")).status_code == 422
    before = house.log.head()
    page = await answered(browser, "/replay/what-if?limits=every%3D0")
    assert words("whatif.result") in page.text
    assert 'class="govuk-link pk-code"' in page.text
    asked = dict(page.url.params)
    body: dict[str, Any] = {}
    while not body.get("rows"):
        answer = await browser.get("/api/v1/replay/what-if", params=asked)
        body = answer.json()
    assert body["different"] == len(body["rows"]) > 3
    assert body["whole"]["stalls"]["added"]["number"] > 3
    assert (await browser.get("/api/v1/replay/what-if?limits=nowhere%3D3")).status_code == 422
    assert house.log.head() == before
    analyst = next(member for member in STAFF if Post.ANALYST.value in member.roles)
    acts_as(browser, analyst.id)
    counted = await answered(
        browser, f"/replay/what-if?limits=every%3D0&opened_from=2026-11-01&at={asked['at'].replace('+', '%2B')}"
    )
    assert "pk-code" not in counted.text
    assert 'name="opened_from"' not in counted.text
    shown = [int(number) for number in re.findall(r"<td[^>]*>.*?(\d+) →", counted.text)]
    assert shown
    assert all(number >= 10 and number % 5 == 0 for number in shown)
    assert "&lt;10" in counted.text
    assert (await browser.get("/api/v1/replay/what-if?limits=every%3D0")).status_code == 403
    acts_as(browser, MILA.id)
    assert (await browser.get("/replay/what-if")).status_code == 403


@pytest.mark.parametrize("locale", Locale)
async def test_running_journeys_are_shown_and_then_moved(
    house: House, browser: httpx.AsyncClient, locale: Locale
) -> None:
    """By the one form; sent twice, nobody moves twice. Whoever may not is told so."""
    words = Words(locale)
    await Worker(browser).speak(locale.value)
    [row] = running_on(house.reader, "astra", 1)
    before = house.log.head()
    path = "/replay/migrate?version=astra/1"
    page = await browser.get(path)
    assert row.code in page.text
    assert words("migration.can") in page.text
    assert house.log.head() == before
    form = dict(
        re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]*)"', page.text[page.text.rfind("<form") :])
    )
    sent = await browser.post("/replay/migrate", data=form)
    assert sent.status_code == 303
    again = await browser.post("/replay/migrate", data=form)
    assert again.status_code == 303
    history = house.log.load(journey_stream(row.journey)).history
    assert [type(each.event) for each in history].count(JourneyMigrated) == 1
    assert next(each.actor for each in history if isinstance(each.event, JourneyMigrated)) == VERA.id
    done = await browser.get(sent.headers["location"])
    assert words("migration.over") in done.text
    file = await browser.get(f"/journeys/{row.journey}")
    assert words("story.migrated", was=1, now=2) in file.text
    without = await browser.post("/replay/migrate", data={**form, "token": ""})
    assert without.status_code == 422
    acts_as(browser, MILA.id)
    assert (await browser.get(path)).status_code == 403
    assert (await browser.post("/replay/migrate", data=form)).status_code == 403


async def test_a_draft_is_checked_line_by_line_and_then_run(house: House, browser: httpx.AsyncClient) -> None:
    """As a file, as text and over the API: the same figures as its published version, and every fault by its line."""
    await Worker(browser).speak(Locale.ENGLISH.value)
    words = Words(Locale.ENGLISH)
    text = (PATHWAYS / "astra" / "2.yaml").read_text("utf-8")
    before = house.log.head()
    empty = Paper((await browser.get("/replay/what-if")).text)
    token = next(form for form in empty.forms if "token" in form.fields).fields["token"]

    async def sent(pathway: str, **more: str) -> httpx.Response:
        return await browser.post("/replay/what-if", data={"token": token, "pathway": pathway, **more})

    for wrong, line in (
        ("pathway: [", "line 1: not YAML"),
        (text.replace("role: caseworker", "role: nobody", 1), "line "),
    ):
        answer = await sent(wrong)
        assert answer.status_code == 422
        assert f'lang="en">{line}' in answer.text
        told = await browser.post("/api/v1/replay/what-if", json={"pathway": wrong})
        assert told.json()["type"] == "urn:putokaz:problem:draft-invalid"
        assert told.json()["problems"][0].startswith("line ")
    assert words("whatif.draft-missing") in (await sent("  ")).text
    assert (await sent(text.replace("pathway: astra", "pathway: nowhere", 1))).status_code == 422
    assert (await browser.post("/replay/what-if", data={"pathway": text})).status_code == 422
    changed = re.sub(r"stalled_after: {count: \d+}", "stalled_after: {count: 1}", text)
    file = {"file": ("changed.yaml", changed.replace("\n", "\r\n").encode(), "text/yaml")}
    page = await browser.post("/replay/what-if", data={"token": token}, files=file)
    for _ in range(60):
        assert page.status_code == 200
        form = next(form for form in Paper(page.text).forms if "pathway" in form.fields)
        if words("whatif.result") in page.text:
            break
        page = await sent(form.fields["pathway"].replace("\n", "\r\n"), at=form.fields["at"])
    assert 'class="govuk-link pk-code"' in page.text
    body: dict[str, Any] = {}
    while "rows" not in body:
        asked = {"pathway": changed, "at": form.fields["at"]}
        body = (await browser.post("/api/v1/replay/what-if", json=asked)).json()
    assert len(body["rows"]) > 3
    assert f"<strong>{body['different']}</strong>" in page.text
    assert house.log.head() == before
    acts_as(browser, MILA.id)
    assert (await sent(changed)).status_code == 403
