"""Every kind of stream of this release. Importing this module makes them known (`domain.stream.kind.KINDS`)."""

from __future__ import annotations

from domain.journey.kind import JOURNEY
from domain.stream.kind import KINDS, StreamKind, StreamState, id_of, kind_of, name_of

OWING = frozenset(KINDS)
"""The kinds that may owe something."""

__all__ = ["JOURNEY", "KINDS", "OWING", "StreamKind", "StreamState", "id_of", "kind_of", "name_of"]
