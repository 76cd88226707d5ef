"""Before a journey is opened: who may be its client already; after it: who the client is, into the vault.

The words never travel with the command: they stand in the form, and go to the search and to the vault alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from starlette.responses import Response

from domain.errors import Unavailable
from domain.rights.actions import Action
from staff.forms.entry import Entry
from staff.forms.identifying import client_typed
from staff.i18n.words import OFFICE_ZONE
from staff.matches import AWAY, Matches, matches
from staff.rendering import page
from staff.visit import Visit
from vault.errors import AccessNotLogged, IdentityConflict, VaultUnavailable
from vault.identity import Identity

LOOKED = "looked"
"""The input that says: who may be the same was on the page before."""


def duplicates(visit: Visit, journey: UUID, texts: Mapping[str, str]) -> Matches | None:
    """Who may be the same client, if that is to be shown before anything is saved; asked once for a form."""
    client = _client(journey, texts)
    if client is None or not client.names or texts.get(LOOKED):
        return None
    visit.require(Action.OPEN_JOURNEY)
    try:
        candidates = visit.parts.identities.candidates(visit.person.id, client.names, client.born)
    except (Unavailable, VaultUnavailable, AccessNotLogged):
        return AWAY
    found = matches(visit.parts.rights, visit.person.id, candidates)
    return found if found.says_something else None


def keep_client(visit: Visit, journey: UUID, texts: Mapping[str, str]) -> Response | None:
    """Stores who the client of the opened journey is. None where that is done, or nothing was typed.

    Else the journey is open and this is still to be saved: a page that sends the same form again, whose command has its
    answer by then. What somebody else entered meanwhile stands.
    """
    client, identities = _client(journey, texts), visit.parts.identities
    if client is None:
        return None
    try:
        if identities.masked(journey) is None:
            identities.put(client, actor=visit.person.id)
    except IdentityConflict:
        return None
    except (VaultUnavailable, AccessNotLogged):
        there = f"/journeys/{journey}/open"
        return page(visit, "client_unsaved.html", 503, texts=texts, path=there, intent="save")
    return None


def _client(journey: UUID, texts: Mapping[str, str]) -> Identity | None:
    return client_typed(journey, Entry(texts, OFFICE_ZONE))
