"""The registers of the parts of releases."""

from __future__ import annotations

from domain.codes import StreamName
from domain.refusal import RefusalCode
from domain.release.state import Releases
from domain.stream.simple import Refusals, SimpleKind

RELEASED: SimpleKind[Releases] = SimpleKind(
    StreamName.RELEASE,
    refusals=Refusals(unknown=RefusalCode.UNKNOWN_RELEASE, ended=RefusalCode.UNKNOWN_RELEASE),
)
decides, opens = RELEASED.decides, RELEASED.opens
evolves, begins = RELEASED.evolves, RELEASED.begins
