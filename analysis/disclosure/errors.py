"""What may come in the way of protecting a table."""

from __future__ import annotations

from domain.errors import PutokazError


class DisclosureInvalid(PutokazError):
    """It cannot be released as it was asked for: a table that is not predefined, a person who stands in two cells."""
