"""How the events of a journey fold; each part registers its own."""

from __future__ import annotations

from domain.journey.state import Journey
from domain.stream.folding import Folding

FOLDING: Folding[Journey] = Folding("journey")
evolves, begins, evolve, fold = FOLDING.evolves, FOLDING.begins, FOLDING.evolve, FOLDING.fold
