"""From an invitation to a first session: a passkey, or a password with the codes of a telephone.

Opening the link does nothing, since programs that look at letters open links; pressing the button uses it up.
"""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse, Response

from staff.guard import cookies
from staff.pages.codes_shown import codes_page, quadrat
from staff.pages.refusing import EXPIRED, NotLetIn, challenge, tried
from staff.signing_in import OwnSignIn
from staff.threshold import AtThreshold, Threshold, address_of, let_in, place_of
from staff.typing_in import Typed
from vault.errors import PasswordRefused
from vault.invitations import ENROLMENT_LIFE

router = APIRouter()


@router.get("/invitation/{token}")
async def invitation(token: str, here: AtThreshold) -> Response:
    """The same page for every link, good or not."""
    return here.page("invitation.html", path=f"/invitation/{token}")


@router.post("/invitation/{token}")
async def redeem(token: str, texts: Typed, here: AtThreshold) -> Response:
    """Uses the link up."""
    if not here.is_ours(texts):
        return here.page("invitation.html", 403, path=f"/invitation/{token}", fault=here.words(EXPIRED))
    link = await tried(here.words, lambda: here.sign_in.redeem(token))
    if isinstance(link, NotLetIn):
        return _dead(here)
    answer = RedirectResponse("/enrol", 303)
    cookies.give(answer, here.request, cookies.ENROLMENT, link.token, seconds=int(ENROLMENT_LIFE.total_seconds()))
    return answer


@router.get("/enrol")
async def enrol(here: AtThreshold) -> Response:
    """What is to be set next."""
    staff = await _who(here)
    return _dead(here) if staff is None else await _next(here, staff)


@router.post("/enrol/password")
async def choose_password(texts: Typed, here: AtThreshold) -> Response:
    """A password; then the telephone."""
    staff = await _who(here)
    if staff is None:
        return _dead(here)
    if not here.is_ours(texts):
        return await _next(here, staff, fault=here.words(EXPIRED), status=403)
    try:
        await run_in_threadpool(here.sign_in.choose_password, staff, texts.get("password", ""))
    except PasswordRefused as refused:
        return await _next(here, staff, fault=here.words.label(refused.fault), status=422)
    return RedirectResponse("/enrol", 303)


@router.post("/enrol/code")
async def confirm(texts: Typed, here: AtThreshold) -> Response:
    """The telephone shows the right code: everything is set. Recovery codes are shown, once."""
    staff = await _who(here)
    if staff is None:
        return _dead(here)
    if not here.is_ours(texts):
        return await _next(here, staff, fault=here.words(EXPIRED), status=403)
    own = await run_in_threadpool(here.sign_in.own, staff)
    if own is None or not own.account.has_code_generator:  # else only the last step was missed
        code = texts.get("code", "")
        refused = await tried(here.words, lambda: here.sign_in.confirm_generator(staff, code))
        if isinstance(refused, NotLetIn):
            return await _next(here, staff, fault=here.words("signin.code-wrong"), status=422)
    codes = await run_in_threadpool(here.sign_in.issue_recovery_codes, staff)
    made = await tried(here.words, lambda: here.sign_in.complete(_token(here), place=place_of(here.request, texts)))
    if isinstance(made, NotLetIn):
        return await _next(here, staff, fault=made.sentence, status=made.status)
    return let_in(codes_page(here, codes), here.request, made)


@router.post("/enrol/challenge")
async def ask_new_passkey(here: AtThreshold) -> Response:
    """What our script asks the browser to make."""
    staff = await _who(here)
    if staff is None:
        return _dead(here)
    address = address_of(here.request)
    return await challenge(here.request, here.words, lambda: here.sign_in.ask_new_passkey(staff, address=address))


@router.post("/enrol/passkey")
async def add_passkey(texts: Typed, here: AtThreshold) -> Response:
    """A passkey is enough by itself."""
    staff = await _who(here)
    if staff is None:
        return _dead(here)
    if not here.is_ours(texts):
        return await _next(here, staff, fault=here.words(EXPIRED), status=403)
    ceremony = cookies.read(here.request, cookies.CEREMONY) or ""
    name = texts.get("passkey", "").strip()[:100] or here.words("signin.passkey-name")

    def work() -> object:
        return here.sign_in.add_passkey(ceremony, texts.get("answer", ""), staff=staff, name=name)

    refused = await tried(here.words, work)
    if isinstance(refused, NotLetIn):
        return await _next(here, staff, fault=here.words("signin.passkey-not-added"), status=refused.status)
    made = await tried(here.words, lambda: here.sign_in.complete(_token(here), place=place_of(here.request, texts)))
    if isinstance(made, NotLetIn):
        return await _next(here, staff, fault=made.sentence, status=made.status)
    return let_in(RedirectResponse("/account?said=passkey", 303), here.request, made)


def _token(here: Threshold) -> str:
    return cookies.read(here.request, cookies.ENROLMENT) or ""


async def _who(here: Threshold) -> UUID | None:
    found = await tried(here.words, lambda: here.sign_in.enrolling(_token(here)))
    return None if isinstance(found, NotLetIn) else found


def _dead(here: Threshold) -> Response:
    return here.page("invitation_dead.html", 403)


async def _next(here: Threshold, staff: UUID, *, fault: str | None = None, status: int = 200) -> Response:
    return await run_in_threadpool(_drawn, here, staff, fault, status)


def _drawn(here: Threshold, staff: UUID, fault: str | None, status: int) -> Response:
    own: OwnSignIn | None = here.sign_in.own(staff)
    if own is None or not own.account.has_password:
        return here.page("enrol.html", status, fault=fault)
    if own.account.has_code_generator:
        return here.page("enrol_code.html", status, fault=fault, shown=None, quadrat=None)
    shown = here.sign_in.waiting_generator(staff) or here.sign_in.begin_generator(staff)
    return here.page("enrol_code.html", status, fault=fault, shown=shown, quadrat=quadrat(shown.uri))
