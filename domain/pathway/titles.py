"""The titles that a pathway has for what is owed besides its steps: a kind of hearing, a service, a check.

A section of the pathway registers how its codes are found.
"""

from __future__ import annotations

from collections.abc import Callable

from domain.codes import ObligationKind
from domain.errors import DefinitionError
from domain.pathway.model import Pathway, Title

Finding = Callable[[Pathway, str], Title | None]

_FINDINGS: dict[ObligationKind, Finding] = {}


def titled_by(*kinds: ObligationKind) -> Callable[[Finding], Finding]:
    """Registers how the `what` of obligations of these kinds is named."""

    def register(finding: Finding) -> Finding:
        for kind in kinds:
            if kind in _FINDINGS:
                raise DefinitionError(f"{kind.value} is titled twice")
            _FINDINGS[kind] = finding
        return finding

    return register


def title_of(pathway: Pathway, kind: ObligationKind, what: str | None) -> Title | None:
    """The title of what is owed; None where the pathway has none, and its kind has to do."""
    finding = _FINDINGS.get(kind)
    return finding(pathway, what) if finding and what else None
