"""What may come in the way of a report, with what to do."""

from __future__ import annotations

from domain.errors import PutokazError


class ReportInvalid(PutokazError):
    """It cannot be made as it was asked for: a code that no report has, no period, a moment before the first event."""


class PeriodInvalid(ReportInvalid):
    """What was written is no period."""


class PeriodAhead(ReportInvalid):
    """It begins after the moment as of which is counted."""


class PeriodBefore(ReportInvalid):
    """It lies before the first event, and nothing was told of it afterwards."""


class NothingRecorded(ReportInvalid):
    """The log was empty at the moment as of which is counted."""
