"""From what a person types to a journey: a code (PK-…), an id, or a stream."""

from __future__ import annotations

from uuid import UUID

from domain.journey.naming import code_prefix
from domain.journey.state import PREFIX, journey_stream
from projections.journey_list.queries import find_by_code
from projections.reader import Reader
from worker.cli.output import Exit, fail
from worker.settings import Settings


def find_stream(settings: Settings, name: str) -> str:
    """The stream of a journey, or any stream by its full name. Ends the command where there is none."""
    if name.upper().startswith(_CODE):
        return journey_stream(find_journey(settings, name))
    try:
        return journey_stream(UUID(name))
    except ValueError:
        return name


def find_journey(settings: Settings, name: str) -> UUID:
    """The journey of a code, an id or a stream. Ends the command where there is none, or more than one."""
    bare = name.removeprefix(PREFIX)
    try:
        return UUID(bare)
    except ValueError:
        code = code_prefix(bare)
    if code is None:
        fail(f"{name} is neither a code (PK-…) nor the id of a journey", Exit.USAGE)
    with Reader(settings.reader, size=1) as reader:
        found = find_by_code(reader, code)
    if not found:
        fail(f"no journey has the code {code}; `putokaz journey list` shows them", Exit.WRONG)
    if len(found) > 1:
        ids = ", ".join(str(row.journey) for row in found)
        fail(f"{len(found)} journeys have this code; give the id: {ids}", Exit.USAGE)
    return found[0].journey


_CODE = "PK-"
