"""The export as a kind of stream. Importing this module registers every part."""

from __future__ import annotations

from domain.export import making
from domain.export.register import EXPORTS
from domain.export.state import Export
from domain.stream.kind import StreamKind, register

PARTS = (making,)
EXPORT: StreamKind[Export] = register(EXPORTS.kind())
