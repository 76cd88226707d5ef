"""Before a journey is opened: who may be its client already; after it: who the client is, into the vault.

The words never travel with the command: they stand in the form, and go to the search and to the vault alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from starlette.responses import RedirectResponse, Response

from domain.errors import Unavailable
from domain.rights.actions import Action
from staff.forms.entry import Entry
from staff.forms.identifying import client_typed, rows_of
from staff.i18n.words import OFFICE_ZONE
from staff.matches import AWAY, Matches, matches
from staff.pages.correcting import EVERY_FIELD, keep
from staff.visit import Visit
from vault.errors import AccessNotLogged, VaultUnavailable
from vault.identity import Identity

LOOKED = "looked"
"""The input that says: who may be the same was on the page before."""


def duplicates(visit: Visit, journey: UUID, texts: Mapping[str, str]) -> Matches | None:
    """Who may be the same client, if that is to be shown before anything is saved; asked once for a form."""
    client = _client(journey, texts)
    if client is None or texts.get(LOOKED):
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

    Else the form with what was typed: the journey is open, and only this is still to be saved.
    """
    client = _client(journey, texts)
    if client is None:
        return None
    answer = keep(visit, journey, client, rows_of(client, EVERY_FIELD, 0), opened=True)
    return None if isinstance(answer, RedirectResponse) else answer


def _client(journey: UUID, texts: Mapping[str, str]) -> Identity | None:
    return client_typed(journey, Entry(texts, OFFICE_ZONE))
