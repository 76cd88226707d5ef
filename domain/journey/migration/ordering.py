"""The id of the command that moves one journey: the same for the same journey as it stands, to the same version.

So a migration of many that was cut off is simply begun again: who has moved has moved. A journey that was refused has
another version once something about it was changed, and is then asked anew.
"""

from __future__ import annotations

from uuid import UUID, uuid5

from domain.command import to_wire
from domain.journey.migration.events import MigrateJourney


def migration_id(journey: UUID, version: int, command: MigrateJourney) -> UUID:
    """`version` is that of the journey's stream when it was looked at."""
    return uuid5(journey, f"migrate|{version}|{to_wire(command.model_copy(update={'note': None}))}")
