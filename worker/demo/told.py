"""What every invented stream has while it is being told, be it a journey, a contact, a mission or a provider."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from domain.stream.obligation import Wake


@dataclass
class Told:
    """`state` and `wake` as of `now`; `id` and `stream` are set by the kind of stream."""

    id: UUID = field(init=False)
    stream: str = field(init=False)
    now: datetime = field(init=False)
    state: Any = field(init=False, default=None)
    wake: Wake | None = field(init=False, default=None)
    commands: int = field(init=False, default=0)

    def next_command_id(self) -> UUID:
        """The id of its next command: the same in every telling."""
        self.commands += 1
        return uuid5(self.id, f"command {self.commands}")
