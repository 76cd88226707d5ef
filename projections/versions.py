"""Which version of each read model this release reads and keeps. A rebuild is a new version filled beside the old."""

from __future__ import annotations

from projections.names import ModelName

VERSIONS = {
    ModelName.JOURNEY_LIST: 1,
    ModelName.JOURNEY_FILE: 1,
    ModelName.MY_DAY: 2,
    ModelName.STALLED_BOARD: 3,
    ModelName.CONTACTS: 1,
    ModelName.MISSIONS: 1,
    ModelName.CASELOAD: 1,
    ModelName.ATTENDANCE: 1,
    ModelName.HANDOVERS: 1,
    ModelName.PAST: 1,
    ModelName.INVOLVEMENT: 2,
}

TABLES = {name: f"{name.value}_v{version}" for name, version in VERSIONS.items()}
"""The name under which each one's position and parked streams stand."""
