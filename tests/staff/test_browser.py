"""The main job in a real Chromium: wide and narrow, with and without scripts, by keyboard alone, in each language.

Needs Chromium; `make test` sees to it. Where there is none, these fail: they never count as passed.
"""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page, expect, sync_playwright

from staff.forms.action import ACTIONS
from staff.i18n.locale import Locale
from staff.visit import LOCALE_COOKIE, PERSON_COOKIE
from tests.fix_services import DatabaseFactory
from tests.staff.derived import derived_forms
from tests.staff.document_pages import document_pages
from tests.staff.house import House, opened
from tests.staff.office import administration_pages, office_pages
from tests.staff.office_files import PDF
from tests.staff.paper import a_stalled_row, case_forms, leads, open_cases
from tests.staff.test_languages import whose
from tools.browser import find
from worker.demo.staff import VERA

pytestmark = pytest.mark.browser
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text("utf-8")
WIDE, NARROW = 1280, 360
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
"""A browser that calls nobody, and starts as root as well."""
PATIENCE = 60_000
"""Milliseconds until what a page is to show or to do counts as never coming; nothing is said of how quick it is."""
expect.set_options(timeout=PATIENCE)
_QUESTION = """() => axe.run(document, {resultTypes: ["violations"]}).then(found => found.violations.map(
    v => v.id + ": " + v.nodes.map(n => n.target.join(" ")).join(", ")))"""

_NEXT_FRAME = "() => new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))"
"""By then scripts have heard of another width, too."""


@contextmanager
def serving(house: House) -> Iterator[str]:
    """The address of the house's application, on a real port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(house.app, log_level="warning", ws="none", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, name="web")
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def served(database_factory: DatabaseFactory, furnished: tuple[str, str]) -> Iterator[tuple[House, str]]:
    """A house with its application on a real port."""
    log, vault = (database_factory.copy(dsn) for dsn in furnished)
    with opened(log, vault) as house, serving(house) as address:
        yield house, address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One Chromium for the module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=QUIET)
        yield browser
        browser.close()


def _context(
    browser: Browser, address: str, *, width: int = WIDE, scripts: bool = True, locale: Locale = Locale.SERBIAN_LATIN
) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=scripts, base_url=address, bypass_csp=False
    )
    context.set_default_timeout(PATIENCE)
    _remember(context, address, LOCALE_COOKIE, locale.value)
    _remember(context, address, PERSON_COOKIE, str(VERA.id))
    return context


def _remember(context: BrowserContext, address: str, name: str, value: str) -> None:
    context.add_cookies([{"name": name, "value": value, "url": address}])


def _watched(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page, and everything that its console says is wrong."""
    page, wrong = context.new_page(), list[str]()
    page.on("console", lambda m: wrong.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda e: wrong.append(str(e)))
    return page, wrong


def _pages(house: House) -> list[str]:
    row = a_stalled_row(house)
    base = f"/journeys/{row.journey}"
    about = {
        "advance": row.step,
        "correct": "risk-assessment",
        "schedule": row.step,
        "stall": row.step,
        "resume": row.step,
        "open-step": "interpreter",
        "enter-stage": "repatriation",
        "leave-stage": row.stage,
        "assign": "lawyer",
        "unassign": "caseworker",
        "withdraw-consent": "assistance",
        "nudge": row.part,
    }
    forms = [f"{base}/{word}/{about[word]}" for word in ACTIONS if word in about]
    plain = [
        f"{base}/{word}"
        for word in ("close", "give-consent", "link", "merge", "review", "reopen", "open-emergency-access")
    ]
    opening = "/journeys/new"
    return [
        "/",
        "/day",
        "/hearings",
        "/hearings/week",
        "/hearings/month",
        "/hearings/month?day=2031-05-01",
        "/journeys?phase=any",
        "/journeys?caseworker=me&due=overdue&opened_from=2025-01-01",
        "/views",
        "/replay/what-if",
        "/replay/migrate?version=astra/1",
        "/replay/flow",
        "/replay/reports/status-reports?period=2026-Q3&known=2026-09-20&against=2026-11-20",
        "/replay/reports/serbia-year?period=2026",
        "/replay/exports",
        "/replay/exports/new",
        "/replay/imports",
        "/replay/releases",
        "/replay/releases?table=in-care-by-status-and-age&period=2026-Q2",
        base,
        f"{base}/replay?at=2026-11-10T10:00&other=2026-11-22",
        "/replay/boards/stalled?at=2026-11-10&other=2026-11-22",
        f"{base}/events",
        "/replay/events",
        *forms,
        *plain,
        *(form for form in case_forms(house) if any(word in form for word in ("/move-h", "/advance-s", "/start-t"))),
        opening,
        "/search",
        "/accesses",
        f"{base}/refusals",
        f"{base}/identity",
        f"{base}/identity/edit",
        *document_pages(house, row.journey),
        "/missions",
        "/missions/new",
        "/contacts",
        "/contacts/blank",
        "/contacts/new",
        "/nowhere",
        "/api/v1/docs",
    ]


_LONG_FORMS = frozenset({"agree-safe-contact", "save-screening", "detail-service"})
"""Of the derived forms those with every kind of field."""


@pytest.mark.parametrize("locale", Locale)
def test_every_page_passes_axe(served: tuple[House, str], chromium: Browser, locale: Locale) -> None:
    """Wide and narrow: no violation, nothing to scroll sideways, nothing that the policy had to block.

    A page is loaded in one width and turned to the other; in the next language it is the other way round.
    """
    house, address = served
    context = _context(chromium, address, locale=locale)
    page, wrong = _watched(context)
    inspector = context.new_cdp_session(page)
    faults: list[tuple[str, int, object]] = []
    caseworker = leads(house, a_stalled_row(house).journey)
    every = {path: whose(path, caseworker) for path in (*_pages(house), *office_pages(), *administration_pages())}
    every |= {place.path: place.person for word, place in derived_forms(house).items() if word in _LONG_FORMS}
    for number, (path, person) in enumerate(every.items(), start=list(Locale).index(locale)):
        _remember(context, address, PERSON_COOKIE, str(person))
        widths = (WIDE, NARROW) if number % 2 else (NARROW, WIDE)
        page.set_viewport_size({"width": widths[0], "height": 800})
        page.goto(path, wait_until="load")
        world = _isolated(inspector)
        _evaluate(inspector, world, AXE)
        for width in widths:
            page.set_viewport_size({"width": width, "height": 800})
            page.evaluate(_NEXT_FRAME)
            found = _evaluate(inspector, world, f"({_QUESTION})()")
            if found:
                faults.append((path, width, found))
            assert page.evaluate("innerWidth") == width
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert faults == []
    assert [line for line in wrong if "404" not in line and "409" not in line] == []
    context.close()


def _isolated(inspector: CDPSession) -> int:
    """A world of its own in the page: the page's policy stays on while axe looks at it."""
    frame = inspector.send("Page.getFrameTree")["frameTree"]["frame"]["id"]
    return int(inspector.send("Page.createIsolatedWorld", {"frameId": frame})["executionContextId"])


def _evaluate(inspector: CDPSession, world: int, expression: str) -> object:
    answer = inspector.send(
        "Runtime.evaluate",
        {"expression": expression, "contextId": world, "awaitPromise": True, "returnByValue": True},
    )
    assert "exceptionDetails" not in answer, answer
    return answer["result"].get("value")


@pytest.mark.parametrize("width", [WIDE, NARROW])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_a_step_is_advanced(served: tuple[House, str], chromium: Browser, width: int, scripts: bool) -> None:
    """From the list to the saved step, in two pages."""
    _, address = served
    context = _context(chromium, address, width=width, scripts=scripts)
    page, wrong = _watched(context)
    page.goto("/journeys")
    page.locator(".pk-list tbody tr a").nth(width // 100 + scripts).click()
    page.locator(".pk-step__top .govuk-button").first.click()
    page.locator('input[name="outcome"]').first.check()
    page.get_by_label("Napomena").fill("Razgovor obavljen")
    page.get_by_role("button", name="Dalje: šta ovo pokreće").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Šta ovo pokreće")
    page.get_by_role("button", name="Sačuvaj").click()
    expect(page.locator(".pk-flash")).to_contain_text("Sačuvano.")
    assert wrong == []
    context.close()


def test_what_it_starts_shows_while_choosing(served: tuple[House, str], chromium: Browser) -> None:
    """With scripts, the preview is beside the form; a double click saves once, and going back does nothing twice."""
    house, address = served
    row = a_stalled_row(house)
    context = _context(chromium, address)
    page, wrong = _watched(context)
    page.goto(f"/journeys/{row.journey}/advance/{row.step}")
    expect(page.locator('[data-shown-for] >> text="Razlog"')).to_be_hidden()
    page.locator('input[value="postponed"]').check()
    expect(page.locator("#reason")).to_be_visible()
    page.locator('input[value="done"]').check()
    expect(page.locator("#glance .pk-what__item").first).to_be_visible()
    before = len(set(house.desk.submitted))
    page.locator(".pk-glance button").dblclick()
    expect(page.locator(".pk-flash")).to_contain_text("Sačuvano.")
    assert len(set(house.desk.submitted)) == before + 1
    page.go_back()
    expect(page.locator(".pk-explained")).to_contain_text("nije otvoren")
    assert len(set(house.desk.submitted)) == before + 1
    assert [line for line in wrong if "409" not in line] == []
    context.close()


def test_the_main_job_by_keyboard_alone(served: tuple[House, str], chromium: Browser) -> None:
    """Skip link, board, form, save: every stop is reachable and shows that it has the focus."""
    _, address = served
    context = _context(chromium, address)
    page, wrong = _watched(context)
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Pređi na sadržaj")
    page.keyboard.press("Enter")
    _tab_to(page, ".pk-board__do a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/journeys/**")
    if "/assign/" in page.url:
        _tab_to(page, 'input[name="staff"]')
    else:
        _tab_to(page, 'input[name="outcome"]')
    page.keyboard.press("Space")
    outline = page.evaluate("getComputedStyle(document.activeElement.nextElementSibling, '::before').boxShadow")
    assert outline != "none"
    _tab_to(page, 'button[value="check"]')
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Šta ovo pokreće")
    _tab_to(page, 'button[value="save"]')
    page.keyboard.press("Enter")
    expect(page.locator(".pk-flash")).to_contain_text("Sačuvano.")
    assert wrong == []
    context.close()


def _tab_to(page: Page, selector: str) -> None:
    """Presses Tab until the focus is there."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by Tab on {page.url}")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_a_document_is_filed_by_keyboard_without_scripts(
    served: tuple[House, str], chromium: Browser, width: int, tmp_path: Path
) -> None:
    """From the file of the case: the first try has no file and says so, and what was typed is still there."""
    house, address = served
    journey = open_cases(house)[0]
    paper = tmp_path / "Zapisnik.pdf"
    paper.write_bytes(PDF)
    context = _context(chromium, address, width=width, scripts=False)
    _remember(context, address, PERSON_COOKIE, str(leads(house, journey)))
    page = context.new_page()
    page.goto(f"/journeys/{journey}/documents/new")
    _tab_without_scripts(page, 'input[name="part"]')
    page.keyboard.press("Space")
    _tab_without_scripts(page, 'select[name="kind"]')
    page.keyboard.type("sudski")
    _tab_without_scripts(page, 'input[name="name"]')
    page.keyboard.type(f"Zapisnik {width}")
    _tab_without_scripts(page, ".govuk-button-group button")
    page.keyboard.press("Enter")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Izaberite datoteku.")
    expect(page.locator('input[name="name"]')).to_have_value(f"Zapisnik {width}")
    expect(page.locator('input[name="part"]').first).to_be_checked()
    page.locator('input[name="file"]').set_input_files(paper)
    _tab_without_scripts(page, ".govuk-button-group button")
    page.keyboard.press("Enter")
    expect(page.locator(".pk-flash")).to_contain_text("Sačuvano.")
    page.get_by_role("link", name=f"Zapisnik {width}").click()
    page.locator('input[name="purpose"]').first.check()
    with page.expect_download() as started:
        page.get_by_role("button", name="Preuzmi").click()
    assert started.value.suggested_filename.startswith("dokument-")
    assert started.value.path().read_bytes() == PDF
    context.close()


def _tab_without_scripts(page: Page, selector: str) -> None:
    """Presses Tab until the focus is there."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.locator(f":is({selector}):focus").count():
            return
    raise AssertionError(f"{selector} cannot be reached by Tab on {page.url}")
