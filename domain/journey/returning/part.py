"""Importing this registers the part. `domain.journey` does."""

from __future__ import annotations

from domain.journey.returning import (
    approving,
    arriving,
    beginning,
    checking,
    departing,
    folding,
    obligations,
    preparing,
    way_folding,
)
from domain.pathway import returning_titles

__all__ = [
    "approving",
    "arriving",
    "beginning",
    "checking",
    "departing",
    "folding",
    "obligations",
    "preparing",
    "returning_titles",
    "way_folding",
]
