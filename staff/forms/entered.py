"""The command of what somebody entered: to be previewed, and with its texts sealed, to be recorded."""

from __future__ import annotations

from domain.command import Command
from domain.sealed import Compartment, Notes, Sealed
from staff.forms.action import Action
from staff.forms.draft import Draft
from staff.forms.entry import Entry
from staff.forms.scene import Scene


def command_of(action: Action, scene: Scene, entry: Entry, draft: Draft, note: Sealed[Notes] | None) -> Command | None:
    """The command; None where the entry has faults."""
    entry.check(action.fields(scene))
    command = action.command(scene, entry, draft.seen, note)
    return None if entry.faults else command


def sealed_command(action: Action, scene: Scene, entry: Entry, draft: Draft, note: str | None) -> Command:
    """The same command with its note and its other texts sealed for this journey. Raises what sealing raises."""

    def seal(name: str, compartment: Compartment, text: str) -> str:
        return scene.desk.seal(scene.journey, compartment, field=name, command_id=draft.command_id, text=text)

    for name, compartment in action.sealed.items():
        text = entry.note(name) if compartment is Compartment.NOTES else entry.line(name)
        if text is not None:
            entry.sealed[name] = seal(name, compartment, text)
    sealed = None if note is None else Sealed[Notes](seal("note", Compartment.NOTES, note))
    command = command_of(action, scene, entry, draft, sealed)
    assert command is not None, "the same entry was a command a moment ago"
    return command
