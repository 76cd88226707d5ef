"""The permit and the rules that a command of residence is about, or why there are none."""

from __future__ import annotations

from typing import NamedTuple

from domain.journey.deciding import Surroundings
from domain.journey.residence.state import RESIDENCE, PermitState
from domain.journey.state import Journey
from domain.pathway.residence import Ground, PermitKind, ResidenceRules
from domain.refusal import RefusalCode, Refused
from domain.values import Code, Count


class Watched(NamedTuple):
    """The permit that is watched over, with the rules."""

    permit: PermitState
    rules: ResidenceRules


def watched(journey: Journey) -> PermitState | None:
    """The one permit that somebody has to keep an eye on."""
    return next((p for p in journey.permits.values() if p.is_owed), None)


def find_watched(journey: Journey, seen: Count | None, surroundings: Surroundings) -> Watched | Refused:
    """The permit that a command concerns; refuses a form that shows an old one."""
    rules = surroundings.pathway.residence
    if rules is None:
        return Refused(code=RefusalCode.NOT_IN_PATHWAY, part=RESIDENCE)
    permit = watched(journey)
    if permit is None:
        return Refused(code=RefusalCode.NO_PERMIT, part=RESIDENCE)
    if seen is not None and seen != permit.version:
        return Refused(code=RefusalCode.PART_CHANGED, part=permit.key, part_version=permit.version)
    return Watched(permit, rules)


def find_kind(rules: ResidenceRules, key: Code) -> PermitKind | Refused:
    """The rules of a kind of permit."""
    kind = rules.find_kind(key)
    if kind is None:
        known = tuple(k.kind for k in rules.kinds)
        return Refused(code=RefusalCode.UNKNOWN_PERMIT_KIND, part=RESIDENCE, allowed=known)
    return kind


def unknown_ground(grounds: tuple[Ground, ...], key: Code) -> Refused | None:
    """A refusal that lists the grounds there are, where this is none of them."""
    known = tuple(g.ground for g in grounds)
    return None if key in known else Refused(code=RefusalCode.UNKNOWN_GROUND, part=RESIDENCE, allowed=known)
