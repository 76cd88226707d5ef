"""Forms that follow from the shape of their commands: no command of people is without one, and each can be drawn."""

from __future__ import annotations

import asyncio
import importlib
import re
from pathlib import Path
from typing import cast
from uuid import UUID

import httpx
import pytest

import staff.forms
import staff.pages
from domain.command import COMMAND_TYPES
from domain.errors import DefinitionError
from domain.journey.document.general import FileDocument
from domain.journey.safety.planning import SafetyPlanAgreed
from domain.sealed import Compartment
from projections.journey_file.queries import file, timeline
from staff.api.commands import INNER
from staff.forms import rights
from staff.forms.derived.form import FORMS, Form
from staff.forms.derived.question import UNSEALED, Asked, question_of
from staff.forms.entry import Entry
from staff.forms.scene import Scene
from tests.staff.conftest import acts_as
from tests.staff.derived import derived_forms
from tests.staff.house import House
from tests.staff.paper import Paper, Worker
from tests.staff.test_languages import NAMES_OF_OURS
from worker.demo.providers import DIRECTORY
from worker.demo.staff import OGNJEN

PLAN = "Dogovor kako da ode: komšinica <b>zna</b>"
LATIN_WORD = re.compile(r"[A-Za-zčćžšđČĆŽŠĐ]{3,}")
OF_THEIR_OWN = {
    "file-document": "staff.pages.filing",
    "file-legal-document": "staff.pages.filing",
    "file-health-document": "staff.pages.filing",
    "withdraw-document": "staff.pages.document",
    "withdraw-legal-document": "staff.pages.document",
    "withdraw-health-document": "staff.pages.document",
    "migrate-journey": "staff.pages.migrating",
}
"""Commands to a journey whose page does more than a form: it takes a file, or moves many journeys at once."""
WITHOUT = frozenset({"begin-handover", "stop-handover"})
"""What leaving begins and ends (page *Team*); alone they are for the API and the command line."""


def test_every_command_of_people_has_a_form() -> None:
    """A new command is put to one by its author: derived in a line, written where it needs more, or reasoned here."""
    sources = [
        path.read_text() for module in (staff.forms, staff.pages) for path in Path(module.__path__[0]).rglob("*.py")
    ]
    source = "\n".join(sources)
    ours = {kind: c for kind, c in COMMAND_TYPES.items() if c.__module__.startswith("domain.") and kind not in INNER}
    with_form = {command.kind for command in rights.COMMANDS.values()}
    missing = {
        kind
        for kind, command in ours.items()
        if kind not in with_form | set(OF_THEIR_OWN)
        and (command.__module__.startswith("domain.journey.") or not re.search(rf"\b{command.__name__}\b", source))
    }
    assert missing == WITHOUT
    for module in set(OF_THEIR_OWN.values()):
        assert importlib.import_module(module).router.routes


def test_a_type_that_does_not_tell_is_not_guessed() -> None:
    """Whoever adds a command with such a field is told at once, and not the person who opens its form."""
    with pytest.raises(DefinitionError, match="say how sha256 is asked"):
        question_of(FileDocument, "sha256")


@pytest.mark.parametrize(
    ("typed", "read"),
    [("4.500,50", "4500.50"), ("4500.5", "4500.5"), ("12 000", "12000"), ("1,234", None), ("-1", None)],
)
def test_an_amount_is_read_as_people_write_it(typed: str, read: str | None) -> None:
    """With the commas and points of either language; what is no amount to the para is a fault."""
    question = FORMS["owe-fee"].questions["amount"]
    entry = Entry({"amount": typed}, "Europe/Belgrade")
    found = question.read(cast("Scene", None), entry, Asked("owe-fee", "amount", optional=False))
    assert (str(found) if found is not None else None) == read
    assert bool(entry.faults) is (read is None)


SAVED: dict[str, dict[str, str]] = {
    "agree-safety-plan": {"plan": PLAN},
    "relocate-in-emergency": {},
    "raise-concern": {"concern": "threat", "note": "x"},
    "report-unreachable": {},
    "stop-return": {"reason": "other"},
    "end-proceedings": {"outcome": "settled"},
}
"""Forms that are saved before all are drawn: they make others possible that the demonstration has no case for."""
NOT_MET = frozenset(
    {
        "answer-referral",
        "confirm-handover",
        "forgo-power",
        "notify-withdrawal",
        "reopen-reintegration",
        "report-handover-trouble",
        "restore-term",
        "review-search",
        "settle-way-home",
        "take-back-return",
        "tell-of-stop",
    }
)
"""What no open case of it has even then."""


async def test_each_form_is_drawn_and_says_what_is_missing(house: House, browser: httpx.AsyncClient) -> None:
    """In Serbian as it is written, without a word of another language; an empty one is no error of ours."""
    worker, places = await Worker(browser).speak("sr-Cyrl"), derived_forms(house)
    for word, entries in SAVED.items():
        acts_as(browser, places[word].person)
        form = (await worker.read(places[word].path)).form
        saved = await worker.send(places[word].path, form, **entries, intent="save")
        assert saved.status_code == 303, (word, Paper(saved.text).text)
    _is_sealed(house, places["agree-safety-plan"].journey)
    places = derived_forms(house)
    assert set(FORMS) - set(places) <= NOT_MET
    names = {part for person in house.desk.staff() for part in person.name.split()} | NAMES_OF_OURS
    names |= {entry.name.partition(",")[0] for entry in DIRECTORY}
    for word, place in places.items():
        acts_as(browser, place.person)
        paper = await worker.read(place.path)
        text = paper.text
        for name in sorted(names, key=len, reverse=True):
            text = text.replace(name, "")
        assert not LATIN_WORD.findall(re.sub(r"P[KVZMSD]-?[0-9A-Z]*|\b[A-Z]{2,5} \d+\w*", "", text)), word
        answer = await worker.send(place.path, paper.form, intent="check")
        assert answer.status_code in ({422} if _asks(FORMS[word]) else {200, 409, 422}), word


def _asks(form: Form[object]) -> bool:
    """Whether something must be entered."""
    return any(form.command.model_fields[name].is_required() for name in form.questions if name != "holder_kind")


def _is_sealed(house: House, journey: UUID) -> None:
    """What stands in the log is what was typed, sealed, and not what stands in its place in a preview."""
    row = next(row for row in timeline(house.reader, journey).rows if isinstance(row.body, SafetyPlanAgreed))
    assert isinstance(row.body, SafetyPlanAgreed)
    sealed = row.body.plan.text
    assert sealed != UNSEALED
    found = house.desk.unseal(journey, Compartment.NOTES, field="plan", command_id=row.command_id, sealed=sealed)
    assert found == PLAN


async def test_two_people_a_double_click_and_the_way_back(house: House, browser: httpx.AsyncClient) -> None:
    """Who was slower sees both and can still save; two clicks, and the form sent again later, are one command."""
    worker, places = Worker(browser), derived_forms(house)
    for word, (theirs, mine) in TWICE.items():
        place = places[word]
        acts_as(browser, place.person)
        form, others = [(await worker.read(place.path)).form for _ in range(2)]
        both = await asyncio.gather(*(worker.send(place.path, others, **theirs, intent="save") for _ in range(2)))
        assert [answer.status_code for answer in both] == [303, 303], word
        late = await worker.send(place.path, form, **mine, intent="save")
        paper = Paper(late.text)
        assert (late.status_code, "Zabeleženo u međuvremenu" in paper.text) == (409, True), word
        assert mine.items() <= paper.form.fields.items(), word
        once = len(set(house.desk.submitted))
        assert (await worker.send(place.path, paper.form, **mine, intent="save")).status_code == 303, word
        version = _version(house, place.journey)
        assert (await worker.send(place.path, paper.form, **mine, intent="save")).status_code == 303, word
        assert (_version(house, place.journey), len(set(house.desk.submitted))) == (version, once + 1), word


TWICE = {
    "verify-safe-contact": ({"note": "x"}, {"note": "y"}),
    "progress-goal": ({"progress": "under-way"}, {"progress": "partly-reached"}),
    "describe-proceedings": ({"case_number": "K 1/26"}, {"court_name": "Viši sud"}),
    "settle-return-document": ({"status": "applied"}, {"status": "not-needed"}),
}
"""What somebody else entered meanwhile, and what I did."""


def _version(house: House, journey: UUID) -> int:
    found = file(house.reader, journey)
    assert found is not None
    return found.version


async def test_the_file_links_to_what_can_be_done_now(house: House, browser: httpx.AsyncClient) -> None:
    """Below the line that it is about, for whoever may; a closed case has none of it."""
    place = derived_forms(house)["settle-return-document"]
    acts_as(browser, place.person)
    page = (await browser.get(f"/journeys/{place.journey}")).text
    assert f'href="{place.path}"' in page
    assert "/confirm-handover/" not in page, "nobody has left yet"
    acts_as(browser, OGNJEN.id)
    assert place.path not in (await browser.get(f"/journeys/{place.journey}")).text
