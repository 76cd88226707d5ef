"""Every list that can be taken as a file, by its name in addresses."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from staff.lists.column import List
from staff.lists.handovers import HANDOVERS
from staff.lists.journeys import JOURNEYS
from staff.lists.owed import DAY, HEARINGS, STALLED


class ListName(StrEnum):
    """What a list is called in addresses and as a file."""

    JOURNEYS = "journeys"
    STALLED = "stalled"
    HEARINGS = "hearings"
    DAY = "day"
    HANDOVERS = "handovers"


LISTS: Mapping[ListName, List[Any]] = MappingProxyType(
    {
        ListName.JOURNEYS: JOURNEYS,
        ListName.STALLED: STALLED,
        ListName.HEARINGS: HEARINGS,
        ListName.DAY: DAY,
        ListName.HANDOVERS: HANDOVERS,
    }
)
