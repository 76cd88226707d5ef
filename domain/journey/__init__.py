"""The journey of one client: an aggregate of parts, each with its events, commands, deciders and folding in one module.

    from domain.journey import decide, evolve, fold, obligations, wakes

Importing this package registers every part.
"""

from domain.journey import (
    advancing,
    assignment,
    closing,
    consent,
    correcting,
    firing,
    linking,
    merging,
    milestones,
    opening,
    relaying,
    review,
    stages,
    stalling,
    steps,
)
from domain.journey.decide import decide
from domain.journey.folding import evolve, fold
from domain.journey.obligation import obligations, wakes
from domain.journey.proceedings import part as proceedings
from domain.journey.service import register as services
from domain.journey.state import Journey
from domain.stream.obligation import Obligation, Wake

__all__ = [
    "Journey",
    "Obligation",
    "Wake",
    "advancing",
    "assignment",
    "closing",
    "consent",
    "correcting",
    "decide",
    "evolve",
    "firing",
    "fold",
    "linking",
    "merging",
    "milestones",
    "obligations",
    "opening",
    "proceedings",
    "relaying",
    "review",
    "services",
    "stages",
    "stalling",
    "steps",
    "wakes",
]
