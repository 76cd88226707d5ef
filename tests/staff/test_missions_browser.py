"""Missions in a real Chromium, on a phone: one tap with and without scripts or network, and a draft that stays."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid5

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from domain.mission.kind import MISSION
from domain.mission.state import mission_stream
from staff.i18n.locale import Locale
from staff.visit import PERSON_COOKIE
from tests.staff.house import House
from tests.staff.test_browser import (
    _QUESTION,
    AXE,
    NARROW,
    WIDE,
    _context,
    _evaluate,
    _isolated,
    _watched,
    chromium,
    served,
)
from vault.staff import StaffMember
from worker.demo.staff import LUKA, VERA
from worker.demo.tale import NAMESPACE

__all__ = ["chromium", "served"]
pytestmark = pytest.mark.browser
OUT, TO_REPORT = uuid5(NAMESPACE, "mission-out-now"), uuid5(NAMESPACE, "mission-report-overdue")


def as_person(context: BrowserContext, address: str, who: StaffMember) -> None:
    """Goes on as somebody."""
    context.add_cookies([{"name": PERSON_COOKIE, "value": str(who.id), "url": address}])


def version(house: House, mission: UUID) -> int:
    """How many events it has."""
    state = MISSION.fold(house.log.load(mission_stream(mission)).history)
    assert state is not None
    return state.version


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def phone(request: pytest.FixtureRequest, served: tuple[House, str], chromium: Browser) -> Iterator[Page]:
    """Luka's, in Serbian, on the page of the mission that he is on."""
    context = _context(chromium, served[1], width=NARROW, scripts=request.param)
    as_person(context, served[1], LUKA)
    page, wrong = _watched(context)
    page.goto(f"/missions/{OUT}")
    yield page
    assert wrong == []
    context.close()


def test_one_tap_checks_in(served: tuple[House, str], phone: Page) -> None:
    """It is big enough for a thumb, stands before anything else, and a double tap is one command."""
    house, before = served[0], version(served[0], OUT)
    button = phone.get_by_role("button", name="Sve je u redu")
    box = button.bounding_box()
    assert box is not None
    assert (box["height"] >= 60, box["y"] + box["height"] <= 800) == (True, True)
    button.dblclick()
    expect(phone.locator(".pk-flash")).to_contain_text("Sačuvano.")
    assert version(house, OUT) == before + 1


def test_a_tap_without_a_network_waits_with_its_id(served: tuple[House, str], chromium: Browser) -> None:
    """The first one arrived and its answer was lost; pressed again, it is the same command."""
    house, address = served
    context = _context(chromium, address, width=NARROW)
    as_person(context, address, LUKA)
    page = context.new_page()
    page.goto(f"/missions/{OUT}")
    before = version(house, OUT)

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    page.route("**/check-in", lose)
    button = page.get_by_role("button", name="Sve je u redu")
    button.click()
    expect(page.get_by_role("alert").filter(has_text="Nema mreže")).to_be_visible()
    page.unroute("**/check-in")
    page.wait_for_timeout(1100)  # GOV.UK's button takes a second click within a second for a mistake
    button.click()
    expect(page.locator(".pk-flash")).to_contain_text("Sačuvano.")
    assert version(house, OUT) == before + 1
    context.close()


def test_a_draft_survives_a_closed_tab(served: tuple[House, str], chromium: Browser) -> None:
    """Typed, never sent; offered, continued, sent: then there is none."""
    _, address = served
    context = _context(chromium, address, width=NARROW)
    as_person(context, address, LUKA)
    page, wrong = _watched(context)
    page.goto(f"/missions/{TO_REPORT}/report")
    page.locator("#note").fill("Vratili smo se pre mraka")
    expect(page.locator("[data-draft-state]")).to_contain_text("Nacrt je sačuvan u")
    page.close()
    page, wrong = _watched(context)
    page.goto(f"/missions/{TO_REPORT}/report")
    page.get_by_role("button", name="Nastavi").click()
    expect(page.locator("#note")).to_have_value("Vratili smo se pre mraka")
    page.locator('input[name="outcome-0"]').first.check()
    page.get_by_role("button", name="Sačuvaj", exact=True).click()
    expect(page.locator(".pk-flash")).to_contain_text("Sačuvano.")
    assert wrong == []
    context.close()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_page_of_missions_passes_axe(served: tuple[House, str], chromium: Browser, width: int) -> None:
    """In each language, as the team and as a supervisor: no violation, nothing to scroll sideways."""
    _, address = served
    out = f"/missions/{OUT}"
    words = {LUKA: ("", "/check-in", "/abort"), VERA: ("", "/move", "/change-crew", "/acknowledge")}
    faults = []
    for locale in Locale:
        context = _context(chromium, address, width=width, locale=locale)
        page, wrong = _watched(context)
        inspector = context.new_cdp_session(page)
        for who, found in words.items():
            as_person(context, address, who)
            paths = [*(f"{out}{word}" for word in found), "/missions", f"/missions/{TO_REPORT}", f"{out}/report"]
            paths.append(f"/missions/{TO_REPORT}/correct-report")
            for path in paths:
                page.goto(path, wait_until="load")
                world = _isolated(inspector)
                _evaluate(inspector, world, AXE)
                if violations := _evaluate(inspector, world, f"({_QUESTION})()"):
                    faults.append((path, violations))
                assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert [line for line in wrong if "409" not in line and "403" not in line] == []
        context.close()
    assert faults == []
