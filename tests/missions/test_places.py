"""Places and notes of a mission are sealed with the key of the client whom they concern."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from domain.codes import StreamName
from domain.sealed import Compartment
from staff.sealing import sealed_mission


def test_each_text_is_sealed_with_the_key_of_whom_it_concerns() -> None:
    """A leg of a client's with that client's; what concerns nobody with the mission's own."""
    mission, journey = uuid4(), uuid4()
    used: list[tuple[Any, ...]] = []

    def seal(kind: StreamName, stream: UUID, compartment: Compartment, field: str, text: str) -> str:
        used.append((kind, stream, compartment, field, text))
        return "pk1"

    fields = {
        "note": "n",
        "legs": [{"start": "a", "end": "b", "journey": str(journey)}, {"start": "c", "end": "d"}],
        "reports": [{"journey": str(journey), "outcome": "done", "note": "r"}, {"journey": str(journey)}],
    }
    sealed = sealed_mission(mission, fields, seal)
    assert sealed["legs"][1] == {"start": "pk1", "end": "pk1"}
    assert sealed["reports"][1] == {"journey": str(journey)}
    assert used == [
        (StreamName.MISSION, mission, Compartment.NOTES, "note", "n"),
        (StreamName.JOURNEY, journey, Compartment.IDENTITY, "legs.0.start", "a"),
        (StreamName.JOURNEY, journey, Compartment.IDENTITY, "legs.0.end", "b"),
        (StreamName.MISSION, mission, Compartment.IDENTITY, "legs.1.start", "c"),
        (StreamName.MISSION, mission, Compartment.IDENTITY, "legs.1.end", "d"),
        (StreamName.JOURNEY, journey, Compartment.NOTES, "reports.0.note", "r"),
    ]
