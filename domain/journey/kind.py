"""The journey as a kind of stream."""

from __future__ import annotations

from domain.codes import StreamName
from domain.journey import decide
from domain.journey.assignment import held
from domain.journey.deciding import DECIDERS
from domain.journey.folding import FOLDING
from domain.journey.obligation import is_wanted, obligations
from domain.journey.state import Journey
from domain.stream.kind import StreamKind, register

JOURNEY: StreamKind[Journey] = register(
    StreamKind(
        name=StreamName.JOURNEY,
        deciders=DECIDERS,
        folding=FOLDING,
        decide=decide,
        obligations=obligations,
        is_wanted=is_wanted,
        held=held,
    )
)
