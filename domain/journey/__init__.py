"""The journey of one client: an aggregate of parts, each with its events, commands, deciders and folding in one module.

    from domain.journey import decide, evolve, fold, obligations, wakes

Importing this package registers every part.
"""

from domain.journey import (
    advancing,
    assignment,
    closing,
    consent,
    consenting,
    contacts,
    correcting,
    disclosure,
    firing,
    linking,
    majority,
    merging,
    milestones,
    missions,
    nudging,
    opening,
    parts,
    relaying,
    review,
    stages,
    stalling,
    steps,
    withdrawal,
)
from domain.journey.decide import decide
from domain.journey.folding import evolve, fold
from domain.journey.hearing import hearings
from domain.journey.obligation import obligations, wakes
from domain.journey.proceedings import part as proceedings
from domain.journey.reintegration import part as reintegration
from domain.journey.returning import part as returning
from domain.journey.safety import alerts, assessing, contact, planning, relocating
from domain.journey.service import register as services
from domain.journey.service_plan import goals, reviews
from domain.journey.state import Journey
from domain.stream.obligation import Obligation, Wake

__all__ = [
    "Journey",
    "Obligation",
    "Wake",
    "advancing",
    "alerts",
    "assessing",
    "assignment",
    "closing",
    "consent",
    "consenting",
    "contact",
    "contacts",
    "correcting",
    "decide",
    "disclosure",
    "evolve",
    "firing",
    "fold",
    "goals",
    "hearings",
    "linking",
    "majority",
    "merging",
    "milestones",
    "missions",
    "nudging",
    "obligations",
    "opening",
    "parts",
    "planning",
    "proceedings",
    "reintegration",
    "relaying",
    "relocating",
    "returning",
    "review",
    "reviews",
    "services",
    "stages",
    "stalling",
    "steps",
    "wakes",
    "withdrawal",
]
