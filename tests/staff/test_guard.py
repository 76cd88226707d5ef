"""What stands before every page: host, origin, form token, headers, and nothing served without sign-in in earnest."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import httpx
import pytest

from staff import assets
from staff.app import SignInMissing, create_app
from staff.guard.gate import host_name
from staff.guard.tokens import is_token, token_for
from staff.parts import Parts
from staff.settings import AppMode, AppSettings
from tests.staff.house import House
from tests.staff.paper import Worker, a_stalled_row

HERE = Path(__file__).parents[2] / "staff"


async def test_a_page_allows_files_of_ours_and_nothing_else(browser: httpx.AsyncClient) -> None:
    """Strict policy, no sniffing, no framing, no referrer, never stored."""
    answer = await browser.get("/")
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"


async def test_no_page_holds_inline_script_or_style(house: House, browser: httpx.AsyncClient) -> None:
    """The policy would block them; here is why it never has to."""
    row = a_stalled_row(house)
    for path in ("/", "/day", "/journeys", f"/journeys/{row.journey}", f"/journeys/{row.journey}/advance/{row.step}"):
        html = (await browser.get(path)).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", html), path


@pytest.mark.parametrize("host", ["evil.example", "putokaz.example:8000", "127.0.0.1.evil.example", ""])
async def test_a_foreign_host_is_turned_away(browser: httpx.AsyncClient, host: str) -> None:
    """A name that an attacker lets resolve to us reaches nothing, not even with the session's cookie."""
    answer = await browser.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "Putokaz" not in answer.text


@pytest.mark.parametrize(
    ("host", "name"), [("127.0.0.1:8000", "127.0.0.1"), ("[::1]:80", "[::1]"), ("LOCALHOST", "localhost")]
)
def test_the_name_of_a_host_is_without_its_port(host: str, name: str) -> None:
    """Also for addresses in brackets."""
    assert host_name(host) == name


@pytest.mark.parametrize(
    "headers",
    [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "http://evil.example"}],
)
async def test_what_changes_something_comes_from_our_own_pages(
    house: House, browser: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    """A form on another page reaches neither pages nor API."""
    row = a_stalled_row(house)
    for path in (f"/journeys/{row.journey}/advance/{row.step}", "/person", f"/api/v1/journeys/{row.journey}/commands"):
        assert (await browser.post(path, headers=headers)).status_code == 403
    assert house.desk.submitted == []


async def test_the_api_takes_nothing_that_a_form_could_send(browser: httpx.AsyncClient) -> None:
    """A form needs no permission to be sent across origins; JSON does."""
    for kind in ("application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"):
        answer = await browser.post("/api/v1/journeys", content="{}", headers={"content-type": kind})
        assert answer.status_code == 415


async def test_a_form_without_its_token_saves_nothing_and_keeps_what_was_typed(
    house: House, browser: httpx.AsyncClient
) -> None:
    """As after a restart with another secret: the form comes back filled in, with a new token."""
    row = a_stalled_row(house)
    path = f"/journeys/{row.journey}/advance/{row.step}"
    worker = Worker(browser)
    form = (await worker.read(path)).form
    answer = await worker.send(path, form, token="f" * 64, outcome="done", note="Остаје овде", intent="save")
    assert answer.status_code == 403
    assert "Остаје овде" in answer.text
    assert house.desk.submitted == []


def test_a_token_belongs_to_one_session() -> None:
    """Another session's token is no token, nor is one without a session."""
    secret = b"s" * 32
    token = token_for("a" * 43, secret)
    assert is_token(token, "a" * 43, secret)
    assert not is_token(token, "b" * 43, secret)
    assert not is_token(token, None, secret)


async def test_too_large_a_request_is_refused(browser: httpx.AsyncClient) -> None:
    """Before it is read."""
    answer = await browser.post("/language", content=b"x" * (600 * 1024))
    assert answer.status_code == 413


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:1"])
async def test_a_switch_never_leads_elsewhere(browser: httpx.AsyncClient, back: str) -> None:
    """The page to go back to is a path of ours."""
    answer = await browser.post("/language", data={"locale": "en", "back": back})
    assert answer.headers["location"] == "/"


def test_pages_on_which_nobody_signs_in_are_for_this_machine(house: House) -> None:
    """Neither in production nor under names that are not loopback."""
    refused = (AppSettings(mode=AppMode.PRODUCTION), AppSettings(hosts=frozenset({"putokaz.example"})))
    parts: Parts = house.app.state.parts
    for settings in refused:
        with pytest.raises(SignInMissing):
            create_app(
                desk=house.desk,
                feeds=parts.feeds,
                letters=parts.letters,
                subscriptions=parts.subscriptions,
                rights=parts.rights,
                identities=parts.identities,
                drafts=parts.drafts,
                documents=parts.documents,
                hotline=parts.hotline,
                views=parts.views,
                office=parts.office,
                reader=house.reader,
                clock=house.log.now,
                settings=settings,
                probes={},
            )


async def test_files_are_kept_for_a_year_under_their_hash(browser: httpx.AsyncClient) -> None:
    """And not at all under another release's."""
    answer = await browser.get(assets.address("putokaz.css"))
    assert "immutable" in answer.headers["cache-control"]
    other = await browser.get("/static/0000000000000000/putokaz.css")
    assert other.headers["cache-control"] == "no-store"
    assert (await browser.get("/static/x/%2e%2e%2fapp.py")).status_code == 404


def test_compiled_files_are_what_the_build_made() -> None:
    """Nobody edits them by hand, and a pinned library is exactly the pinned one."""
    for line in (HERE / "assets" / "SHA256SUMS").read_text().splitlines():
        digest, name = line.split()
        file = HERE / "static" / name
        assert hashlib.sha256(file.resolve().read_bytes()).hexdigest() == digest, name


def test_the_brand_of_others_is_not_in_our_files() -> None:
    """No font, crest or icon of GOV.UK (their licence does not cover it); their notices are kept."""
    css = (HERE / "static" / "putokaz.css").read_text("utf-8")
    assert "GDS Transport" not in css
    assert "url(" not in css
    notices = (HERE / "static" / "LICENSES.txt").read_text("utf-8")
    assert "Crown Copyright" in notices


async def test_health_says_what_is_ready(house: House, browser: httpx.AsyncClient) -> None:
    """Alive, ready with every part by name, and figures without any journey in a label."""
    assert (await browser.get("/livez")).status_code == 200
    ready = await browser.get("/readyz")
    assert ready.json() == {"status": "ready", "parts": {"log": True, "read models": True}}
    row = a_stalled_row(house)
    await browser.get(f"/journeys/{row.journey}")
    figures = (await browser.get("/metrics")).text
    assert "putokaz_projection_lag_seconds" in figures
    assert 'route="/journeys/{journey}"' in figures
    assert str(row.journey) not in figures
