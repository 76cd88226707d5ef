"""Importing this module registers every part of services."""

from __future__ import annotations

from domain.journey.service import (
    assessing,
    concerning,
    correcting,
    costing,
    detailing,
    feedback,
    folding,
    moving,
    obligations,
    referring,
    searching,
    uses,
)

__all__ = [
    "assessing",
    "concerning",
    "correcting",
    "costing",
    "detailing",
    "feedback",
    "folding",
    "moving",
    "obligations",
    "referring",
    "searching",
    "uses",
]
