"""A changed limit as a person writes it: `plan=3`, `plan=48-hours`, `every=10-calendar-days`; several by commas."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches

from pydantic import ValidationError

from analysis.what_if.rules import ChangedLimits
from domain.errors import PutokazError
from domain.pathway.model import Pathway, Span, Unit

EVERY = "every"
"""Stands for every step that is not named itself."""
_LIMIT = re.compile(r"(?P<step>[a-z][a-z0-9-]{0,63})\s*=\s*(?P<count>[0-9]{1,4})(?:[\s-](?P<unit>[a-z-]+))?")


class LimitInvalid(PutokazError):
    """What was written is no limit, or of a step that no pathway has. The text says what to write."""


def read_limits(texts: Iterable[str], pathways: Iterable[Pathway]) -> ChangedLimits:
    """The limits that were written, for steps of these pathways. Raises `LimitInvalid`."""
    known = {step.step for pathway in pathways for stage in pathway.stages for step in stage.steps}
    found: dict[str, Span] = {}
    for text in (each.strip() for one in texts for each in one.split(",")):
        if text:
            step, span = _limit(text)
            if step not in known and step != EVERY:
                near = get_close_matches(step, known, n=1)
                hint = f"; did you mean {near[0]}?" if near else ""
                raise LimitInvalid(f"no pathway has a step {step}{hint}")
            found[step] = span
    if not found:
        raise LimitInvalid("give at least one limit, such as safe-contact=3")
    every = found.pop(EVERY, None)
    return ChangedLimits(found, every)


def _limit(text: str) -> tuple[str, Span]:
    matched = _LIMIT.fullmatch(text)
    units = ", ".join(unit.value for unit in Unit)
    if matched is None:
        raise LimitInvalid(f"{text[:80]} is no limit: write step=days, such as safe-contact=3 or safe-contact=48-hours")
    try:
        unit = Unit(matched["unit"] or Unit.WORKING_DAYS)
        return matched["step"], Span(count=int(matched["count"]), unit=unit)
    except ValidationError:
        raise LimitInvalid(f"{text[:80]}: at most 7300") from None
    except ValueError:
        raise LimitInvalid(f"{text[:80]}: the unit is one of {units}") from None
