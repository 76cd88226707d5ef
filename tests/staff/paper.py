"""Reading pages as a person without scripts does: headings, links, and forms that can be filled in and sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Self
from uuid import UUID

import httpx

from domain.codes import Phase
from domain.journey.hearing.codes import DATED
from projections.journey_file.queries import file
from projections.journey_list.queries import JourneyFilter, find_journeys, list_journeys
from projections.stalled_board.queries import StalledRow, stalled
from staff.forms.action import ACTIONS
from staff.forms.derived.form import FORMS
from tests.staff.house import House
from worker.demo.staff import OGNJEN


@dataclass
class Form:
    """The fields of a form as a browser would send them."""

    action: str
    fields: dict[str, str] = field(default_factory=dict)


class Paper(HTMLParser):
    """A page: its visible text, its forms, its language."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.texts: list[str] = []
        self.foreign: list[str] = []
        """Texts under a `lang` of their own: what people typed, names of languages."""
        self._open: list[tuple[str, bool]] = []
        self._area: tuple[str, list[str]] | None = None
        self._select: str | None = None
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag not in _VOID:
            inner = self._open[-1][1] if self._open else False
            self._open.append((tag, inner or ("lang" in found and tag != "html") or tag in {"style", "script"}))
        self._remember(tag, found)
        for name in ("aria-label", "title", "placeholder"):
            if found.get(name) and "lang" not in found:
                self.texts.append(found[name])

    def _remember(self, tag: str, found: dict[str, str]) -> None:
        if tag == "form":
            self.forms.append(Form(found.get("action", "")))
        form = self.forms[-1] if self.forms else None
        if form is None:
            return
        if tag == "input" and (found.get("type") not in {"radio", "checkbox"} or "checked" in found):
            form.fields[found.get("name", "")] = found.get("value", "")
        elif tag == "select":
            self._select = found.get("name", "")
        elif tag == "option" and self._select and ("selected" in found or self._select not in form.fields):
            form.fields[self._select] = found.get("value", "")
        elif tag == "textarea":
            self._area = (found.get("name", ""), [])

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._area is not None:
            name, texts = self._area
            self.forms[-1].fields[name] = "".join(texts).removeprefix("\n")
            self._area = None
        while self._open and tag in {t for t, _ in self._open}:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if self._area is not None:
            self._area[1].append(data)
        elif data.strip():
            (self.foreign if self._open and self._open[-1][1] else self.texts).append(data.strip())

    @property
    def text(self) -> str:
        return " ".join(self.texts)

    @property
    def form(self) -> Form:
        """The form that an action is typed into."""
        return next(f for f in self.forms if "command_id" in f.fields)


_VOID = frozenset({"input", "br", "img", "meta", "link", "hr", "rect", "path"})


@dataclass
class Worker:
    """A person at work in a browser without scripts."""

    client: httpx.AsyncClient

    async def read(self, path: str, status: int = 200) -> Paper:
        answer = await self.client.get(path)
        assert answer.status_code == status, (path, answer.status_code)
        return Paper(answer.text)

    async def send(self, path: str, form: Form, **entries: str) -> httpx.Response:
        return await self.client.post(path, data={**form.fields, **entries})

    async def speak(self, locale: str) -> Self:
        await self.client.post("/language", data={"locale": locale, "back": "/"})
        return self


def a_stalled_row(house: House) -> StalledRow:
    """A step of ours that stands still, with a person to advance it."""
    rows = stalled(house.reader, now=house.log.now()).rows
    return next(row for row in rows if row.owner_staff and row.step == "individual-plan")


def open_cases(house: House) -> list[UUID]:
    """The open journeys that a caseworker leads, newest first."""
    rows = list_journeys(house.reader, JourneyFilter(phase=Phase.OPEN), limit=500).rows
    return [row.journey for row in rows if row.caseworker]


def every_journey(house: House) -> list[UUID]:
    """Every journey of the caseload."""
    return [row.journey for row in list_journeys(house.reader, JourneyFilter(), limit=500).rows]


def leads(house: House, journey: UUID | None) -> UUID:
    """The caseworker of a journey: who may nearly everything in it."""
    assert journey is not None
    caseworker = find_journeys(house.reader, {journey})[journey].caseworker
    assert caseworker is not None
    return caseworker


OF_A_CASE = frozenset(
    word
    for word in ACTIONS
    if word.partition("-")[2] in {"hearing", "term", "proceedings", "service"} and word not in FORMS
) | {
    "assess-service-need",
    "settle-fee",
    "settle-hearing-task",
}
"""The words of forms about hearings, legal proceedings and services; derived ones are in `tests/staff/derived.py`."""


def case_forms(house: House) -> list[str]:
    """These forms, each in the first case that has what it is about: the lawyer's, but for services."""
    forms: dict[str, str] = {}
    for journey in every_journey(house):
        found = file(house.reader, journey)
        assert found is not None
        document, base = found.document, f"/journeys/{journey}"
        for service in (row for row in document.services.each if row.due_on is not None):
            forms.setdefault("advance-service", f"{base}/advance-service/{service.service}")
        if found.header.phase is not Phase.OPEN or OGNJEN.id not in {row.staff for row in document.assigned}:
            continue
        for word in ("summon-hearing", "assess-service-need"):
            forms.setdefault(word, f"{base}/{word}")
        for hearing in (row for row in document.hearings if row.status in DATED and row.arrangements):
            for word in _OF_HEARINGS:
                forms.setdefault(word, f"{base}/{word}-hearing/{hearing.hearing}")
            line = hearing.arrangements[0].arrangement
            forms.setdefault("arrange", f"{base}/arrange-hearing/{hearing.hearing}:{line}")
        for term in (row for row in document.terms if row.outcome is None and not row.is_limitation):
            for word in ("confirm-term", "meet-term", "waive-term", "miss-term"):
                forms.setdefault(word, f"{base}/{word}/{term.number}")
        for case in document.proceedings:
            for word in ("start-term", "move-proceedings"):
                forms.setdefault(word, f"{base}/{word}/{case.number}")
    assert len(forms) == 2 + len(_OF_HEARINGS) + 1 + 4 + 2 + 1, sorted(forms)
    return list(forms.values())


_OF_HEARINGS = ("confirm", "move", "postpone", "hold", "miss", "cancel", "acknowledge", "debrief")
