"""The main job: advance a step, see what it starts, save it once, and lose nothing whatever goes wrong."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import httpx

from domain.journey.stalling import ResumeStep
from domain.sealed import MAX_SEALED_BYTES
from projections.journey_file.model import JourneyFile
from projections.journey_file.queries import file
from projections.journey_list.queries import JourneyFilter, list_journeys
from projections.stalled_board.queries import StalledRow, stalled
from tests.staff.house import House
from tests.staff.paper import Paper, Worker, a_stalled_row, leads

NOTE = "Разговор у kancelariji <b>& dogovor</b>"


def _advance(row: StalledRow) -> str:
    return f"/journeys/{row.journey}/advance/{row.step}"


def _file(house: House, row: StalledRow) -> JourneyFile:
    found = file(house.reader, row.stream_id)
    assert found is not None
    return found


async def test_the_board_counts_what_it_lists(house: House, browser: httpx.AsyncClient) -> None:
    """For every choice that the page offers, its count is what choosing it shows."""
    board = stalled(house.reader, now=house.log.now())
    for cause, count in board.causes.items():
        page = (await browser.get(f"/?cause={cause.value}")).text
        assert page.count('class="pk-board__name"') == count
    for place, count in board.places.items():
        assert (await browser.get(f"/?place={place}")).text.count('class="pk-board__name"') == count


async def test_a_step_is_advanced_in_two_pages_without_scripts(house: House, browser: httpx.AsyncClient) -> None:
    """Form, what it starts, save; then the file says so and the board no longer lists it."""
    row, worker = a_stalled_row(house), Worker(browser)
    form = (await worker.read(_advance(row))).form
    checked = await worker.send(_advance(row), form, outcome="done", note=NOTE, intent="check")
    assert checked.status_code == 200
    assert house.desk.submitted == []
    paper = Paper(checked.text)
    assert "Šta ovo pokreće" in paper.text
    assert "Podsetnik" in paper.text
    saved = await worker.send(_advance(row), paper.form, intent="save")
    assert saved.status_code == 303
    page = await worker.read(saved.headers["location"])
    assert "Sačuvano." in page.text
    assert NOTE in " ".join(page.foreign)
    board = stalled(house.reader, now=house.log.now())
    assert (row.journey, row.part) not in {(r.journey, r.part) for r in board.rows}


async def test_a_double_click_is_one_command(house: House, browser: httpx.AsyncClient) -> None:
    """Both answers lead to the same page, one outcome is recorded."""
    row, worker = a_stalled_row(house), Worker(browser)
    form = (await worker.read(_advance(row))).form
    before = _file(house, row).version
    both = await asyncio.gather(
        *(worker.send(_advance(row), form, outcome="done", note="x", intent="save") for _ in range(2))
    )
    assert [answer.status_code for answer in both] == [303, 303]
    assert len(set(house.desk.submitted)) == 1
    once = _file(house, row).version
    again = await worker.send(_advance(row), form, outcome="done", note="x", intent="save")
    assert again.status_code == 303
    assert _file(house, row).version == once > before


async def test_an_outage_gives_the_form_back_under_the_same_id(house: House, browser: httpx.AsyncClient) -> None:
    """Nothing is lost, and trying again records it once, also where only the answer was lost."""
    row, worker = a_stalled_row(house), Worker(browser)
    form = (await worker.read(_advance(row))).form
    house.desk.down = True
    answer = await worker.send(_advance(row), form, outcome="done", note=NOTE, intent="save")
    assert answer.status_code == 503
    kept = Paper(answer.text)
    assert kept.form.fields["note"] == NOTE
    assert kept.form.fields["command_id"] == form.fields["command_id"]
    assert "Ništa nije izgubljeno" in kept.text
    house.desk.down, house.desk.lose = False, True
    lost = await worker.send(_advance(row), kept.form, intent="save")
    assert lost.status_code == 503
    house.desk.lose = False
    saved = await worker.send(_advance(row), Paper(lost.text).form, intent="save")
    assert saved.status_code == 303
    assert len(set(house.desk.submitted)) == 1


async def test_who_was_slower_sees_both_and_can_still_save(house: House, browser: httpx.AsyncClient) -> None:
    """A change of this very part is a conflict: what was recorded stands beside what was typed."""
    row, worker = a_stalled_row(house), Worker(browser)
    form = (await worker.read(_advance(row))).form
    other = await house.desk.submit(
        row.stream_id, ResumeStep(step=row.step), command_id=uuid4(), actor=leads(house, row.journey)
    )
    assert other.refusal is None
    await asyncio.sleep(0.3)
    answer = await worker.send(_advance(row), form, outcome="done", note=NOTE, intent="save")
    assert answer.status_code == 409
    paper = Paper(answer.text)
    assert "nastavlja se" in paper.text
    assert "poslat podsetnik" not in paper.text, "what the clock did before is not of the meantime"
    assert paper.form.fields["note"] == NOTE
    assert paper.form.fields["outcome"] == "done"
    assert paper.form.fields["command_id"] != form.fields["command_id"]
    saved = await worker.send(_advance(row), paper.form, intent="save")
    assert saved.status_code == 303


async def test_faults_are_shown_all_at_once_with_the_entry_kept(house: House, browser: httpx.AsyncClient) -> None:
    """A reason and a date are missing; both are said, and what was typed stays."""
    row, worker = a_stalled_row(house), Worker(browser)
    form = (await worker.read(_advance(row))).form
    answer = await worker.send(_advance(row), form, outcome="postponed", note=NOTE, intent="save")
    assert answer.status_code == 422
    paper = Paper(answer.text)
    assert "Izaberite razlog" in paper.text
    assert "Unesite do kada" in paper.text
    assert paper.form.fields["note"] == NOTE
    assert paper.form.fields["command_id"] == form.fields["command_id"]
    assert house.desk.submitted == []


async def test_a_refusal_is_in_words_and_leaves_a_way_on(house: House, browser: httpx.AsyncClient) -> None:
    """A date in the past is refused by the decider; the corrected form is a new command."""
    row, worker = a_stalled_row(house), Worker(browser)
    form = (await worker.read(_advance(row))).form
    entry = {"outcome": "postponed", "reason": "staff-absent", "next": "2026-01-05", "note": NOTE}
    answer = await worker.send(_advance(row), form, **entry, intent="save")
    assert answer.status_code == 409
    paper = Paper(answer.text)
    assert "Taj datum je prošao." in paper.text
    assert paper.form.fields["note"] == NOTE
    saved = await worker.send(_advance(row), paper.form, next="2026-12-07", intent="save")
    assert saved.status_code == 303


async def test_a_note_that_is_too_long_is_not_cut(house: House, browser: httpx.AsyncClient) -> None:
    """It comes back whole, with what to do."""
    row, worker = a_stalled_row(house), Worker(browser)
    form = (await worker.read(_advance(row))).form
    long = "ж" * (MAX_SEALED_BYTES // 2)
    answer = await worker.send(_advance(row), form, outcome="done", note=long, intent="save")
    assert answer.status_code == 422
    assert Paper(answer.text).form.fields["note"] == long


async def test_a_blocked_step_says_what_is_in_the_way(house: House, browser: httpx.AsyncClient) -> None:
    """Nobody fills in a form that cannot be taken: the conditions stand there instead."""
    row = a_stalled_row(house)
    page = await Worker(browser).read(f"/journeys/{row.journey}/advance/final-judgment", 409)
    assert not any("command_id" in form.fields for form in page.forms)
    assert "treba da bude" in page.text


async def test_a_journey_is_opened_once(house: House, browser: httpx.AsyncClient) -> None:
    """Its id comes with the form, so that sending it twice opens one."""
    worker = Worker(browser)
    there = (await browser.get("/journeys/new")).headers["location"]
    form = (await worker.read(there)).form
    before = list_journeys(house.reader, JourneyFilter()).total
    for _ in range(2):
        answer = await worker.send(there, form, pathway="astra", note="Прва напомена", intent="save")
        assert answer.status_code == 303
    assert list_journeys(house.reader, JourneyFilter()).total == before + 1
    page = await worker.read(answer.headers["location"])
    assert "Прва напомена" in " ".join(page.foreign)


async def test_a_mistake_is_corrected_beside_it(house: House, browser: httpx.AsyncClient) -> None:
    """The correction and what it corrects are both in the history."""
    row, worker = a_stalled_row(house), Worker(browser)
    form = (await worker.read(_advance(row))).form
    await worker.send(_advance(row), form, outcome="done", intent="save")
    path = f"/journeys/{row.journey}/correct/{row.step}"
    form = (await worker.read(path)).form
    answer = await worker.send(path, form, outcome="none", intent="save")
    assert answer.status_code == 303
    page = await worker.read(f"/journeys/{row.journey}")
    assert "Ovo je ispravljeno" in page.text
    assert "Ispravka ranijeg unosa" in page.text


async def test_an_erased_note_says_so(house: House, browser: httpx.AsyncClient) -> None:
    """Once its key is destroyed the line stays, its text is gone."""
    row, worker = a_stalled_row(house), Worker(browser)
    form = (await worker.read(_advance(row))).form
    await worker.send(_advance(row), form, outcome="done", note=NOTE, intent="save")
    house.keys.destroy(f"journey-{row.journey}", "notes")
    page = await worker.read(f"/journeys/{row.journey}")
    assert "obrisano" in page.text
    assert NOTE not in " ".join(page.foreign)


async def test_a_preview_while_typing_records_nothing(house: House, browser: httpx.AsyncClient) -> None:
    """The part of a page that a script asks for."""
    row, worker = a_stalled_row(house), Worker(browser)
    form = (await worker.read(_advance(row))).form
    glance = await worker.send(_advance(row), form, outcome="done", intent="glance")
    assert "pk-what" in glance.text
    assert "<html" not in glance.text
    assert house.desk.submitted == []


async def test_a_person_is_chosen_and_remembered(house: House, browser: httpx.AsyncClient) -> None:
    """Demo only: what is done next is done as that person."""
    row, worker = a_stalled_row(house), Worker(browser)
    vera = next(p for p in house.desk.staff() if p.name.startswith("Vera"))
    token = (await worker.read("/")).forms[1].fields["token"]
    await browser.post("/person", data={"token": token, "person": str(vera.id), "back": "/"})
    form = (await worker.read(_advance(row))).form
    await worker.send(_advance(row), form, outcome="done", intent="save")
    assert vera.name in (await worker.read(f"/journeys/{row.journey}")).text


async def test_a_code_from_a_reminder_leads_to_its_file(house: House, browser: httpx.AsyncClient) -> None:
    """And one that is nobody's to the list, without saying more."""
    row = a_stalled_row(house)
    assert (await browser.get(f"/j/{row.code}")).headers["location"] == f"/journeys/{row.journey}"
    assert (await browser.get("/j/PK-0000000")).headers["location"].startswith("/journeys?code=PK-0000000")


async def test_what_is_missing_is_named(house: House, browser: httpx.AsyncClient) -> None:
    """A wrong word in the address of a journey that is there does not say that the journey is missing."""
    row = a_stalled_row(house)
    for path in (f"/journeys/{row.journey}/advance/nonsense", f"/journeys/{row.journey}/nonsense"):
        answer = await browser.get(path)
        assert answer.status_code == 404
        assert f"U slučaju {row.code} ne postoji" in Paper(answer.text).text
    gone = await browser.get(f"/journeys/{uuid4()}/close")
    assert gone.status_code == 404
    assert "nije pronađen" in Paper(gone.text).text


async def test_a_link_is_foreseen_by_name(house: House, browser: httpx.AsyncClient) -> None:
    """Before a merge the page says which journey goes into which."""
    row, worker = a_stalled_row(house), Worker(browser)
    rows = list_journeys(house.reader, JourneyFilter(), limit=50).rows
    other = next(r for r in rows if r.journey != row.journey and r.phase.value == "open")
    address = f"/journeys/{row.journey}/merge"
    form = (await worker.read(address)).form
    answer = await worker.send(address, form, other=other.code, intent="check")
    assert f"se spaja sa slučajem {other.code}" in Paper(answer.text).text
