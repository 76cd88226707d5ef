"""Whatever error of ours reaches a page or the API becomes an answer in words, with what to do, and a line in the log.

The pages of mishaps need no database, no person and no clock, so neither does this test.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any, cast

import httpx
import pytest
from fastapi import FastAPI, Request
from structlog.testing import capture_logs

from domain.command import CommandInvalid
from domain.errors import EventUnreadable, PathwayMissing, StreamConflict, TextTooLong, Unavailable
from projections.paging import CursorInvalid
from staff.api.caller import CallerRefused
from staff.app import create_app
from staff.filing.receiving import FormBroken
from staff.guard.permission import RightDenied
from staff.guard.step_up import StepUpNeeded
from staff.i18n.catalogue import LANGUAGES, catalogue
from staff.i18n.locale import Locale
from staff.i18n.words import Words
from staff.settings import AppSettings
from staff.visit import LOCALE_COOKIE
from tests.error_tree import WORDS, error_classes, made
from tests.staff.conftest import ORIGIN
from tests.staff.paper import Paper
from vault.errors import AccessNotLogged, VaultUnavailable

TYPED = {"note": "Zvati uveče.", "outcome": "done", "intent": "save"}
TOLD: Mapping[type[Exception], tuple[int, str]] = {
    Unavailable: (503, "unavailable"),
    StreamConflict: (503, "unavailable"),
    VaultUnavailable: (503, "vault-unavailable"),
    AccessNotLogged: (503, "vault-unavailable"),
    PathwayMissing: (503, "pathway-missing"),
    EventUnreadable: (503, "event-unreadable"),
    CallerRefused: (403, "not-permitted"),
    RightDenied: (403, "not-permitted"),
    StepUpNeeded: (403, "step-up-needed"),
    CommandInvalid: (422, "command-invalid"),
    TextTooLong: (413, "text-too-long"),
    CursorInvalid: (400, "cursor-invalid"),
    FormBroken: (422, "request-invalid"),
}
"""What has an answer of its own, with its subclasses. Any other one is a fault of ours: 500, logged."""
OF_OURS = (500, "internal")
MENDED_BY_TIME = frozenset({"unavailable", "vault-unavailable"})
"""Of which the answer says to send the same again, and when."""
EVERY = pytest.mark.parametrize("cls", error_classes(), ids=lambda cls: str(cls.__name__))


def told(cls: type[Exception]) -> tuple[int, str]:
    """The answer of the nearest class that has one."""
    return next((TOLD[each] for each in cls.__mro__ if each in TOLD), OF_OURS)


@pytest.fixture(scope="module")
def app() -> FastAPI:
    """The application with two more addresses, which fail as they are asked to."""
    nobody = cast(Any, None)
    app = create_app(
        desk=nobody,
        feeds=nobody,
        letters=nobody,
        subscriptions=nobody,
        rights=nobody,
        identities=nobody,
        drafts=nobody,
        documents=nobody,
        hotline=nobody,
        views=nobody,
        office=nobody,
        reader=nobody,
        clock=nobody,
        settings=AppSettings(),
        probes={},
    )
    classes = {cls.__name__: cls for cls in error_classes()}

    async def fails(request: Request, name: str) -> None:
        request.state.typed = TYPED if request.method == "POST" else {}
        raise made(classes[name])

    app.add_api_route("/api/v1/fails/{name}", fails, methods=["GET"])
    app.add_api_route("/fails/{name}", fails, methods=["GET", "POST"])
    return app


@pytest.fixture
async def browser(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """As everybody reaches it."""
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        yield client


@EVERY
async def test_a_program_gets_problem_details(browser: httpx.AsyncClient, cls: type[Exception]) -> None:
    """RFC 9457: a type, a sentence that says what to do, and nothing that the error quotes."""
    answer = await browser.get(f"/api/v1/fails/{cls.__name__}")
    status, kind = told(cls)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert problem["type"] == f"urn:putokaz:problem:{kind}"
    assert problem["title"].endswith(".")
    assert problem["status"] == status
    assert WORDS not in answer.text
    assert ("retry-after" in answer.headers) is (kind in MENDED_BY_TIME)


@EVERY
@pytest.mark.parametrize("locale", Locale)
async def test_a_person_reads_a_page_with_what_to_do(
    browser: httpx.AsyncClient, cls: type[Exception], locale: Locale
) -> None:
    """In the language that was chosen, and with everything that was typed."""
    browser.cookies.set(LOCALE_COOKIE, locale.value)
    if cls is StepUpNeeded:  # a way, not an end
        answer = await browser.get(f"/fails/{cls.__name__}")
        assert (answer.status_code, answer.headers["location"][:14]) == (303, "/step-up?next=")
        return
    words, (status, kind) = Words(locale), told(cls)
    read = await browser.get(f"/fails/{cls.__name__}")
    sent = await browser.post(f"/fails/{cls.__name__}", headers={"origin": ORIGIN})
    for answer in (read, sent):
        assert answer.status_code == status
        assert answer.headers["content-type"].startswith("text/html")
        assert WORDS not in answer.text
        assert ("retry-after" in answer.headers) is (kind in MENDED_BY_TIME)
    if kind == "cursor-invalid":  # of a list, to which nobody types anything
        assert words("mishap.lost-do") in Paper(read.text).text
        return
    if cls is RightDenied:
        assert words("denied.not-involved") in Paper(read.text).text
        assert TYPED["note"] in sent.text
        return
    does = {
        "unavailable": ("mishap.unavailable-read", "mishap.unavailable-do"),
        "vault-unavailable": ("mishap.unavailable-read", "mishap.vault-do"),
        "pathway-missing": ("mishap.release-do", "mishap.release-do"),
        "event-unreadable": ("mishap.release-do", "mishap.release-do"),
    }.get(kind, ("mishap.broken-do", "mishap.broken-do"))
    assert words(does[0]) in Paper(read.text).text
    assert words(does[1]) in Paper(sent.text).text
    assert TYPED["note"] in sent.text, "what was typed is given back"


@EVERY
async def test_a_fault_of_ours_is_in_the_log_with_its_kind_and_place(
    browser: httpx.AsyncClient, cls: type[Exception]
) -> None:
    """What time mends is counted and said elsewhere; whatever somebody has to mend is logged, without its words."""
    with capture_logs() as logs:
        await browser.get(f"/fails/{cls.__name__}")
    kind = told(cls)[1]
    said = [each for each in logs if each.get("kind") == cls.__name__]
    assert len(said) == (0 if kind in {*MENDED_BY_TIME, "cursor-invalid"} or cls in {RightDenied, StepUpNeeded} else 1)
    for each in said:
        assert each["log_level"] == "error"
        assert each["place"]
        assert WORDS not in str(each)


def test_every_mishap_is_said_in_both_languages() -> None:
    """The words of these pages."""
    found = [entry for key, entry in catalogue().items() if key.startswith("mishap.")]
    assert len(found) > 10
    assert all(set(entry.forms) == set(LANGUAGES) for entry in found)
