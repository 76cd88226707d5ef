"""What goes over the socket."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict, TypeAdapter

from vault.identity import Name
from vault.roll import SearchBy
from vault.searching import Found

SEARCH, CANDIDATES = "/search", "/candidates"
FOUND: TypeAdapter[Found] = TypeAdapter(Found)


class _Question(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    actor: UUID


class SearchQuestion(_Question):
    """Who fits what was typed."""

    typed: str
    by: SearchBy


class CandidatesQuestion(_Question):
    """Who may be the same person as somebody of these names, born on that day or in that year."""

    names: tuple[Name, ...]
    born: date | int | None = None
