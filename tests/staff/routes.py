"""Every route of the application, and the right that it asks for: what tests/staff/test_rights.py tries."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import uuid4

from domain.rights.actions import Action
from domain.rights.parts import FILE
from worker.demo.staff import STAFF


class About(StrEnum):
    """What a route is about: which stream its path names."""

    NOTHING = "nothing"
    JOURNEY = "journey"
    CONTACT = "contact"
    MISSION = "mission"
    STAFF = "staff"


@dataclass(frozen=True)
class Asks:
    """Answered with 403 unless one of `actions` is theirs. `body` of a command that is refused by whoever may, too."""

    actions: tuple[Action, ...]
    about: About = About.NOTHING
    body: dict[str, Any] | None = None
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Rows:
    """Everybody who works here, and each sees the rows that are theirs by this action."""

    action: Action


class Free(StrEnum):
    """Asks for no right, and why that is so."""

    PROCESS = "whether it runs, and its files"
    TOKEN = "a token of its own in the address"
    SWITCH = "a switch of the page itself, or a way elsewhere, where it is asked"
    PUBLISHED = "what is published: pathways, schemas"
    OWN = "shows and changes what is one's own, and nobody else's"
    SIGN_IN = "the way in, and one's own: tests/staff/test_sign_in.py"
    IDENTITIES = "asks for two rights, or counts what it does not show: tests/staff/test_identities.py"
    HOTLINE = "asks by the word in the address: tests/staff/test_hotline_pages.py"
    MISSIONS = "asks by the word in the address: tests/staff/test_missions_pages.py"
    OFFICE = "asks by the word in the address, or is one's own as well: tests/staff/test_office_pages.py"
    DOCUMENTS = "asks by the part of the document: tests/staff/test_documents.py"
    LISTS = "each with the rows and views of who asks: tests/staff/test_journey_list.py"
    SUPERVISORS = "asks for a supervisor by itself, tests/staff/test_webhooks_api.py"


def command(kind: str, action: Action, about: About, **body: Any) -> Asks:
    return Asks((action,), about, {"kind": kind, "body": body})


_EXPORT = {"export": str(uuid4())}
_HANDOVER = {"handover": str(uuid4())}
_WEBHOOKS = "/api/v1/webhooks"
_TO_HERSELF = {"leaver": str(STAFF[0].id), "successors": [{"staff": str(STAFF[0].id)}], "reason": "workload"}
_THEN = {"?": "as_known_at=2026-11-10"}
_TWO = {"?": "as_known_at=2026-11-10&other=2026-11-20"}
_LISTED = {"kind": "reactivate-provider", "body": {}}
ROUTES: dict[str, Asks | Rows | Free] = {
    "GET /livez": Free.PROCESS,
    "GET /readyz": Free.PROCESS,
    "GET /metrics": Free.PROCESS,
    "GET /static/{version}/{name}": Free.PROCESS,
    "GET /favicon.ico": Free.PROCESS,
    "GET /calendar/{token}.ics": Free.TOKEN,
    "POST /language": Free.SWITCH,
    "POST /person": Free.SWITCH,
    "GET /": Rows(Action.READ_STALLED),
    "GET /journeys": Rows(Action.READ_LIST_ROW),
    "GET /j/{typed}": Free.SWITCH,
    "GET /day": Rows(Action.READ_LIST_ROW),
    "GET /hearings": Rows(Action.READ_HEARINGS),
    "GET /hearings/week": Rows(Action.READ_HEARINGS),
    "GET /hearings/month": Rows(Action.READ_HEARINGS),
    "GET /replay/flow": Asks((Action.READ_AGGREGATES,)),
    "GET /api/v1/flow": Asks((Action.READ_AGGREGATES,)),
    "GET /supervision": Asks((Action.READ_SUPERVISION,)),
    "GET /supervision/handovers/{handover}": Asks((Action.READ_SUPERVISION,), params=_HANDOVER),
    "GET /journeys/new": Free.SWITCH,
    "GET /replay/what-if": Asks((Action.READ_AGGREGATES,)),
    "GET /replay/migrate": Asks((Action.MIGRATE_JOURNEYS,)),
    "POST /replay/migrate": Asks((Action.MIGRATE_JOURNEYS,)),
    "GET /replay/reports": Asks((Action.READ_SUPERVISION,)),
    "GET /replay/reports/{code}": Asks((Action.READ_SUPERVISION,), params={"code": "calls"}),
    "GET /replay/reports/{code}/behind": Asks(
        (Action.READ_SUPERVISION,), params={"code": "claims", "?": "period=2026&cell=filed"}
    ),
    "GET /replay/reports/{code}/file.{kind}": Asks(
        (Action.READ_SUPERVISION,), params={"code": "claims", "kind": "csv", "?": "period=2026"}
    ),
    "GET /replay/releases": Asks((Action.READ_AGGREGATES,)),
    "POST /replay/releases": Asks((Action.RELEASE_TABLES,)),
    "GET /replay/releases/{sha256}": Asks((Action.READ_AGGREGATES,), params={"sha256": "0" * 64}),
    "GET /replay/releases/{sha256}/file": Asks((Action.READ_AGGREGATES,), params={"sha256": "0" * 64}),
    "GET /api/v1/replay/releases": Asks((Action.READ_AGGREGATES,)),
    "POST /api/v1/replay/releases": Asks(
        (Action.RELEASE_TABLES,), body={"table": "contacts-by-caller", "period": "1999-Q1"}
    ),
    "GET /api/v1/replay/reports": Asks((Action.READ_SUPERVISION,)),
    "GET /api/v1/replay/reports/{code}": Asks(
        (Action.READ_SUPERVISION,), params={"code": "claims", "?": "period=2026"}
    ),
    "GET /api/v1/replay/published-reports/{code}": Asks(
        (Action.READ_SUPERVISION,), params={"code": "astra-year", "?": "period=2026"}
    ),
    "POST /replay/what-if": Asks((Action.READ_AGGREGATES,)),
    "POST /api/v1/replay/what-if": Asks((Action.READ_SUPERVISION,), body={"pathway": "pathway: astra"}),
    "GET /api/v1/replay/what-if": Asks((Action.READ_SUPERVISION,), params={"?": "limits=plan=3"}),
    "GET /journeys/{journey}/{word}": Asks((Action.GUIDE_JOURNEY,), About.JOURNEY, params={"word": "review"}),
    "GET /journeys/{journey}/{word}/{about}": Asks(
        (Action.ASSIGN,), About.JOURNEY, params={"word": "assign", "about": "lawyer"}
    ),
    "POST /journeys/{journey}/{word}": Asks((Action.GUIDE_JOURNEY,), About.JOURNEY, params={"word": "review"}),
    "POST /journeys/{journey}/{word}/{about}": Asks(
        (Action.ASSIGN,), About.JOURNEY, params={"word": "assign", "about": "lawyer"}
    ),
    "GET /journeys/{journey}": Asks(FILE, About.JOURNEY),
    "GET /journeys/{journey}/replay": Asks(FILE, About.JOURNEY),
    "GET /journeys/{journey}/events": Asks(FILE, About.JOURNEY),
    "GET /api/v1/journeys/{journey}/events": Asks(FILE, About.JOURNEY),
    "GET /replay/events": Rows(Action.READ_LIST_ROW),
    "GET /api/v1/replay/events": Rows(Action.READ_LIST_ROW),
    "GET /api/v1/replay/journeys/{journey}": Asks(FILE, About.JOURNEY, params=_THEN),
    "GET /api/v1/replay/journeys/{journey}/compared": Asks(FILE, About.JOURNEY, params=_TWO),
    "GET /api/v1/replay/boards/list": Rows(Action.READ_LIST_ROW),
    "GET /api/v1/replay/boards/stalled": Rows(Action.READ_STALLED),
    "GET /api/v1/replay/boards/hearings": Rows(Action.READ_HEARINGS),
    "GET /api/v1/replay/boards/workload": Asks((Action.READ_SUPERVISION,), params=_THEN),
    "GET /api/v1/replay/boards/{board}/compared": Asks(
        (Action.READ_SUPERVISION,), params={"board": "workload", **_TWO}
    ),
    "GET /replay": Free.SWITCH,
    "GET /replay/boards/stalled": Rows(Action.READ_STALLED),
    "GET /replay/boards/list": Rows(Action.READ_LIST_ROW),
    "GET /replay/boards/hearings": Rows(Action.READ_HEARINGS),
    "GET /replay/boards/workload": Asks((Action.READ_SUPERVISION,)),
    "GET /api/v1/journeys": Rows(Action.READ_LIST_ROW),
    "GET /api/v1/journeys/{journey}": Asks(FILE, About.JOURNEY),
    "GET /api/v1/journeys/{journey}/timeline": Asks(FILE, About.JOURNEY),
    "GET /api/v1/stalled": Rows(Action.READ_STALLED),
    "GET /api/v1/day": Rows(Action.READ_LIST_ROW),
    "GET /api/v1/hearings": Rows(Action.READ_HEARINGS),
    "GET /api/v1/pathways": Free.PUBLISHED,
    "POST /api/v1/journeys": Asks((Action.OPEN_JOURNEY,), body={"pathway": "astra"}),
    "POST /api/v1/journeys/{journey}/commands": command(
        "reopen-journey", Action.CLOSE_JOURNEY, About.JOURNEY, reason="client-returned"
    ),
    "POST /api/v1/journeys/{journey}/preview": Free.SWITCH,  # every command is tried below
    "POST /api/v1/contacts": Asks((Action.LOG_CONTACT,), body={"body": {"caller": "silent"}}),
    "POST /api/v1/contacts/{contact}/commands": command(
        "release-call-back", Action.FOLLOW_UP_CONTACT, About.CONTACT, reason="caller-asked"
    ),
    "GET /api/v1/contacts": Rows(Action.READ_CONTACT),
    "GET /api/v1/contacts/stats": Asks((Action.READ_AGGREGATES,), params={"?": "month=2026-11-01"}),
    "GET /api/v1/contacts/{contact}": Asks((Action.READ_CONTACT,), About.CONTACT),
    "POST /api/v1/missions": Free.SWITCH,  # planning is asked of the clients, below
    "POST /api/v1/missions/{mission}/commands": command("return-mission", Action.GO_ON_MISSION, About.MISSION),
    "POST /api/v1/missions/{mission}/preview": Free.SWITCH,  # as above
    "GET /api/v1/missions": Rows(Action.READ_MISSION),
    "GET /api/v1/missions/{mission}": Asks((Action.READ_MISSION,), About.MISSION),
    "GET /api/v1/missions/{mission}/rides": Asks((Action.READ_RIDE,), About.MISSION),
    "GET /api/v1/staff": Asks((Action.READ_SUPERVISION,)),
    "POST /api/v1/staff/{staff}/commands": command("come-back", Action.PLAN_ABSENCE, About.STAFF, back_on="2026-11-23"),
    "GET /api/v1/staff/{staff}/caseload": Asks((Action.READ_SUPERVISION,), About.STAFF),
    "POST /api/v1/replay/exports": Asks(
        (Action.EXPORT_CASES,),
        body={"format": "xes", "purpose": "research", "known_at": "1999-01-01T00:00:00Z"},
    ),
    "GET /api/v1/replay/exports": Asks((Action.READ_ACCESS_LOG,)),
    "GET /api/v1/replay/exports/{export}": Asks((Action.READ_ACCESS_LOG,), params=_EXPORT),
    "GET /api/v1/replay/exports/{export}/file": Asks((Action.EXPORT_CASES,), params=_EXPORT),
    "GET /replay/imports": Asks((Action.OPEN_JOURNEY,)),
    "POST /replay/imports": Asks((Action.OPEN_JOURNEY,)),
    "POST /api/v1/replay/imports": Asks((Action.OPEN_JOURNEY,)),
    "GET /replay/exports": Asks((Action.READ_ACCESS_LOG,)),
    "GET /replay/exports/new": Asks((Action.EXPORT_CASES,)),
    "POST /replay/exports/new": Asks((Action.EXPORT_CASES,)),
    "GET /replay/exports/{export}": Asks((Action.READ_ACCESS_LOG,), params=_EXPORT),
    "POST /replay/exports/{export}": Asks((Action.EXPORT_CASES,), params=_EXPORT),
    "GET /replay/exports/{export}/file": Asks((Action.EXPORT_CASES,), params=_EXPORT),
    "GET /api/v1/handovers": Asks((Action.READ_SUPERVISION,)),
    "POST /api/v1/handovers": Asks((Action.HAND_OVER,), body={"body": _TO_HERSELF}),
    "GET /api/v1/handovers/{handover}": Asks((Action.READ_SUPERVISION,), params=_HANDOVER),
    "GET /api/v1/handovers/{handover}/receipts": Asks((Action.READ_SUPERVISION,), params=_HANDOVER),
    "POST /api/v1/handovers/{handover}/stop": Asks((Action.HAND_OVER,), body={}, params=_HANDOVER),
    "GET /api/v1/letters/{kind}/{stream}": Asks(FILE, About.JOURNEY, params={"kind": "journey"}),
    "POST /api/v1/letters/{kind}/{stream}/{message}/resend": Asks(
        FILE, About.JOURNEY, params={"kind": "journey", "message": str(uuid4())}
    ),
    "POST /api/v1/providers/{provider}/commands": Asks(
        (Action.LIST_PROVIDERS,), body=_LISTED, params={"provider": str(uuid4())}
    ),
    "GET /api/v1/commands": Free.PUBLISHED,
    "GET /api/v1/docs": Free.PUBLISHED,
    "GET /api/v1/": Free.PUBLISHED,
    "GET /api/v1/openapi.json": Free.PUBLISHED,
    f"GET {_WEBHOOKS}": Free.SUPERVISORS,
    f"POST {_WEBHOOKS}": Free.SUPERVISORS,
    f"DELETE {_WEBHOOKS}/{{subscription}}": Free.SUPERVISORS,
    f"GET {_WEBHOOKS}/{{subscription}}/deliveries": Free.SUPERVISORS,
    **{
        f"POST {_WEBHOOKS}/{{subscription}}/{word}": Free.SUPERVISORS
        for word in ("rotate", "enable", "disable", "try", "resend")
    },
    # … who clients are, and who looked: bodies and conflicts in tests/staff/test_identities.py
    "GET /accesses": Free.OWN,
    "GET /api/v1/accesses": Free.OWN,
    "GET /journeys/{journey}/accesses": Asks((Action.READ_ACCESS_LOG,), About.JOURNEY),
    "GET /api/v1/journeys/{journey}/accesses": Asks((Action.READ_ACCESS_LOG,), About.JOURNEY),
    "GET /journeys/{journey}/refusals": Asks((Action.READ_ACCESS_LOG,), About.JOURNEY),
    "GET /api/v1/journeys/{journey}/refusals": Asks((Action.READ_ACCESS_LOG,), About.JOURNEY),
    "GET /journeys/{journey}/refusals/{command_id}": Asks(
        (Action.READ_ACCESS_LOG,), About.JOURNEY, params={"command_id": str(uuid4())}
    ),
    "GET /api/v1/journeys/{journey}/refusals/{command_id}": Asks(
        (Action.READ_ACCESS_LOG,), About.JOURNEY, params={"command_id": str(uuid4())}
    ),
    "GET /journeys/{journey}/identity": Asks((Action.READ_IDENTITY,), About.JOURNEY),
    "POST /journeys/{journey}/identity": Free.IDENTITIES,
    "GET /journeys/{journey}/safe-contact": Free.SWITCH,
    "POST /journeys/{journey}/safe-contact": Asks((Action.READ_IDENTITY,), About.JOURNEY),
    "POST /api/v1/journeys/{journey}/safe-contact/reveal": Asks((Action.READ_IDENTITY,), About.JOURNEY),
    "GET /journeys/{journey}/identity/edit": Free.IDENTITIES,
    "POST /journeys/{journey}/identity/edit": Free.IDENTITIES,
    "POST /api/v1/journeys/{journey}/identity/reveal": Free.IDENTITIES,
    "PUT /api/v1/journeys/{journey}/identity": Free.IDENTITIES,
    "GET /search": Free.IDENTITIES,
    "POST /search": Free.IDENTITIES,
    "POST /api/v1/search": Free.IDENTITIES,
    "POST /api/v1/search/candidates": Free.IDENTITIES,
    # … documents
    "GET /journeys/{journey}/documents/new": Asks(
        (Action.FILE_DOCUMENT, Action.FILE_LEGAL_DOCUMENT, Action.FILE_HEALTH_DOCUMENT), About.JOURNEY
    ),
    "POST /journeys/{journey}/documents/new": Free.DOCUMENTS,
    "GET /journeys/{journey}/documents/{document}": Asks(
        (Action.READ_DOCUMENTS,), About.JOURNEY, params={"document": str(uuid4())}
    ),
    "POST /journeys/{journey}/documents/{document}": Free.DOCUMENTS,
    "GET /journeys/{journey}/documents/{document}/withdraw": Free.DOCUMENTS,
    "POST /journeys/{journey}/documents/{document}/withdraw": Free.DOCUMENTS,
    "GET /api/v1/journeys/{journey}/documents": Asks((Action.READ_DOCUMENTS,), About.JOURNEY),
    "POST /api/v1/journeys/{journey}/documents": Free.DOCUMENTS,
    "POST /api/v1/journeys/{journey}/documents/{document}/open": Free.DOCUMENTS,
    # … the hotline
    "GET /contacts": Rows(Action.READ_CONTACT),
    "GET /api/v1/contacts/open": Rows(Action.READ_CONTACT),
    "GET /api/v1/contacts/recent": Rows(Action.READ_CONTACT),
    "GET /contacts/blank": Asks((Action.LOG_CONTACT,)),
    "GET /contacts/new": Free.SWITCH,
    "GET /contacts/{contact}": Asks((Action.READ_CONTACT,), About.CONTACT),
    "GET /contacts/{contact}/log": Asks((Action.LOG_CONTACT,), params={"contact": str(uuid4())}),
    "POST /contacts/{contact}/log": Asks((Action.LOG_CONTACT,), params={"contact": str(uuid4())}),
    "GET /contacts/{contact}/{word}": Asks((Action.FOLLOW_UP_CONTACT,), About.CONTACT, params={"word": "note"}),
    "POST /contacts/{contact}/{word}": Free.HOTLINE,
    "GET /contacts/{contact}/{word}/{about}": Free.HOTLINE,
    "POST /contacts/{contact}/{word}/{about}": Free.HOTLINE,
    "GET /api/v1/contacts/{contact}/history": Asks((Action.READ_CONTACT,), About.CONTACT),
    "GET /api/v1/contacts/{contact}/number": Asks((Action.FOLLOW_UP_CONTACT,), About.CONTACT),
    "PUT /api/v1/contacts/{contact}/number": Free.HOTLINE,
    "POST /api/v1/contacts/{contact}/safe-contact/reveal": Asks((Action.READ_CONTACT,), About.CONTACT),
    "GET /api/v1/contacts/{contact}/looks": Asks((Action.READ_ACCESS_LOG,), About.CONTACT),
    "GET /api/v1/contacts/{contact}/repeats": Asks((Action.FOLLOW_UP_CONTACT,), About.CONTACT),
    # … missions
    "GET /missions": Rows(Action.READ_MISSION),
    "GET /missions/new": Free.SWITCH,
    "GET /missions/{mission}": Asks((Action.READ_MISSION, Action.READ_RIDE), About.MISSION),
    "GET /missions/{mission}/{word}": Free.MISSIONS,
    "POST /missions/{mission}/{word}": Free.MISSIONS,
    # … the office
    "GET /providers": Asks((Action.READ_PROVIDERS,)),
    "GET /providers/new": Free.SWITCH,
    "GET /providers/{provider}": Asks((Action.READ_PROVIDERS,), params={"provider": str(uuid4())}),
    "GET /providers/{provider}/{word}": Asks(
        (Action.LIST_PROVIDERS,), params={"provider": str(uuid4()), "word": "list"}
    ),
    "POST /providers/{provider}/{word}": Free.OFFICE,
    "GET /api/v1/providers": Asks((Action.READ_PROVIDERS,)),
    "GET /api/v1/providers/{provider}": Asks((Action.READ_PROVIDERS,), params={"provider": str(uuid4())}),
    "GET /admin": Free.SWITCH,
    "GET /admin/feeds": Asks((Action.READ_ADMINISTRATION,)),
    "GET /admin/health": Asks((Action.READ_ADMINISTRATION,)),
    "GET /admin/people": Asks((Action.READ_ADMINISTRATION,)),
    "GET /admin/people/new": Free.SWITCH,
    "GET /admin/people/{staff}": Asks((Action.READ_ADMINISTRATION,)),
    "GET /admin/people/{staff}/calendar": Asks((Action.MANAGE_FEEDS,), About.STAFF),
    "POST /admin/people/{staff}/calendar": Free.OFFICE,
    "GET /admin/people/{staff}/calendar/{feed}": Free.OFFICE,
    "POST /admin/people/{staff}/calendar/{feed}": Free.OFFICE,
    "GET /admin/people/{staff}/{word}": Asks((Action.MANAGE_PEOPLE,), params={"word": "change"}),
    "POST /admin/people/{staff}/{word}": Free.OFFICE,
    "GET /api/v1/people": Asks((Action.READ_ADMINISTRATION,)),
    "GET /api/v1/people/changes": Asks((Action.READ_ADMINISTRATION,)),
    "GET /api/v1/people/{staff}": Free.OFFICE,
    "PUT /api/v1/people/{staff}": Free.OFFICE,
    "PUT /api/v1/people/{staff}/settings": Free.OFFICE,
    "GET /api/v1/people/{staff}/calendars": Free.OFFICE,
    "POST /api/v1/people/{staff}/calendars": Free.OFFICE,
    "DELETE /api/v1/people/{staff}/calendars/{feed}": Free.OFFICE,
    "GET /team/{staff}": Asks((Action.PLAN_ABSENCE,), About.STAFF),
    "GET /team/{staff}/{word}": Asks((Action.PLAN_ABSENCE,), About.STAFF, params={"word": "plan-absence"}),
    "POST /team/{staff}/{word}": Free.OFFICE,
    "GET /team/{staff}/{word}/{number}": Free.OFFICE,
    "POST /team/{staff}/{word}/{number}": Free.OFFICE,
    **{
        f"{method} {path}": Free.OWN
        for path, methods in {
            "/me": ("GET",),
            "/me/calendar": ("GET", "POST"),
            "/me/calendar/{feed}": ("GET", "POST"),
            "/me/language": ("GET", "POST"),
            "/me/settings": ("GET", "POST"),
            "/drafts": ("POST",),
            "/drafts/discard": ("POST",),
            "/api/v1/drafts": ("GET", "PUT", "DELETE"),
        }.items()
        for method in methods
    },
    # … lists as files, views, paper
    "GET /export/{name}.{kind}": Free.LISTS,
    "GET /api/v1/exports/{name}": Free.LISTS,
    "GET /views": Free.LISTS,
    "POST /views": Free.LISTS,
    "POST /views/{view}/{what}": Free.LISTS,
    "GET /api/v1/views": Free.LISTS,
    "POST /api/v1/views": Free.LISTS,
    "PATCH /api/v1/views/{view}": Free.LISTS,
    "DELETE /api/v1/views/{view}": Free.LISTS,
    "PUT /api/v1/default-view": Free.LISTS,
    "GET /print/{journey}/file.pdf": Asks(
        (Action.READ_OVERVIEW, Action.READ_LEGAL, Action.READ_HEARINGS), About.JOURNEY
    ),
    "GET /print/{journey}/redacted.pdf": Asks((Action.READ_OVERVIEW,), About.JOURNEY),
    "GET /api/v1/journeys/{journey}/file.pdf": Asks(
        (Action.READ_OVERVIEW, Action.READ_LEGAL, Action.READ_HEARINGS), About.JOURNEY
    ),
    # … the way in
    **{
        f"{method} {path}": Free.SIGN_IN
        for path, methods in {
            "/account": ("GET",),
            "/account/generator": ("POST",),
            "/account/generator/confirm": ("POST",),
            "/account/passkeys": ("POST",),
            "/account/passkeys/challenge": ("POST",),
            "/account/passkeys/{passkey}/remove": ("POST",),
            "/account/password": ("POST",),
            "/account/recovery-codes": ("POST",),
            "/account/sessions/end-others": ("POST",),
            "/account/sessions/{session}/end": ("POST",),
            "/api/v1/session": ("GET",),
            "/api/v1/me/sessions": ("GET",),
            "/api/v1/me/sessions/{session}": ("DELETE",),
            "/api/v1/people/{staff}/sign-ins": ("GET",),
            "/enrol": ("GET",),
            "/enrol/challenge": ("POST",),
            "/enrol/code": ("POST",),
            "/enrol/passkey": ("POST",),
            "/enrol/password": ("POST",),
            "/invitation/{token}": ("GET", "POST"),
            "/leave": ("GET",),
            "/session": ("GET",),
            "/sign-in": ("GET", "POST"),
            "/sign-in/challenge": ("POST",),
            "/sign-in/passkey": ("POST",),
            "/sign-out": ("POST",),
            "/step-up": ("GET", "POST"),
            "/step-up/challenge": ("POST",),
            "/step-up/passkey": ("POST",),
        }.items()
        for method in methods
    },
}
"""A new route: one line, `Asks` with its action and what it is about, `Rows` for a list; `Free` with its reason."""
