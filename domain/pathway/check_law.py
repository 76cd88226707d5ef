"""Whether the traps of a pathway are those of the legal calendar: the same articles, in the same proceedings.

The law stands in one place. A pathway says how a trap is told; what it is, and where it threatens, it refers to.
"""

from __future__ import annotations

from collections.abc import Iterator

from domain.pathway.hearings import Hearings, Trap
from domain.pathway.problem import Path, Problem
from domain.pathway.references import meant


def check_law(section: Hearings | None) -> Iterator[Problem]:
    """Every trap that the legal calendar does not know so; nothing where no trap refers to it."""
    for n, trap in enumerate(section.traps if section else ()):
        if trap.law and section is not None:
            yield from _trap(section, trap, ("hearings", "traps", n))


def _trap(section: Hearings, trap: Trap, path: Path) -> Iterator[Problem]:
    from domain.law import TRAPS

    known = {one.trap: one for one in TRAPS}
    for n, name in enumerate(trap.law):
        found = known.get(name)
        if found is None:
            text = f"the legal calendar has no trap {name}; {meant(name, known)}"
            yield Problem((*path, "law", n), text)
            continue
        if found.article not in trap.articles:
            text = f"the legal calendar says {found.article}: name that article, or correct the calendar"
            yield Problem((*path, "articles"), text)
        for k, kind in enumerate(section.kinds):
            if kind.trap == trap.trap and kind.matter.value != found.proceedings.value:
                where = f"{name} threatens in {found.proceedings.value} proceedings only"
                text = f"{where}, and this hearing is {kind.matter.value}"
                yield Problem(("hearings", "kinds", k, "trap"), text)
