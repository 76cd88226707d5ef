"""The office of the read models' tests: a log, real deciders, tables."""

from __future__ import annotations

from tests.projections.conftest import office, office_template

__all__ = ["office", "office_template"]
