"""Importing this registers the part. `domain.journey` does."""

from __future__ import annotations

from domain.journey.reintegration import deciding, folding, owing

__all__ = ["deciding", "folding", "owing"]
