"""An example of each request body: it stands in the OpenAPI document, and a test sends it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_STAFF = "00000000-0000-4000-8000-00000000a001"
_JOURNEY = "7b1b9a52-9c1f-4d0b-8a55-6f1f2c0e4d11"
_CREW = {"lead": _STAFF, "team": [_STAFF, "00000000-0000-4000-8000-00000000a007"]}
_STEP = {
    "kind": "advance-step",
    "body": {"step": "safe-contact", "outcome": "done", "seen": 3},
    "note": "Reached by the agreed number.",
}

_PATHWAY = """\
pathway: housing-support
version: 2
title: {sr: Подршка у становању, en: Housing support}
day: {starts: "09:00", ends: "17:00"}
stages:
  - stage: first-night
    title: {sr: Прва ноћ, en: First night}
    enter_when: {all: []}
    leave_when: {step: welcome, is: settled}
    steps:
      - step: welcome
        title: {sr: Разговор добродошлице, en: Welcome talk}
        role: consultant
        due: {within: {count: 2, unit: hours}}
        stalled_after: {count: 1}
        escalate: [{after: {count: 1, unit: hours}, to: supervisor}, {after: {count: 2, unit: hours}, to: on-call}]
"""

EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "post /journeys": {"pathway": "astra", "caseworker": _STAFF, "note": "Came with a friend."},
    "post /journeys/{journey}/commands": _STEP,
    "post /journeys/{journey}/preview": _STEP,
    "post /views": {"name": "My overdue cases", "filters": {"caseworker": "me", "due": "overdue"}},
    "patch /views/{view}": {"version": 1, "name": "Overdue"},
    "put /default-view": {"view": None},
    "post /contacts": {
        "pathway": "astra",
        "body": {"caller": "silent"},
        "note": "Breathing, then the line was cut.",
    },
    "post /contacts/{contact}/commands": {"kind": "note-contact", "note": "The same voice as yesterday."},
    "put /contacts/{contact}/number": {"number": "+381 60 000 0001"},
    "post /missions": {
        "pathway": "astra",
        "body": {
            "purpose": "home-visit",
            "crew": _CREW,
            "departure": "2026-12-01T08:00:00+01:00",
            "expected_return": "2026-12-01T12:00:00+01:00",
            "journeys": [_JOURNEY],
        },
    },
    "post /missions/{mission}/commands": {"kind": "return-mission", "note": "All are home."},
    "post /missions/{mission}/preview": {"kind": "return-mission"},
    "post /staff/{staff}/commands": {
        "kind": "plan-absence",
        "body": {"first_day": "2027-07-01", "last_day": "2027-07-14"},
    },
    "post /handovers": {"body": {"leaver": _STAFF, "successors": [{"staff": _STAFF}], "reason": "workload"}},
    "post /providers/{provider}/commands": {
        "kind": "list-provider",
        "body": {
            "provider_kind": "shelter",
            "country": "RS",
            "identity": "An invented shelter, +381 11 000 0000",
        },
    },
    "post /webhooks": {
        "name": "An invented partner",
        "url": "https://partner.example.org/hook",
        "topics": ["case.closed"],
    },
    "post /webhooks/{subscription}/rotate": {"hours": 24},
    "post /webhooks/{subscription}/resend": {"since": "2026-11-01T00:00:00+01:00"},
    "post /journeys/{journey}/identity/reveal": {"fields": ["names"], "purpose": "contact"},
    "put /journeys/{journey}/identity": {
        "seen": 0,
        "fields": ["names", "born"],
        "identity": {"names": [{"text": "Mara Izmišljena", "use": "given", "lang": "sr-Latn"}], "born": 1999},
    },
    "post /search": {"typed": "Mara", "by": "name"},
    "post /search/candidates": {"names": [{"text": "Mara Izmišljena", "use": "given"}], "born": 1999},
    "put /people/{staff}": {
        "name": "Ana Izmišljena",
        "email": "ana@example.org",
        "roles": ["caseworker"],
        "locale": "sr-Latn",
    },
    "put /people/{staff}/settings": {
        "channel": "email",
        "pace": "digest",
        "digest_at": "08:30:00",
        "seen": "0f3b",
    },
    "post /people/{staff}/calendars": {"days": 180},
    "post /journeys/{journey}/documents/{document}/open": {"purpose": "proceedings"},
    "post /replay/exports": {"format": "xes", "purpose": "research", "reason": "For the yearly study."},
    "post /replay/what-if": {"pathway": _PATHWAY, "since": "2026-01-01"},
    "post /replay/releases": {"table": "contacts-by-caller", "period": "2026-Q2"},
    "put /drafts": {
        "form": f"/journeys/{_JOURNEY}/review",
        "command_id": "0b9f6ea6-7d5e-4f5e-9d53-6e3d6d1f5b0a",
        "texts": {"note": "Half a thought"},
    },
}
"""By method and path below `/api/v1`. Names and ids are invented."""
