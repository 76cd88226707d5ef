"""A page that lies open shows what others have done, and takes no word from somebody who is typing."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import httpx
import pytest
from playwright.sync_api import Browser, expect

from projections.journey_file.queries import file
from staff.i18n.locale import Locale
from tests.fix_services import DatabaseFactory
from tests.staff.house import House, opened
from tests.staff.paper import a_stalled_row
from tests.staff.test_browser import WIDE, _context, chromium, serving
from worker.demo.staff import VERA

__all__ = ["chromium"]
pytestmark = pytest.mark.browser
SOON = 10_000
"""Milliseconds within which an open page has to show it; it asks every half second here."""


@pytest.fixture(scope="module")
def lively(database_factory: DatabaseFactory, furnished: tuple[str, str]) -> Iterator[tuple[House, str]]:
    """A house whose pages ask twice a second."""
    log, vault = (database_factory.copy(dsn) for dsn in furnished)
    with opened(log, vault, live_every=0.5) as house, serving(house) as address:
        yield house, address


def advance(house: House, address: str, journey: UUID, step: str) -> None:
    """Somebody else is done with the step."""
    found = file(house.reader, journey)
    assert found is not None
    seen = next(row.version for row in found.steps if row.step == step and row.status.value == "open")
    answer = httpx.post(
        f"{address}/api/v1/journeys/{journey}/commands",
        json={"kind": "advance-step", "body": {"step": step, "outcome": "done", "seen": seen}},
        headers={"Idempotency-Key": str(uuid4()), "X-Putokaz-Person": str(VERA.id)},
    )
    assert answer.is_success, answer.text


def test_an_open_page_shows_it_and_a_form_keeps_every_word(lively: tuple[House, str], chromium: Browser) -> None:
    """The file changes by itself, what is unfolded stays so; the form says that somebody was faster."""
    house, address = lively
    row = a_stalled_row(house)
    assert row.journey is not None
    assert row.step is not None
    context = _context(chromium, address, width=WIDE, locale=Locale.ENGLISH)
    reading, typing = context.new_page(), context.new_page()
    reading.goto(f"/journeys/{row.journey}")
    reading.locator("main details summary").first.click()
    typing.goto(f"/journeys/{row.journey}/advance/{row.step}")
    typing.get_by_label("Note").fill("Dogovoreno za petak")
    typing.locator("input[name=outcome]").first.check()
    mark = reading.locator("main").get_attribute("data-live")
    advance(house, address, row.journey, row.step)

    changed = typing.get_by_text("Somebody has changed this meanwhile")
    expect(changed).to_be_visible(timeout=SOON)
    expect(typing.get_by_label("Note")).to_have_value("Dogovoreno za petak")
    reading.bring_to_front()
    expect(reading.locator("main")).not_to_have_attribute("data-live", mark or "", timeout=SOON)
    expect(reading.locator("main details").first).to_have_attribute("open", "")
    expect(reading.locator("[data-live-said]")).to_have_text("The page was brought up to date")

    typing.bring_to_front()
    typing.get_by_role("button", name="Save").last.click()
    expect(typing.get_by_text("Recorded in the meantime")).to_be_visible()
    expect(typing.get_by_label("Note")).to_have_value("Dogovoreno za petak")
    context.close()
