"""What may come in the way of an export, each with what to do."""

from __future__ import annotations

from domain.errors import PutokazError


class ExportInvalid(PutokazError):
    """It cannot be made as it was asked for: a moment before the first event, a table that the format has not."""


class ExportNotLevel(PutokazError):
    """The read models are behind the moment that was asked for; they come level by themselves."""


class ExportNotResumed(PutokazError):
    """There is nothing to go on from, or it is of another export."""
