"""Passkeys in a real Chromium with an authenticator of its own, and every page of sign-in for whoever reads it."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyotp
import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, Page, expect

from staff.i18n.locale import Locale
from staff.settings import NEUTRAL
from staff.visit import LOCALE_COOKIE
from tests.fix_services import DatabaseFactory
from tests.staff.entrance import PASSWORD, Guarded, guarded
from tests.staff.test_browser import _QUESTION, AXE, NARROW, WIDE, _context, _evaluate, _isolated, _watched, chromium
from vault.sign_ins import SignInAct
from worker.demo.staff import DUNJA, LUKA, MILA, VUK

__all__ = ["chromium"]
pytestmark = pytest.mark.browser
PICTURES = os.environ.get("PUTOKAZ_PICTURES")
"""A folder for a picture of each page, to be looked at."""


HOW_MAIN_LOOKS = """addEventListener("DOMContentLoaded", () => new MutationObserver(() =>
  console.log("main: " + getComputedStyle(document.querySelector("main")).display)
).observe(document.body, { attributes: true }))"""
"""Said whenever the page's body changes: Playwright itself waits for a page that is about to be left."""


@pytest.fixture(scope="module")
def entered(database_factory: DatabaseFactory) -> Iterator[tuple[Guarded, str]]:
    """In production mode on a real port of this machine, which browsers take for as safe as https."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        address = f"http://localhost:{listener.getsockname()[1]}"
        with guarded(database_factory, origin=address, name="localhost") as house:
            server = uvicorn.Server(uvicorn.Config(house.app, log_level="warning", ws="none", lifespan="off"))
            thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="web")
            thread.start()
            while not server.started:
                time.sleep(0.01)
            yield house, address
            server.should_exit = True
            thread.join()


def with_authenticator(context: BrowserContext, page: Page) -> None:
    """A device that asks for a finger, and is given one (WebAuthn level 3, §11)."""
    inspector = context.new_cdp_session(page)
    inspector.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    inspector.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def look(context: BrowserContext, page: Page, address: str, path: str | None) -> list[object]:
    """What axe finds on a page in each language and width, and whatever has to be scrolled sideways for."""
    faults: list[object] = []
    inspector = context.new_cdp_session(page)
    for locale in Locale:
        context.add_cookies([{"name": LOCALE_COOKIE, "value": locale.value, "url": address}])
        for width in (WIDE, NARROW):
            page.set_viewport_size({"width": width, "height": 800})
            page.goto(path or page.url, wait_until="load")
            world = _isolated(inspector)
            _evaluate(inspector, world, AXE)
            found = _evaluate(inspector, world, f"({_QUESTION})()")
            wide = page.evaluate("document.documentElement.scrollWidth") > width
            if found or wide:
                faults.append((path, locale.value, width, found, wide))
            if PICTURES:
                name = f"{(path or page.url).strip('/').replace('/', '-')[:20]}-{locale.value}-{width}.png"
                page.screenshot(path=str(Path(PICTURES) / name), full_page=True)
    return faults


def test_a_passkey_opens_every_door(entered: tuple[Guarded, str], chromium: Browser) -> None:
    """From the invitation to work, out, in again and stepping up, without a word typed but a name."""
    house, address = entered
    context = _context(chromium, address)
    page, wrong = _watched(context)
    with_authenticator(context, page)
    page.goto(house.invite(MILA))
    page.get_by_role("button", name="Počni").click()
    page.get_by_label("Naziv ključa").fill("moj laptop")
    page.get_by_role("button", name="Dodaj pristupni ključ").click()
    expect(page.locator(".pk-flash")).to_contain_text("Pristupni ključ je dodat.")
    expect(page.get_by_text("moj laptop")).to_be_visible()
    page.get_by_role("button", name="Odjavi me").click()
    expect(page.get_by_text("Odjavljeni ste")).to_be_visible()
    page.goto("/day?group=later")
    page.get_by_role("button", name="Pristupni ključ").click()
    page.wait_for_url("**/day?group=later")
    page.goto("/account")
    page.get_by_role("button", name="Potvrdite da ste to vi").click()
    page.get_by_role("button", name="Pristupni ključ").click()
    page.wait_for_url("**/account")
    expect(page.get_by_role("button", name="Promeni lozinku")).to_be_visible()
    faults = [fault for path in ("/account", "/step-up") for fault in look(context, page, address, path)]
    house.vault.sessions.end_all_of(MILA.id)
    faults += look(context, page, address, "/sign-in")
    assert faults == []
    assert wrong == []
    context.close()


def test_who_leaves_quickly_leaves_nothing_on_the_screen(entered: tuple[Guarded, str], chromium: Browser) -> None:
    """Shift three times: the page is hidden before the neutral one is there, and going back shows none of ours."""
    house, address = entered
    context = _context(chromium, address)
    page, said = context.new_page(), list[str]()
    page.add_init_script(HOW_MAIN_LOOKS)
    page.on("console", lambda message: said.append(message.text))
    context.route(f"{NEUTRAL}**", lambda route: route.fulfill(content_type="text/html", body="Sunčano"))
    with_authenticator(context, page)
    page.goto(house.invite(DUNJA))
    page.get_by_role("button", name="Počni").click()
    page.get_by_role("button", name="Dodaj pristupni ključ").click()
    expect(page.locator(".pk-flash")).to_be_visible()
    page.goto("/day")
    page.goto("/search")
    page.locator("#typed").fill("Neko Nekić")
    for capital in "ABC":  # they are no sign that somebody wants to leave
        page.keyboard.press(f"Shift+{capital}")
    expect(page.locator("main")).to_be_visible()
    for _ in range(3):
        page.keyboard.press("Shift")
    page.wait_for_url(NEUTRAL)
    assert "main: none" in said
    page.go_back(wait_until="load")
    page.wait_for_url("**/sign-in?next=%2Fday")  # not /search: that entry is no more
    assert "Nekić" not in page.content()
    acts = [line.act for line in house.vault.record.of(DUNJA.id).lines]
    assert acts[0] is SignInAct.SESSION_ENDED
    context.close()


def test_without_scripts_the_way_out_is_a_link(entered: tuple[Guarded, str], chromium: Browser) -> None:
    """And somebody signs in with a code from the paper, on every page of that way; the new codes are shown once."""
    house, address = entered
    context = _context(chromium, address, scripts=False)
    page = context.new_page()
    context.route(f"{NEUTRAL}**", lambda route: route.fulfill(content_type="text/html", body="<title>Vreme</title>"))
    page.goto(house.invite(LUKA))
    page.get_by_role("button", name="Počni").click()
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Dalje").click()
    secret = (page.locator("code.pk-secret").first.text_content() or "").replace(" ", "")
    page.locator("#code").fill(pyotp.TOTP(secret).at(house.clock()))
    page.locator("main button").last.click()
    codes = page.locator("code.pk-secret").all_text_contents()
    assert len(set(codes)) == 10
    page.get_by_role("button", name="Zapisani su, nastavi").click()
    page.get_by_role("button", name="Napusti stranicu").click()
    page.wait_for_url(NEUTRAL)
    page.go_back(wait_until="load")
    expect(page.get_by_role("heading", level=1)).to_have_text("Prijava")
    page.locator("#name").fill(LUKA.email)
    page.locator("#password").fill(PASSWORD)
    page.locator("#code").fill(codes[0].lower())
    page.locator("form[action='/sign-in'] button").last.click()
    page.goto("/me")
    expect(page.locator("#sign-ins ~ .pk-timeline")).to_contain_text("Iskorišćen kod sa papira")
    page.goto("/account")
    expect(page.get_by_text("Ostalo je 9 kodova na papiru.")).to_be_visible()
    context.close()
    seen = _context(chromium, address)
    page, wrong = _watched(seen)
    page.goto("/sign-in")
    page.locator("#name").fill(LUKA.email)
    page.locator("#password").fill(PASSWORD)
    page.locator("#code").fill(codes[1])
    page.locator("form[action='/sign-in'] button").last.click()
    faults = look(seen, page, address, "/me")
    page.goto("/step-up?next=/account")
    page.locator("#password").fill(PASSWORD)
    page.locator("#code").fill(codes[2])
    page.locator("form[action='/step-up'] button").last.click()
    page.wait_for_url("**/account")
    page.locator("form[action='/account/recovery-codes'] button").click()
    fresh = page.locator("code.pk-secret").all_text_contents()
    assert len(fresh) == 10
    assert not set(fresh) & set(codes)
    faults += [fault for width in (WIDE, NARROW) for fault in as_it_stands(seen, page, width)]
    assert faults == []
    assert wrong == []
    seen.close()


def as_it_stands(context: BrowserContext, page: Page, width: int) -> list[object]:
    """What axe finds on a page that is shown once, and cannot be asked for again."""
    inspector = context.new_cdp_session(page)
    page.set_viewport_size({"width": width, "height": 800})
    world = _isolated(inspector)
    _evaluate(inspector, world, AXE)
    found = _evaluate(inspector, world, f"({_QUESTION})()")
    wide = page.evaluate("document.documentElement.scrollWidth") > width
    if PICTURES:
        page.screenshot(path=str(Path(PICTURES) / f"codes-{width}.png"), full_page=True)
    return [(page.url, width, found, wide)] if found or wide else []


def test_a_password_works_without_scripts_and_every_page_reads_well(
    entered: tuple[Guarded, str], chromium: Browser
) -> None:
    """The square for the telephone included; without scripts nothing offers a passkey."""
    house, address = entered
    plain = _context(chromium, address, scripts=False)
    page = plain.new_page()
    page.goto(house.invite(VUK))
    page.get_by_role("button", name="Počni").click()
    expect(page.locator("[data-passkey]")).to_be_hidden()
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Dalje").click()
    expect(page.locator("svg.pk-quadrat")).to_be_visible()
    plain.close()
    context = _context(chromium, address)
    page, wrong = _watched(context)
    link = house.invite(VUK)
    faults = look(context, page, address, link)
    page.get_by_role("button", name="Begin").click()
    faults += look(context, page, address, "/enrol")
    page.locator("#password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    faults += look(context, page, address, "/enrol")
    assert faults == []
    assert wrong == []
    context.close()
