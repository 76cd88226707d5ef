"""The web application: pages and API on what the composition root gives it.

    parts = {"desk": desk, "feeds": feeds, "letters": letters, "subscriptions": subscriptions, "rights": rights,
             "office": office, "reader": reader}
    app = create_app(**parts, clock=log.now, settings=AppSettings(), probes={"log": ...})

Raises `SignInMissing` for production: until there is sign-in (issue 4), whoever reaches a page is trusted, so pages
exist only in demo mode, under loopback names.
"""

from __future__ import annotations

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp

from domain.command import CommandInvalid
from domain.errors import EventUnreadable, PathwayMissing, PutokazError, StreamConflict, TextTooLong, Unavailable
from projections.paging import CursorInvalid
from projections.reader import Reader
from staff import api
from staff.api.caller import CallerRefused
from staff.counting import Counters
from staff.guard.gate import Gate
from staff.guard.permission import RightDenied
from staff.guard.timing import Timing
from staff.office import Office
from staff.pages import (
    acting,
    board,
    calendars,
    day,
    feed,
    health,
    hearing_days,
    hearings,
    journey,
    journeys,
    me,
    mishaps,
    people,
    people_forms,
    provider_forms,
    providers,
    supervision,
    switching,
    team,
    upkeep,
)
from staff.parts import Parts
from staff.ports import Clock, Desk, Feeds, Letters, Probes, Rights
from staff.settings import LOOPBACK, AppMode, AppSettings
from staff.subscriptions import Subscriptions
from vault.errors import VaultUnavailable


class SignInMissing(PutokazError):
    """Pages without sign-in may be reached from this machine only."""


class StaffApp(FastAPI):
    """FastAPI with our gate around everything: error pages pass it as well."""

    hosts: frozenset[str]

    def build_middleware_stack(self) -> ASGIApp:
        return Timing(Gate(super().build_middleware_stack(), self.hosts), self.state.parts.counters)


def create_app(
    *,
    desk: Desk,
    feeds: Feeds,
    letters: Letters,
    subscriptions: Subscriptions,
    rights: Rights,
    office: Office,
    reader: Reader,
    clock: Clock,
    settings: AppSettings,
    probes: Probes,
) -> FastAPI:
    """The application. `clock` is the log's clock; `probes` are asked by `/readyz`, each in a thread."""
    if settings.mode is not AppMode.DEMO or not settings.hosts <= LOOPBACK:
        raise SignInMissing("there is no sign-in yet: pages are served in demo mode and on loopback only")
    app = StaffApp(
        title="Putokaz",
        version=settings.release,
        description=api.DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.hosts = settings.hosts
    counters = Counters()
    app.state.parts = Parts(
        desk, feeds, reader, clock, settings, probes, counters, letters, subscriptions, rights, office
    )
    for pages in (health, feed, switching, board, journeys, day, hearings, hearing_days, supervision, acting, journey):
        app.include_router(pages.router, include_in_schema=False)
    for pages in (providers, provider_forms, calendars, people, upkeep, people_forms, me, team):
        app.include_router(pages.router, include_in_schema=False)
    app.include_router(api.router, prefix="/api/v1")
    app.add_exception_handler(Unavailable, mishaps.unavailable)
    app.add_exception_handler(StreamConflict, mishaps.unavailable)
    app.add_exception_handler(VaultUnavailable, mishaps.vault_unavailable)
    app.add_exception_handler(CursorInvalid, mishaps.cursor_invalid)
    app.add_exception_handler(CallerRefused, mishaps.caller_refused)
    app.add_exception_handler(RightDenied, mishaps.right_denied)
    app.add_exception_handler(CommandInvalid, mishaps.command_invalid)
    app.add_exception_handler(TextTooLong, mishaps.text_too_long)
    app.add_exception_handler(PathwayMissing, mishaps.beyond_release)
    app.add_exception_handler(EventUnreadable, mishaps.beyond_release)
    app.add_exception_handler(HTTPException, mishaps.http)
    app.add_exception_handler(RequestValidationError, mishaps.invalid)
    app.add_exception_handler(Exception, mishaps.unexpected)
    return app
