"""Why a password is not taken, and why somebody is not let in: codes, which pages say in words."""

from __future__ import annotations

from enum import StrEnum


class PasswordFault(StrEnum):
    """Why a password cannot be chosen."""

    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    COMMON = "common"
    """Among the first that anybody would try."""
    PERSONAL = "personal"
    """A name of the person, of the organisation, or of this program."""


class SignInFault(StrEnum):
    """Why somebody is not let in. To whoever is outside, a page tells none of them from another."""

    NO_ACCOUNT = "no-account"
    """There is none, or it is not enrolled yet."""
    WRONG = "wrong"
    """Not the password, not a code; or there is none to compare with."""
    USED = "used"
    """A code that was accepted before."""
    LINK_DEAD = "link-dead"
    """An invitation or enrolment that was used, replaced, has run out, or never was."""
    TOO_LITTLE = "too-little"
    """Neither a passkey nor a password with a confirmed code generator."""
    NOT_ASKED = "not-asked"
    """A passkey answered a challenge that was answered before, has run out, or was never made."""
    UNREADABLE = "unreadable"
    """The browser's answer is none."""
    PASSKEY_UNKNOWN = "passkey-unknown"
    PASSKEY_KNOWN = "passkey-known"
    """It is registered already."""
    FOREIGN_ORIGIN = "foreign-origin"
    """Answered on another site than ours: most likely somebody was lured there. Worth an alarm."""
    OTHER_CHALLENGE = "other-challenge"
    USER_NOT_VERIFIED = "user-not-verified"
    """The device did not ask for finger, face or PIN: it may be in anybody's hands."""
    COUNTER_RAN_BACK = "counter-ran-back"
    """The key counts less than it did: there may be a copy of it. Worth an alarm."""
    NOT_PROVEN = "not-proven"
    """The signature, or anything else of the answer, does not hold."""
