"""Brings the database to the tables of this release's read models: the event log's installer, once for each folder.

    install(admin_dsn)      # after eventlog.install.install(admin_dsn)

The caller must own the database and may make roles, or be superuser.
"""

from __future__ import annotations

from eventlog import install as generic
from projections.names import ModelName

PACKAGES = ("projections", *(f"projections.{name.value}" for name in ModelName))


def install(dsn: str) -> tuple[str, ...]:
    """Runs what is missing and returns the names of those files. Repeating it does nothing.

    Raises `eventlog.install.MigrationChanged`, and `Unavailable` when the database cannot be reached.
    """
    return tuple(file for package in PACKAGES for file in generic.install(dsn, package))


def pending(dsn: str) -> tuple[str, ...]:
    """The files that `install` would run; empty when the database is level with this release. Changes nothing."""
    return tuple(file for package in PACKAGES for file in generic.pending(dsn, package))
