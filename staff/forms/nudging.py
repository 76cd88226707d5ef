"""The action on what stands still: remind whoever can move it on. Where that is the client, what is safe is first."""

from __future__ import annotations

from domain.codes import Mover
from domain.command import Command
from domain.journey.nudging import NudgeStalled
from projections.stalled_board.queries import StalledRow, stalled
from staff.forms.action import Action, Fields, Note, given, register, titled
from staff.forms.entry import Entry
from staff.forms.scene import NothingHere, Scene
from staff.pages.safety import calling

_MOST = 200
_STEP = "step:"


def _row(scene: Scene) -> StalledRow | None:
    """What stands still under the key in the address; None where it has moved meanwhile."""
    only = (scene.journey,)
    rows = stalled(scene.visit.parts.reader, now=scene.visit.now, only=only, limit=_MOST).rows
    return next((row for row in rows if row.part == scene.about), None)


def _name(scene: Scene) -> str:
    row = _row(scene)
    if row is not None:
        return scene.titles.owed(row.kind, row.what)
    if not scene.about.startswith(_STEP):
        raise NothingHere(scene.about)
    return scene.titles.part(scene.about)


def _no_fields(_: Scene) -> Fields:
    return ()


def _nudge(scene: Scene, entry: Entry, seen: int | None, note: Note) -> Command | None:
    return None if entry.faults else NudgeStalled(**given(obligation=scene.about, seen=seen))


def _seen(scene: Scene) -> int | None:
    row = _row(scene)
    return row.part_version if row else None


def _what_is_safe(scene: Scene) -> str | None:
    """Where the client is to be reached: that nobody is called from here, and what was agreed."""
    row = _row(scene)
    if row is None or row.mover is not Mover.CLIENT or scene.file is None:
        return None
    return scene.words("nudge.client-warning", rule=calling(scene.file, scene.visit).sentence)


NUDGE = register(
    Action(
        "nudge",
        titled("action.nudge", _name),
        _no_fields,
        _nudge,
        _seen,
        lambda scene: scene.about,
        _what_is_safe,
        back="/",
    )
)
