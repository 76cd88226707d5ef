"""The hand-over as a kind of stream. Importing this module registers every part."""

from __future__ import annotations

from domain.handover import begun, finding, looking
from domain.handover.register import HANDOVERS
from domain.handover.state import Handover
from domain.stream.kind import StreamKind, register

PARTS = (begun, looking, finding)
HANDOVER: StreamKind[Handover] = register(HANDOVERS.kind())
