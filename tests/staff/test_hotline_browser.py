"""A call taken in a real Chromium by keyboard alone, against the clock; the blank on one page; every screen by axe."""

from __future__ import annotations

import re
import time
from uuid import uuid4

import pytest
from playwright.sync_api import Browser, Page, expect

from projections.contacts.queries import ContactFilter, list_contacts
from staff.forms.contact_scene import CONTACT_ACTIONS
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
from tests.webhooks.partner import until
from worker.demo.staff import JASNA, VERA

pytestmark = pytest.mark.browser
__all__ = ["chromium", "served"]

MOST_SECONDS = 15.0
"""What a consultant may need for a call with a promise, by the design (§1)."""
PER_KEY = 0.2
"""Seconds a person who types with one finger takes for a key: what a test presses at once is counted so."""
READING = 0.6
"""Seconds to find and read a field."""


class Keys:
    """Presses keys and counts them; what is typed or chosen is counted as a person would take for it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.pressed = 0
        self.fields = 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self._page.keyboard.press(key)
            self.pressed += 1

    def type(self, text: str) -> None:
        self._page.keyboard.type(text)
        self.pressed += len(text)

    def tab_to(self, selector: str) -> None:
        """To the field, by Tab alone."""
        self.fields += 1
        for _ in range(12):
            self.press("Tab")
            if self._page.evaluate("s => document.activeElement.matches(s)", selector):
                return
        raise AssertionError(f"{selector} is more than 12 stops away")

    def seconds(self) -> float:
        """How long a person takes for these keys."""
        return self.pressed * PER_KEY + self.fields * READING


def _take_a_call(page: Page) -> tuple[float, Keys]:
    """From the list, by the menu, to the saved call: the seconds it took, and the keys."""
    page.goto("/contacts")
    keys, began = Keys(page), time.monotonic()
    keys.tab_to(".pk-nav__call")
    keys.press("Enter")
    page.wait_for_url("**/log")
    expect(page.locator(":focus")).to_have_attribute("name", "caller")
    keys.press("ArrowDown")
    keys.tab_to('[name="danger"]')
    keys.tab_to("#topic")
    keys.type("Prav")
    keys.tab_to('[name="may-call"]')
    keys.press("ArrowUp", "ArrowUp")
    keys.tab_to("#number")
    keys.type("0601112233")
    keys.tab_to('[name="promise"]')
    keys.press("ArrowDown", "ArrowDown")
    keys.press("Enter")
    expect(page.locator(".pk-flash")).to_contain_text("Sačuvano")
    return time.monotonic() - began, keys


@pytest.mark.parametrize(("width", "scripts"), [(WIDE, True), (NARROW, False)], ids=["wide", "narrow, no scripts"])
def test_a_call_is_taken_in_time_by_keyboard_alone(
    served: tuple[House, str], chromium: Browser, width: int, scripts: bool
) -> None:
    """Who calls, about what, may we call, the number, the promise: from any page to the saved call."""
    _, address = served
    context = _context(chromium, address, width=width, scripts=scripts)
    context.add_cookies([{"name": PERSON_COOKIE, "value": str(JASNA.id), "url": address}])
    page, wrong = _watched(context)
    tries = [_take_a_call(page)]
    while tries[-1][0] >= MOST_SECONDS and len(tries) < 3:  # a machine that does much else is no slower form
        tries.append(_take_a_call(page))
    took, keys = min(tries, key=lambda each: each[0])
    assert took < MOST_SECONDS
    assert keys.seconds() < MOST_SECONDS, (keys.pressed, keys.fields)
    assert keys.pressed < 50
    for said in ("Traži pomoć za sebe", "Pravno pitanje", "Obećan poziv", "zove Jasna"):
        expect(page.locator("body")).to_contain_text(said)
    expect(page.locator("body")).not_to_contain_text("601112233")
    assert wrong == []
    context.close()


def test_what_to_do_shows_as_soon_as_somebody_is_in_danger(served: tuple[House, str], chromium: Browser) -> None:
    """Also without scripts; and a call that is nothing is saved by three kinds of keys."""
    house, address = served
    context = _context(chromium, address, width=NARROW, scripts=False)
    context.add_cookies([{"name": PERSON_COOKIE, "value": str(JASNA.id), "url": address}])
    page, _ = _watched(context)
    page.goto("/contacts/new")
    expect(page.locator(".pk-call__now")).to_be_hidden()
    keys = Keys(page)
    keys.tab_to('[name="danger"]')
    keys.press("ArrowDown")
    expect(page.locator(".pk-call__now")).to_be_visible()
    page.goto("/contacts/new")
    before = list_contacts(house.reader, ContactFilter(caller="silent")).total
    keys.press(*["ArrowDown"] * 7, "Enter")
    expect(page.locator(".pk-flash")).to_contain_text("Sačuvano")
    until(lambda: list_contacts(house.reader, ContactFilter(caller="silent")).total == before + 1)
    context.close()


@pytest.mark.parametrize("locale", Locale)
def test_the_blank_is_one_page(served: tuple[House, str], chromium: Browser, locale: Locale) -> None:
    """A4, in each language and script."""
    _, address = served
    context = _context(chromium, address, locale=locale)
    page, _ = _watched(context)
    page.goto("/contacts/blank")
    paper = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1
    context.close()


@pytest.mark.parametrize(("width", "locale"), [*zip((WIDE, NARROW, NARROW), Locale, strict=True)])
def test_every_screen_passes_axe(served: tuple[House, str], chromium: Browser, width: int, locale: Locale) -> None:
    """No violation, nothing to scroll sideways, nothing that the policy had to block."""
    house, address = served
    context = _context(chromium, address, width=width, locale=locale)
    context.add_cookies([{"name": PERSON_COOKIE, "value": str(VERA.id), "url": address}])
    page, wrong = _watched(context)
    inspector = context.new_cdp_session(page)
    rows = list_contacts(house.reader, ContactFilter(), limit=200).rows
    told = next(row for row in rows if row.dangers_open or row.dangers)
    owing = next(row for row in rows if row.open)
    base = f"/contacts/{told.contact}"
    forms = [f"{base}/{word}" + ("/1" if word in ("acknowledge", "settle") else "") for word in CONTACT_ACTIONS.known]
    logs = [f"/contacts/{uuid4()}/log", f"/contacts/{owing.contact}?look=number", f"{base}?look=earlier"]
    faults: list[tuple[str, object]] = []
    for path in ["/contacts", "/contacts/blank", base, f"/contacts/{uuid4()}", *logs, *forms]:
        page.goto(path, wait_until="load")
        world = _isolated(inspector)
        _evaluate(inspector, world, AXE)
        if found := _evaluate(inspector, world, f"({_QUESTION})()"):
            faults.append((path, found))
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert faults == []
    assert [line for line in wrong if "404" not in line and "409" not in line] == []
    context.close()
