"""Problem Details (RFC 9457): how the API says that something was not done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pydantic import BaseModel, Field
from starlette.responses import JSONResponse

from domain.refusal import RefusalCode, Refused

MEDIA_TYPE = "application/problem+json"
_TITLES = {
    "unavailable": "A part cannot be reached. Nothing is lost: send the same command with the same Idempotency-Key.",
    "vault-unavailable": "Notes can be neither sealed nor opened now. Nothing is lost: send the same command again, "
    "with or without its note, under the same Idempotency-Key.",
    "cursor-invalid": "This cursor was not given out by this list. Start again without one.",
    "request-invalid": "The request is not in form.",
    "request-too-long": "The request is too large. Nothing was changed.",
    "media-type": "The API takes application/json.",
    "foreign-page": "This request comes from another page. Nothing was changed.",
    "not-served-here": "This address is not served here.",
    "command-invalid": "The command does not parse.",
    "key-invalid": "Idempotency-Key must be a UUID, made once for each command.",
    "not-found": "There is nothing here.",
    "http": "Not possible here.",
    "refused": "The command was refused. Nothing was changed.",
    "letter-refused": "The message is not sent again. Nothing was changed.",
    "not-permitted": "This is not yours to do. Nothing was changed.",
    "subscription-known": "This key has added its partner already, and a secret is shown once: make a new one.",
    "subscription-invalid": "Address, name, topics or our own settings will not do. Nothing was changed or sent.",
    "subscription-refused": "The partner does not stand as this asks for. Nothing was changed.",
    "person-changed": "Somebody else changed this account meanwhile. Nothing was overwritten: read it again.",
    "person-refused": "The account cannot be so. Nothing was changed.",
    "calendar-known": "This key has opened its calendar already, and an address is shown once: close it, open another.",
    "pathway-missing": "The pathway that this journey pins is not on this machine. Nothing is lost: `putokaz doctor`.",
    "event-unreadable": "This release cannot read an event of this journey. Nothing is lost: a newer release can.",
    "person-unknown": "X-Putokaz-Person names nobody who works here.",
    "not-signed-in": "Nobody is signed in, or the session has ended. Nothing was changed: sign in at /sign-in.",
    "step-up-needed": "Prove once more who you are, at /step-up, and send it again. Nothing was changed.",
    "list-too-long": "The list has more rows than a file takes. Nothing was cut off: narrow the filter.",
    "export-begun": "This key has begun its export already, and one export is one file: make a new key for another.",
    "view-conflict": "Somebody changed this view meanwhile. Nothing was overwritten: read it again.",
    "view-invalid": "A view needs a name of at most 60 letters on one line.",
    "limit-invalid": "This is no change to ask about: give a limit of a step, or a published version.",
    "report-invalid": "This report cannot be made as it was asked for; `problems` say why.",
    "draft-invalid": "This is no pathway that journeys here are on; `problems` name line, step and cause.",
    "moment-invalid": "This is no moment: give `as_known_at` or `as_it_was_at`, as 2026-03-02 or 2026-03-02T10:00:00Z.",
    "moment-future": "This moment has not come yet.",
    "moment-before": "Nothing of it had been recorded by then.",
    "text-too-long": "A free text is too long: shorten it or attach it as a document.",
    "file-refused": "The file is not taken; `problems` say why. Nothing of it was kept.",
    "document-gone": "The content of this document is gone: it was erased, or is not what was filed.",
    "internal": "A fault of ours. It was logged without what you sent.",
}


class Problem(BaseModel):
    """RFC 9457. `refusal` is there where a command was refused; `problems` name fields, never values."""

    type: str = Field(examples=["urn:putokaz:problem:refused"])
    title: str
    status: int
    problems: list[str] = []
    refusal: Refused | None = None


PROBLEM_SCHEMA = Problem.__name__


def problem(
    status: int,
    kind: str,
    *,
    problems: Sequence[str] = (),
    refusal: Refused | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """The answer. `kind` is the last word of its type."""
    body = Problem(
        type=f"urn:putokaz:problem:{kind}",
        title=_TITLES[kind],
        status=status,
        problems=list(problems),
        refusal=refusal,
    )
    content = body.model_dump(mode="json", exclude_none=True)
    return JSONResponse(content, status, headers=headers, media_type=MEDIA_TYPE)


def title_of(kind: str) -> str:
    """What is said to a person of this kind of problem."""
    return _TITLES[kind]


def refused(refusal: Refused, *unknown: RefusalCode) -> JSONResponse:
    """The answer to a refused command: 404 where it is one of `unknown`, 403 where it was not theirs to give."""
    if refusal.code is RefusalCode.NOT_PERMITTED:
        reasons = [refusal.denial.value] if refusal.denial else []
        return problem(403, "not-permitted", problems=reasons, refusal=refusal)
    return problem(404 if refusal.code in unknown else 409, "refused", refusal=refusal)
