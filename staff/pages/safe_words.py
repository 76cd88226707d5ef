"""By which words a client is reached safely: the name that we give ourselves, and the code word.

The file says that there are such words. They are shown to whoever asks, once that stands in the access log; a page
that asks for itself now and then would fill it, so they are not on the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from domain.journey.naming import journey_code
from domain.journey.state import journey_stream
from domain.rights.actions import Action
from projections.journey_file.queries import file
from staff.guard.tokens import is_token
from staff.pages.safety import calling, safe_words
from staff.rendering import page
from staff.typing_in import Typed
from staff.visit import Here, Visit

router = APIRouter()


@router.get("/journeys/{journey}/safe-contact")
async def back_to_the_file(journey: UUID) -> Response:
    """Words are shown to who asks for them, and not again to who comes back here."""
    return RedirectResponse(f"/journeys/{journey}#safe-contact", 303)


@router.post("/journeys/{journey}/safe-contact")
async def show(journey: UUID, texts: Typed, visit: Here) -> Response:
    """The words, once that is logged; on no answer that anybody stores."""
    return await run_in_threadpool(_show, visit, journey, texts)


def _show(visit: Visit, journey: UUID, texts: Mapping[str, str]) -> Response:
    visit.require(Action.READ_IDENTITY, journey_stream(journey))
    if not is_token(texts.get("token", ""), visit.session, visit.parts.settings.secret):
        return RedirectResponse(f"/journeys/{journey}#safe-contact", 303)
    found, code = file(visit.parts.reader, journey), journey_code(journey)
    if found is None:
        return page(visit, "missing.html", 404, code=code, journey=None)
    visit.parts.identities.note_safe_contact(visit.person.id, journey)
    words = safe_words(found, visit)
    return page(visit, "safe_contact.html", journey=journey, code=code, words=words, calling=calling(found, visit))
