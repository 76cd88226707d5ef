"""Why somebody may not: codes, of which pages have a sentence each."""

from __future__ import annotations

from enum import StrEnum


class Denial(StrEnum):
    """Why not. A value is never renamed: it stands in the outcomes of the log."""

    HAS_LEFT = "has-left"
    """Does not work here any more."""
    ENGINE_ONLY = "engine-only"
    """Only timers and other streams record this."""
    NO_KNOWN_ROLE = "no-known-role"
    """The directory has no role or post for them that means anything here."""
    NO_CLIENT_DATA = "no-client-data"
    """Administrators and analysts learn nothing of clients."""
    EMERGENCY_READS_ONLY = "emergency-reads-only"
    """Emergency access opens a case for reading."""
    NOT_INVOLVED = "not-involved"
    """Their role may, but this is not their case, contact, mission, referral or absence."""
    NOT_YOUR_ROLE = "not-your-role"
    """None of their roles ever may."""
