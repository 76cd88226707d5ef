"""By which words a client is reached safely, over HTTP: shown once that stands in the access log."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import BaseModel
from starlette.responses import Response

from domain.journey.state import journey_stream
from domain.rights.actions import Action
from projections.journey_file.queries import file
from staff.api.problems import Problem, problem
from staff.api.visiting import Visiting
from staff.guard.permission import require
from staff.pages.safety import safe_words

router = APIRouter()
_PROBLEMS: dict[int | str, dict[str, Any]] = {s: {"model": Problem} for s in (403, 404, 422, 503)}


class SafeContactAnswer(BaseModel):
    """What we say that our name is, and the code word; null where none was agreed, or it cannot be opened."""

    neutral_name: str | None = None
    code_word: str | None = None


@router.post(
    "/journeys/{journey}/safe-contact/reveal",
    summary="Show name and code word of safe contact, once that is logged",
    response_model=SafeContactAnswer,
    responses=_PROBLEMS,
)
def reveal_safe_contact(journey: UUID, visit: Visiting) -> SafeContactAnswer | Response:
    """Under which rules they may be used, the file says."""
    parts, person = visit.parts, visit.person
    require(parts.rights, person.id, Action.READ_IDENTITY, journey_stream(journey))
    found = file(parts.reader, journey)
    if found is None:
        return problem(404, "not-found")
    parts.identities.note_safe_contact(person.id, journey)
    texts = {key: note.text for key, note in safe_words(found, visit)}
    return SafeContactAnswer(neutral_name=texts.get("safety.neutral-name"), code_word=texts.get("safety.code-word"))
