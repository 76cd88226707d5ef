"""The register of a journey's deciders; each part registers its own."""

from __future__ import annotations

from domain.journey.state import Journey
from domain.stream.deciding import Deciders, Decision, Surroundings

__all__ = ["DECIDERS", "Decision", "Surroundings", "decides", "opens"]

DECIDERS: Deciders[Journey] = Deciders()
decides, opens = DECIDERS.decides, DECIDERS.opens
