"""Every command of every stream belongs to exactly one action."""

from __future__ import annotations

import importlib
import pkgutil

import pytest

import domain
from domain.command import COMMAND_TYPES, Command
from domain.errors import DefinitionError
from domain.journey.advancing import AdvanceStep
from domain.journey.assignment import Assign
from domain.rights.actions import OF_THE_VAULT, READING, Action
from domain.rights.commands import COMMANDS, action_of, by_command
from domain.rights.deciding import Denial
from staff.api.commands import INNER
from tests.domain.rights.people import answer, somebody


def ours() -> set[type[Command]]:
    """All commands that any module of the domain defines; a test may define more."""
    for module in pkgutil.walk_packages(domain.__path__, "domain."):
        importlib.import_module(module.name)
    return {command for command in COMMAND_TYPES.values() if command.__module__.startswith("domain.")}


def test_every_command_is_classified() -> None:
    """A new command is put to an action by its author."""
    assert {command.kind for command in ours() - set(by_command(COMMANDS))} == set()


def test_no_command_is_classified_twice() -> None:
    """It would be allowed to whoever may either."""
    twice: dict[Action, tuple[type[Command], ...]] = {**COMMANDS, Action.ASSIGN: (Assign, AdvanceStep)}
    with pytest.raises(DefinitionError, match="advance-step is advance-steps and assign"):
        by_command(twice)


def test_whatever_is_not_reading_has_commands() -> None:
    """And nothing that is read has any, nor what stands in the vault."""
    assert set(COMMANDS) == set(Action) - READING - OF_THE_VAULT


def test_the_engine_s_own_commands_are_nobody_s() -> None:
    """The same that pages and API do not know, but for what only the making of a file or a table gives, as a person."""
    engine = {command.kind for command in COMMANDS[Action.RUN_ENGINE]}
    leaving = {command.kind for action in (Action.EXPORT_CASES, Action.RELEASE_TABLES) for command in COMMANDS[action]}
    assert engine | leaving == INNER


def test_a_command_that_nobody_classified_is_nobody_s() -> None:
    """Should it ever come to that: refused."""

    class Unheard(Command, kind="unheard-of"):
        """What a release may have and this one has not."""

    del COMMAND_TYPES["unheard-of"]
    assert action_of(Unheard) is Action.RUN_ENGINE
    assert answer(somebody("supervisor"), frozenset(), action_of(Unheard)) is Denial.ENGINE_ONLY
    assert action_of(Assign) is Action.ASSIGN
