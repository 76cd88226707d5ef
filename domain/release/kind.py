"""The releases about a population as a kind of stream. Importing this module registers every part."""

from __future__ import annotations

from domain.release import releasing
from domain.release.register import RELEASED
from domain.release.state import Releases
from domain.stream.kind import StreamKind, register

PARTS = (releasing,)
RELEASES: StreamKind[Releases] = register(RELEASED.kind())
