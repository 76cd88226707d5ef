"""Importing this registers the part. `domain.journey` does."""

from __future__ import annotations

from domain.journey.proceedings import (
    claiming,
    fees,
    folding,
    following,
    limiting,
    obligations,
    opening,
    recomputing,
    representing,
    settling,
    term_folding,
    terms,
    titles,
)

__all__ = [
    "claiming",
    "fees",
    "folding",
    "following",
    "limiting",
    "obligations",
    "opening",
    "recomputing",
    "representing",
    "settling",
    "term_folding",
    "terms",
    "titles",
]
