"""How what a contact owes is named: a promised call by its hours, a danger by its sign."""

from __future__ import annotations

from domain.codes import ObligationKind
from domain.pathway.model import Pathway, Title
from domain.pathway.titles import titled_by


@titled_by(ObligationKind.CALL_BACK)
def _window(pathway: Pathway, what: str) -> Title | None:
    windows = pathway.hotline.windows if pathway.hotline else ()
    return next((w.title for w in windows if w.window == what), None)


@titled_by(ObligationKind.DANGER)
def _sign(pathway: Pathway, what: str) -> Title | None:
    signs = pathway.hotline.dangers.signs if pathway.hotline else ()
    return next((s.title for s in signs if s.sign == what), None)
