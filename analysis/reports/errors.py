"""What may come in the way of a report, with what to do."""

from __future__ import annotations

from domain.errors import PutokazError


class ReportInvalid(PutokazError):
    """It cannot be made as it was asked for: a code that no report has, no period, a moment before the first event."""
