"""The day of each role in a real Chromium: the main job from the page that one starts on, by what one clicks there.

Wide with scripts, on a phone with and without; what goes wrong in between (a double click, the way back, no network,
two people at once) loses nothing and doubles nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from domain.codes import Mover, ObligationKind
from projections.my_day.hearings import HearingGroup, HearingOwed, hearings
from projections.my_day.queries import my_day
from projections.stalled_board.queries import StalledFilter, StalledRow, stalled
from staff.visit import PERSON_COOKIE
from tests.staff.house import House
from tests.staff.test_browser import NARROW, WIDE, _context, _tab_to, _watched, chromium, served
from tests.staff.test_missions_browser import OUT
from vault.staff import StaffMember
from worker.demo.staff import JASNA, LUKA, MILA, OGNJEN, TEODORA, VERA

__all__ = ["chromium", "served"]
pytestmark = pytest.mark.browser
ONE_LINE = 70
"""Pixels that a header of one line has at most."""
KINDS = {"wide": (WIDE, True), "phone": (NARROW, True), "phone, no scripts": (NARROW, False)}


@dataclass(frozen=True)
class Desk:
    """Somebody's browser, what its console says is wrong, and the house behind it."""

    house: House
    context: BrowserContext
    address: str
    page: Page
    wrong: list[str]

    @property
    def is_phone(self) -> bool:
        return self.page.viewport_size is None or self.page.viewport_size["width"] < WIDE

    def sits(self, who: StaffMember) -> Page:
        """From here on it is this person's."""
        self.context.add_cookies([{"name": PERSON_COOKIE, "value": str(who.id), "url": self.address}])
        return self.page


@pytest.fixture(params=KINDS)
def desk(request: pytest.FixtureRequest, served: tuple[House, str], chromium: Browser) -> Iterator[Desk]:
    """One browser of each kind; nothing may go wrong in its console."""
    house, address = served
    width, scripts = KINDS[request.param]
    context = _context(chromium, address, width=width, scripts=scripts)
    page, wrong = _watched(context)
    yield Desk(house, context, address, page, wrong)
    assert [line for line in wrong if "409" not in line] == []
    context.close()


def everything(house: House, mover: Mover | None = None) -> Sequence[StalledRow]:
    """What stands still."""
    return stalled(house.reader, StalledFilter(mover=mover), now=house.log.now(), limit=200).rows


def may_be_nudged(house: House, mover: Mover) -> StalledRow:
    """The first that somebody else has, and that nobody was reminded of today."""
    now = house.log.now()
    rows = (row for row in everything(house, mover) if row.journey and row.owner_staff not in (None, VERA.id))
    return next(row for row in rows if not row.nudge or row.nudge.again_at <= now)


def test_a_supervisor_moves_on_what_stands_still(desk: Desk) -> None:
    """One click reminds a colleague; for a client's move what is safe is read first; the board says who reminded."""
    house, page = desk.house, desk.sits(VERA)
    row = may_be_nudged(house, Mover.US)
    page.goto("/?mover=us")
    form = page.locator(f'form[action$="/{row.journey}/nudge/{row.part}"]')
    line = page.locator(".pk-board tbody tr").filter(has=form)
    expect(line.locator(".pk-nudge__gets")).to_contain_text("Podsetnik dobija:")
    line.get_by_role("button", name="Podseti").click()
    expect(page.locator(".pk-flash")).to_contain_text("Sačuvano.")
    nudge = next(each.nudge for each in everything(house) if (each.journey, each.part) == (row.journey, row.part))
    assert nudge is not None
    assert nudge.by == VERA.id
    client = everything(house, Mover.CLIENT)[0]
    page.goto("/?mover=client")
    if client.nudge is None or client.nudge.again_at <= house.log.now():
        page.locator(f'a[href$="/{client.journey}/nudge/{client.part}"]').click()
        expect(page.locator(".govuk-warning-text")).to_contain_text("Odavde se ne zove i ne piše")
        page.get_by_role("button", name="Dalje: šta ovo pokreće").click()
        expect(page.locator("main")).to_contain_text("samo kako je dogovoreno za bezbedan kontakt")
        page.get_by_role("button", name="Sačuvaj").click()
        expect(page.locator(".pk-flash")).to_contain_text("Sačuvano.")
    expect(page.locator("main")).to_contain_text("Vera Pregledić → ")
    page.goto(f"/journeys/{client.journey}/nudge/{client.part}")
    expect(page.locator("main")).to_contain_text("danas već poslat podsetnik")
    page.goto("/")
    menu = page.locator(".pk-header__inner").bounding_box()
    assert menu is not None
    assert desk.is_phone or menu["height"] < ONE_LINE, "the menu of whoever may most is on one line"
    page.locator(".pk-nav__more summary").click()
    page.get_by_role("link", name="Tim", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Tim")


def saved_once(desk: Desk, button: Locator) -> None:
    """A double click is one command, and the page says that it is saved."""
    before = len(set(desk.house.desk.submitted))
    button.dblclick()
    expect(desk.page.locator(".pk-flash")).to_contain_text("Sačuvano.")
    assert len(set(desk.house.desk.submitted)) == before + 1


def test_a_step_of_today_is_done(desk: Desk) -> None:
    """From my day to the outcome that is saved, with what it starts read before; the way back does nothing twice.

    A caseworker's on the telephone, a psychologist's at the desk.
    """
    page = desk.sits(MILA if desk.is_phone else TEODORA)
    page.goto("/day")
    page.locator('.pk-row__do a[href*="/advance/"]').first.click()
    page.locator('input[name="outcome"]').first.check()
    page.get_by_label("Napomena").fill("Razgovor obavljen")
    page.get_by_role("button", name="Dalje: šta ovo pokreće").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Šta ovo pokreće")
    saved_once(desk, page.get_by_role("button", name="Sačuvaj"))
    before = len(desk.house.desk.submitted)
    page.evaluate("history.go(-2)")  # past what was checked to the form, as a person presses it
    expect(page.locator(".pk-explained")).to_contain_text("nije otvoren")
    assert len(desk.house.desk.submitted) == before


def test_a_lawyer_moves_a_hearing(desk: Desk) -> None:
    """From the agenda to the file, what is new about the hearing, the new date by the clock of the place, saved."""
    house, page = desk.house, desk.sits(OGNJEN)
    owed = a_hearing(house)
    page.goto("/")
    page.get_by_role("navigation", name="Glavni meni").get_by_role("link", name="Ročišta").click()
    page.locator(f'.pk-row__do a[href="/journeys/{owed.journey}#hearings"]').first.click()
    link = page.locator(f'a[href$="/move-hearing/{number(owed)}"]')
    page.locator("details", has=link).locator("summary").click()
    link.click()
    move(page)
    page.get_by_role("button", name="Dalje: šta ovo pokreće").click()
    expect(page.locator("main")).to_contain_text("nov termin")
    saved_once(desk, page.get_by_role("button", name="Sačuvaj"))
    expect(page.locator("main")).to_contain_text("12. jan 2027")


def test_the_mobile_team_says_that_all_is_well(desk: Desk) -> None:
    """From the menu to the mission that is out, and one tap."""
    page = desk.sits(LUKA)
    page.goto("/")
    page.get_by_role("navigation", name="Glavni meni").get_by_role("link", name="Teren").click()
    page.locator(f'a[href="/missions/{OUT}"]').first.click()
    saved_once(desk, page.get_by_role("button", name="Sve je u redu"))


def test_a_consultant_takes_a_call_and_calls_back(desk: Desk) -> None:
    """The call with its promise from the menu; then what came of the promised call, from the page of the contact."""
    page = desk.sits(JASNA)
    page.goto("/")
    page.get_by_role("link", name="Poziv", exact=True).click()
    page.locator('input[name="caller"]').first.check()
    page.locator('[name="danger"]').first.check()
    page.locator("#topic").select_option(index=1)
    page.locator('[name="may-call"]').first.check()
    page.locator("#number").fill("0601112233")
    page.locator('[name="promise"]').nth(1).check()
    saved_once(desk, page.get_by_role("button", name="Sačuvaj").first)
    page.locator('a[href$="/call"]').first.click()
    page.locator('input[name="outcome"]').first.check()
    page.get_by_role("button", name="Dalje: šta ovo pokreće").click()
    saved_once(desk, page.get_by_role("button", name="Sačuvaj"))


def test_a_day_by_keyboard_alone(served: tuple[House, str], chromium: Browser) -> None:
    """The caseworker's: from my day by Tab, Space and Enter to the step that is saved."""
    context = _context(chromium, served[1])
    context.add_cookies([{"name": PERSON_COOKIE, "value": str(MILA.id), "url": served[1]}])
    page, wrong = _watched(context)
    page.goto("/day")
    _tab_to(page, '.pk-row__do a[href*="/advance/"]')
    page.keyboard.press("Enter")
    page.wait_for_url("**/advance/**")
    _tab_to(page, 'input[name="outcome"]')
    page.keyboard.press("Space")
    _tab_to(page, 'button[value="check"]')
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Šta ovo pokreće")
    _tab_to(page, 'button[value="save"]')
    page.keyboard.press("Enter")
    expect(page.locator(".pk-flash")).to_contain_text("Sačuvano.")
    assert wrong == []
    context.close()


# --------------------------------------------------------------------------------------------------- what goes wrong
@pytest.mark.parametrize("form", ["step", "hearing", "call"])
def test_nothing_is_lost_without_a_network(served: tuple[House, str], chromium: Browser, form: str) -> None:
    """The page stays with every word and says so; sent again once there is a network, it is one command."""
    house, address = served
    context = _context(chromium, address, width=NARROW)
    who, path = JASNA, "/contacts/new"
    if form == "step":
        who, path = MILA, first_step(house)
    elif form == "hearing":
        owed = a_hearing(house)
        who, path = OGNJEN, f"/journeys/{owed.journey}/move-hearing/{number(owed)}"
    context.add_cookies([{"name": PERSON_COOKIE, "value": str(who.id), "url": address}])
    page, _ = _watched(context)
    page.goto(path)
    if form == "call":
        page.locator('input[name="caller"]').first.check()
        page.locator("#number").fill("0601112234")
    elif form == "hearing":
        move(page, day="2027-01-19")
    else:
        page.locator('input[name="outcome"]').first.check()
        page.get_by_label("Napomena").fill("U vozu, bez mreže")
    before = len(set(house.desk.submitted))
    context.set_offline(True)
    button = page.locator('main form#action button[name="intent"]').first
    button.click()
    expect(page.get_by_role("alert").filter(has_text="Nema mreže")).to_be_visible()
    assert len(set(house.desk.submitted)) == before
    context.set_offline(False)
    expect(page.get_by_role("alert").filter(has_text="Nema mreže")).to_be_hidden()
    page.wait_for_timeout(1100)  # GOV.UK's button takes a second click within a second for a mistake
    button.click()
    if form != "call":
        expect(page.get_by_role("heading", level=1)).to_have_text("Šta ovo pokreće")
        page.get_by_role("button", name="Sačuvaj").click()
    expect(page.locator(".pk-flash")).to_contain_text("Sačuvano.")
    assert len(set(house.desk.submitted)) == before + 1
    context.close()


def test_two_lawyers_move_one_hearing_at_once(served: tuple[House, str], chromium: Browser) -> None:
    """Who is slower sees both dates, keeps what was typed, and decides; nobody's date is overwritten unseen."""
    house, address = served
    owed = a_hearing(house)
    context = _context(chromium, address)
    context.add_cookies([{"name": PERSON_COOKIE, "value": str(OGNJEN.id), "url": address}])
    first, second = context.new_page(), context.new_page()
    for page in (first, second):
        page.goto(f"/journeys/{owed.journey}/move-hearing/{number(owed)}")
    move(first, day="2027-02-02")
    first.locator('.pk-glance button[value="save"]').click()
    expect(first.locator(".pk-flash")).to_contain_text("Sačuvano.")
    move(second, day="2027-02-03")
    second.locator('.pk-glance button[value="save"]').click()
    expect(second.get_by_text("Zabeleženo u međuvremenu")).to_be_visible()
    expect(second.locator("main")).to_contain_text("nov termin")
    expect(second.locator('input[name="starts-day"]')).to_have_value("2027-02-03")
    second.locator('.pk-glance button[value="save"]').click()
    expect(second.locator(".pk-flash")).to_contain_text("Sačuvano.")
    expect(second.locator("main")).to_contain_text("3. feb 2027")
    context.close()


def a_hearing(house: House) -> HearingOwed:
    """One of the lawyer's that has a date ahead."""
    rows = hearings(house.reader, now=house.log.now(), owner=OGNJEN.id, group=HearingGroup.AHEAD, limit=50).rows
    return next(row for row in rows if row.appointment and row.kind is ObligationKind.HEARING)


def number(owed: HearingOwed) -> str:
    """The number of a hearing."""
    return owed.part.split(":")[1]


def move(page: Page, day: str = "2027-01-12") -> None:
    """Another date, as the court says."""
    page.locator('input[name="starts-day"]').fill(day)
    page.locator('input[name="starts-time"]').fill("10:30")
    page.locator("#reason").select_option("court-rescheduled")


def first_step(house: House) -> str:
    """Of the caseworker's, the step that is due first."""
    rows = my_day(
        house.reader, staff=MILA.id, roles=frozenset(), now=house.log.now(), today=house.log.now().date()
    ).rows
    row = next(row for row in rows if row.step)
    return f"/journeys/{row.journey}/advance/{row.step}"
