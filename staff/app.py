"""The web application: pages and API on what the composition root gives it.

    parts = {"desk": desk, "feeds": feeds, "letters": letters, "subscriptions": subscriptions, "rights": rights,
             "identities": identities, "drafts": drafts, "documents": documents,
             "hotline": hotline, "views": views, "office": office,
             "reader": reader}
    app = create_app(**parts, clock=log.now, settings=AppSettings(), probes={"log": ...})

In production everybody signs in. In demo mode whoever reaches a page is trusted, so that answers under loopback names
only; anything else raises `SignInMissing`.
"""

from __future__ import annotations

from typing import Any

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
from staff.api.described import described
from staff.counting import Counters
from staff.door import Door
from staff.exports.runs import Runs
from staff.exports.shelf import Shelf
from staff.filing.receiving import FormBroken
from staff.guard.gate import Gate
from staff.guard.permission import RightDenied
from staff.guard.step_up import StepUpNeeded
from staff.guard.timing import Timing
from staff.identities import ClientIdentities
from staff.office import Office
from staff.pages import (
    accesses,
    acting,
    board,
    calendars,
    calling,
    case_exports,
    contact,
    contact_acting,
    contacts,
    correcting,
    day,
    document,
    drafting,
    enrolling,
    entering,
    exporting,
    feed,
    filing,
    flow,
    health,
    hearing_days,
    hearings,
    identity,
    importing,
    journey,
    journey_events,
    journeys,
    leaving,
    log_events,
    me,
    migrating,
    mishaps,
    mission_acting,
    missions,
    my_sign_in,
    people,
    people_forms,
    printing,
    provider_forms,
    providers,
    refusals,
    releases,
    replay,
    replay_journey,
    report_files,
    reports,
    safe_words,
    search,
    stepping_up,
    supervision,
    switching,
    team,
    upkeep,
    what_if,
    what_if_draft,
)
from staff.pages import views as views_pages
from staff.parts import Parts
from staff.ports import Clock, Desk, Feeds, Hotline, Letters, Probes, Rights
from staff.settings import LOOPBACK, AppMode, AppSettings
from staff.signing_in import SignIn
from staff.subscriptions import Subscriptions
from vault.documents import Documents
from vault.drafts import Drafts
from vault.errors import AccessNotLogged, VaultUnavailable
from vault.saved_views import SavedViews

OF_CLIENTS = (identity, correcting, accesses, search, safe_words, filing, document, refusals, replay, replay_journey)
OF_EVENTS = (journey_events, log_events)
"""Both before the actions, whose addresses take any word."""
OF_WORK = (health, feed, switching, board, journeys, day, hearings, hearing_days, supervision, acting, journey)
OF_LISTS = (exporting, printing, views_pages, flow)
OF_HOTLINE = (calling, contacts, contact, contact_acting)
OF_MISSIONS = (drafting, mission_acting, missions)
OF_OFFICE = (providers, provider_forms, calendars, people, upkeep, people_forms, me, team)
OF_SIGN_IN = (entering, enrolling, my_sign_in, stepping_up, leaving)
OF_REPLAY = (what_if, what_if_draft, migrating, report_files, reports, case_exports, importing, releases)


class SignInMissing(PutokazError):
    """Pages on which nobody signs in may be reached from this machine only, with invented people."""


class StaffApp(FastAPI):
    """FastAPI with our gate and door around everything: error pages pass them as well."""

    hosts: frozenset[str]

    def build_middleware_stack(self) -> ASGIApp:
        parts: Parts = self.state.parts
        return Timing(
            Gate(Door(super().build_middleware_stack(), parts), self.hosts, parts.settings.document_limit),
            parts.counters,
        )

    def openapi(self) -> dict[str, Any]:
        """With the problems of every operation; made once."""
        if self.openapi_schema is None:
            self.openapi_schema = described(super().openapi())
        return self.openapi_schema


def create_app(
    *,
    desk: Desk,
    feeds: Feeds,
    letters: Letters,
    subscriptions: Subscriptions,
    rights: Rights,
    identities: ClientIdentities,
    drafts: Drafts,
    documents: Documents,
    hotline: Hotline,
    views: SavedViews,
    office: Office,
    reader: Reader,
    clock: Clock,
    settings: AppSettings,
    probes: Probes,
    sign_in: SignIn | None = None,
) -> FastAPI:
    """The application. `clock` is the log's clock; `probes` are asked by `/readyz`, each in a thread."""
    if settings.mode is AppMode.PRODUCTION and sign_in is None:
        raise SignInMissing("nobody can sign in to this application: pages for real cases need that")
    if settings.mode is AppMode.DEMO and not settings.hosts <= LOOPBACK:
        raise SignInMissing("in demo mode nobody signs in: pages are served on loopback only")
    app = StaffApp(
        title="Putokaz",
        version=settings.release,
        description=api.DESCRIPTION,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.hosts = settings.hosts
    app.state.parts = Parts(
        desk=desk,
        feeds=feeds,
        reader=reader,
        clock=clock,
        settings=settings,
        probes=probes,
        counters=Counters(),
        letters=letters,
        subscriptions=subscriptions,
        rights=rights,
        identities=identities,
        drafts=drafts,
        documents=documents,
        hotline=hotline,
        views=views,
        office=office,
        sign_in=sign_in,
        exports=Runs(Shelf(settings.exports)),
    )
    for pages in (
        *OF_CLIENTS,
        *OF_EVENTS,
        *OF_LISTS,
        *OF_WORK,
        *OF_HOTLINE,
        *OF_MISSIONS,
        *OF_OFFICE,
        *OF_REPLAY,
        *OF_SIGN_IN,
    ):
        app.include_router(pages.router, include_in_schema=False)
    app.include_router(api.router, prefix="/api/v1")
    app.add_exception_handler(Unavailable, mishaps.unavailable)
    app.add_exception_handler(StreamConflict, mishaps.unavailable)
    app.add_exception_handler(VaultUnavailable, mishaps.vault_unavailable)
    app.add_exception_handler(AccessNotLogged, mishaps.vault_unavailable)
    app.add_exception_handler(CursorInvalid, mishaps.cursor_invalid)
    app.add_exception_handler(CallerRefused, mishaps.caller_refused)
    app.add_exception_handler(RightDenied, mishaps.right_denied)
    app.add_exception_handler(StepUpNeeded, mishaps.step_up_needed)
    app.add_exception_handler(CommandInvalid, mishaps.command_invalid)
    app.add_exception_handler(TextTooLong, mishaps.text_too_long)
    app.add_exception_handler(PathwayMissing, mishaps.beyond_release)
    app.add_exception_handler(EventUnreadable, mishaps.beyond_release)
    app.add_exception_handler(HTTPException, mishaps.http)
    app.add_exception_handler(FormBroken, mishaps.form_broken)
    app.add_exception_handler(RequestValidationError, mishaps.invalid)
    app.add_exception_handler(Exception, mishaps.unexpected)
    return app
