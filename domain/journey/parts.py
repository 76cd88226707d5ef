"""The parts that are packages of their own. Importing this module registers them."""

from __future__ import annotations

from types import ModuleType

from domain.journey.approval import answering as approval_answering
from domain.journey.approval import asking as approval_asking
from domain.journey.approval import owing as approval_owing
from domain.journey.document import general as document_general
from domain.journey.document import health as document_health
from domain.journey.document import legal as document_legal
from domain.journey.emergency import access as emergency_access
from domain.journey.migration import deciding as migration_deciding
from domain.journey.migration import folding as migration_folding
from domain.journey.residence import correcting as residence_correcting
from domain.journey.residence import deciding as residence_deciding
from domain.journey.residence import folding as residence_folding
from domain.journey.residence import owing as residence_owing
from domain.journey.screening import saving as screening_saving
from domain.journey.status import deciding as status_deciding
from domain.journey.status import folding as status_folding

PARTS: tuple[ModuleType, ...] = (
    residence_correcting,
    residence_deciding,
    residence_folding,
    residence_owing,
    screening_saving,
    status_deciding,
    status_folding,
    approval_answering,
    approval_asking,
    approval_owing,
    emergency_access,
    document_general,
    document_health,
    document_legal,
    migration_deciding,
    migration_folding,
)
