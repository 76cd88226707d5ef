"""What can go wrong while starting the development stack; every message says what to do next."""

from __future__ import annotations


class DevelopmentError(Exception):
    """Base of this package's errors; the text is meant for the person at the terminal."""


class PartMissing(DevelopmentError):
    """A program of the development stack is not installed in this environment."""


class ProcessFailed(DevelopmentError):
    """A process ended while it was starting, or was not ready in time. Holds the end of its log."""


class StopRequested(DevelopmentError):
    """Somebody asked us to stop (Ctrl-C, SIGTERM) while something was being waited for."""


class StateInUse(DevelopmentError):
    """Another Putokaz already runs from the same state folder."""


class StateNotOurs(DevelopmentError):
    """The state folder belongs to another user."""
