"""The demonstration's caseload, read as every analysis reads it."""

from tests.analysis.exports.conftest import caseload

__all__ = ["caseload"]
