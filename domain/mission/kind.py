"""The mission as a kind of stream. Importing this module registers every part."""

from __future__ import annotations

from dataclasses import replace

from domain.mission import alarm, handing, moving, owing, planning, reporting, risk, underway
from domain.mission.handing import held
from domain.mission.promises import promises
from domain.mission.register import MISSIONS
from domain.mission.state import Mission
from domain.stream.kind import StreamKind, register

PARTS = (planning, moving, risk, underway, alarm, reporting, owing, handing)

MISSION: StreamKind[Mission] = register(replace(MISSIONS.kind(), promises=promises, held=held))
