"""My sign-in: at which devices somebody is signed in, and by what. Changes ask for a step-up and end other sessions.

OWASP ASVS 5.0: 7.4.3 (other sessions end after a change), 7.5.1 (proof before it), 7.5.2 (one's sessions, and ending
them).
"""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from staff.guard import cookies
from staff.guard.step_up import require_step_up, signed_in_here
from staff.guard.tokens import is_token
from staff.pages.codes_shown import quadrat
from staff.pages.refusing import EXPIRED, NotLetIn, challenge, tried
from staff.rendering import page
from staff.threshold import address_of
from staff.typing_in import Typed
from staff.visit import Here, Visit
from vault.errors import PasswordRefused
from vault.sessions import LONGEST

router = APIRouter()
HOME = "/account"
SAID = frozenset({"passkey", "passkey-removed", "passkey-last", "password", "generator", "session", "others"})


@router.get("/account")
async def account(visit: Here) -> Response:
    """What is set, and where somebody is signed in."""
    return await run_in_threadpool(_page, visit)


@router.post("/account/sessions/{session}/end")
async def end_session(session: UUID, texts: Typed, visit: Here) -> Response:
    """Ends one session; needs no step-up, for it only shuts."""
    port, own = signed_in_here(visit)
    if not _is_ours(visit, texts):
        return await _again(visit, visit.words(EXPIRED), 403)
    await run_in_threadpool(port.end, own.staff, session)
    return _said("session")


@router.post("/account/sessions/end-others")
async def end_others(texts: Typed, visit: Here) -> Response:
    """Ends every session but this one."""
    port, own = signed_in_here(visit)
    if not _is_ours(visit, texts):
        return await _again(visit, visit.words(EXPIRED), 403)
    await run_in_threadpool(port.end_others, own)
    return _said("others")


@router.post("/account/password")
async def choose_password(texts: Typed, visit: Here) -> Response:
    """A new password."""
    port, own = signed_in_here(visit)
    if fault := await _shut(visit, texts):
        return fault
    try:
        await run_in_threadpool(port.choose_password, own.staff, texts.get("password", ""))
    except PasswordRefused as refused:
        return await _again(visit, visit.words.label(refused.fault), 422)
    return await _changed(visit, "password")


@router.post("/account/recovery-codes")
async def issue_recovery_codes(texts: Typed, visit: Here) -> Response:
    """Ten new ones, shown once."""
    port, own = signed_in_here(visit)
    if fault := await _shut(visit, texts):
        return fault
    codes = await run_in_threadpool(port.issue_recovery_codes, own.staff)
    await run_in_threadpool(port.end_others, own)
    return page(visit, "account_codes.html", codes=codes)


@router.post("/account/generator")
async def begin_generator(texts: Typed, visit: Here) -> Response:
    """Another telephone: the old one counts until the new one has shown a code."""
    port, own = signed_in_here(visit)
    if fault := await _shut(visit, texts):
        return fault
    shown = await run_in_threadpool(port.begin_generator, own.staff)
    return page(visit, "account_generator.html", shown=shown, quadrat=quadrat(shown.uri), fault=None)


@router.post("/account/generator/confirm")
async def confirm_generator(texts: Typed, visit: Here) -> Response:
    """The new telephone shows the right code."""
    port, own = signed_in_here(visit)
    if fault := await _shut(visit, texts):
        return fault
    code = texts.get("code", "")
    refused = await tried(visit.words, lambda: port.confirm_generator(own.staff, code))
    if not isinstance(refused, NotLetIn):
        return await _changed(visit, "generator")
    shown = await run_in_threadpool(port.waiting_generator, own.staff)
    if shown is None:
        return await _again(visit, refused.sentence, refused.status)
    fault_said = visit.words("signin.code-wrong")
    return page(visit, "account_generator.html", 422, shown=shown, quadrat=quadrat(shown.uri), fault=fault_said)


@router.post("/account/passkeys/challenge")
async def ask_new_passkey(visit: Here) -> Response:
    """What our script asks the browser to make."""
    port, own = signed_in_here(visit)
    require_step_up(visit, HOME)
    address = address_of(visit.request)
    return await challenge(visit.request, visit.words, lambda: port.ask_new_passkey(own.staff, address=address))


@router.post("/account/passkeys")
async def add_passkey(texts: Typed, visit: Here) -> Response:
    """One more passkey."""
    port, own = signed_in_here(visit)
    if fault := await _shut(visit, texts):
        return fault
    ceremony = cookies.read(visit.request, cookies.CEREMONY) or ""
    name = texts.get("passkey", "").strip()[:100] or visit.words("signin.passkey-name")

    def work() -> object:
        return port.add_passkey(ceremony, texts.get("answer", ""), staff=own.staff, name=name)

    refused = await tried(visit.words, work)
    if isinstance(refused, NotLetIn):
        return await _again(visit, visit.words("signin.passkey-not-added"), refused.status)
    return await _changed(visit, "passkey")


@router.post("/account/passkeys/{passkey}/remove")
async def remove_passkey(passkey: UUID, texts: Typed, visit: Here) -> Response:
    """A passkey of a lost device; never the last way in."""
    port, own = signed_in_here(visit)
    if fault := await _shut(visit, texts):
        return fault
    removed = await run_in_threadpool(port.remove_passkey, own.staff, passkey)
    return await _changed(visit, "passkey-removed") if removed else _said("passkey-last")


async def _shut(visit: Visit, texts: Mapping[str, str]) -> Response | None:
    """What is answered where something may not be changed now. Raises `StepUpNeeded`."""
    if not _is_ours(visit, texts):
        return await _again(visit, visit.words(EXPIRED), 403)
    require_step_up(visit, HOME)
    return None


async def _changed(visit: Visit, said: str) -> Response:
    """Whoever was signed in elsewhere signs in anew, by what is set now."""
    port, own = signed_in_here(visit)
    await run_in_threadpool(port.end_others, own)
    return _said(said)


def _said(what: str) -> Response:
    return RedirectResponse(f"{HOME}?said={what}", 303)


def _is_ours(visit: Visit, texts: Mapping[str, str]) -> bool:
    return is_token(texts.get("token", ""), visit.session, visit.parts.settings.secret)


async def _again(visit: Visit, fault: str, status: int) -> Response:
    return await run_in_threadpool(_page, visit, fault, status)


def _page(visit: Visit, fault: str | None = None, status: int = 200) -> Response:
    port, session = signed_in_here(visit)
    said = visit.request.query_params.get("said", "")
    return page(
        visit,
        "account.html",
        status,
        own=port.own(session.staff),
        session=session,
        latest=session.begun_at + LONGEST,
        may_change=port.has_stepped_up(session),
        fault=fault,
        said=said if said in SAID else None,
    )
