"""What folding raises of an event whose ground is not there: it could not be read, or had not happened by then."""

from __future__ import annotations

from domain.errors import EventUnreadable

UNFOLDABLE = (EventUnreadable, LookupError, AttributeError, TypeError, ValueError, AssertionError)
"""Whoever meets one counts or names what is left out for it."""
