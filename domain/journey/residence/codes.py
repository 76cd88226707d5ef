"""The closed lists of the residence clock."""

from __future__ import annotations

from enum import StrEnum


class PermitStatus(StrEnum):
    """Where a permit stands. `followed`: another permit took its place. `void`: it was recorded by mistake."""

    VALID = "valid"
    EXPIRED = "expired"
    REVOKED = "revoked"
    FOLLOWED = "followed"
    ENDED = "ended"
    VOID = "void"


UNPROTECTED = frozenset({PermitStatus.EXPIRED, PermitStatus.REVOKED})
"""Nothing covers the person: the alarm goes on."""

OWED = UNPROTECTED | {PermitStatus.VALID}
"""Somebody has to keep an eye on it."""


class ApplicationOutcome(StrEnum):
    """How an application that did not lead to an extension ended."""

    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    ENTERED_BY_MISTAKE = "entered-by-mistake"


class EndReason(StrEnum):
    """Why nobody has to watch over a permit any longer."""

    LEFT_COUNTRY = "left-country"
    OTHER_RIGHT_TO_STAY = "other-right-to-stay"
    CLIENT_WISH = "client-wish"
    OTHER = "other"
