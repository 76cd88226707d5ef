"""The registers of the parts of an export."""

from __future__ import annotations

from domain.codes import StreamName
from domain.export.state import Export
from domain.refusal import RefusalCode
from domain.stream.simple import Refusals, SimpleKind

EXPORTS: SimpleKind[Export] = SimpleKind(
    StreamName.EXPORT,
    refusals=Refusals(unknown=RefusalCode.UNKNOWN_EXPORT, ended=RefusalCode.EXPORT_MADE),
)
decides, opens = EXPORTS.decides, EXPORTS.opens
evolves, begins = EXPORTS.evolves, EXPORTS.begins
