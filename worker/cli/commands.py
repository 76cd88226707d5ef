"""Which module of `worker.cli` has which command. A process that is started again does not load the others first."""

from __future__ import annotations

from collections import UserDict
from collections.abc import Iterator
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperGroup
from typer.main import get_group

if TYPE_CHECKING:
    from typer._click import Command, Context  # typer names the classes of its groups nowhere else

MODULES = MappingProxyType(
    {
        "demo": "demo",
        "up": "demo",
        "worker": "run",
        "relay": "run",
        "web": "run",
        "vault": "run",
        "migrate": "run",
        "doctor": "doctor",
        "audit": "audit",
        "journey": "journeys",
        "stalled": "journeys",
        "provider": "providers",
        "contact": "contacts",
        "contacts": "contacts",
        "mission": "missions",
        "staff": "staff",
        "caseload": "caseload",
        "pathway": "pathways",
        "projections": "readmodels",
        "log": "logs",
        "backup": "backup",
        "release": "release",
        "keyring": "keyring",
        "config": "config",
        "feed": "feed",
        "sms": "sms",
        "webhooks": "webhooks",
        "letters": "letters",
        "replay": "replay",
        "export": "export",
    }
)
"""Commands in the order of the help, by the module whose `register` adds them."""


def commands_of(module: str) -> dict[str, Command]:
    """What a module of `worker.cli` registers, by name."""
    parent = typer.Typer()
    parent.callback()(lambda: None)
    import_module(f"worker.cli.{module}").register(parent)
    return dict(get_group(parent).commands)


class _Loading(UserDict[str, "Command"]):
    """The commands by name, each loaded when it is read. A suggestion needs the names alone."""

    def __iter__(self) -> Iterator[str]:
        return iter(MODULES)

    def __len__(self) -> int:
        return len(MODULES)

    def __contains__(self, name: object) -> bool:
        return name in MODULES

    def __getitem__(self, name: str) -> Command:
        return commands_of(MODULES[name])[name]


class Commands(TyperGroup):
    """The commands of `MODULES`, each loaded when it is asked for; all of them for the help."""

    def __init__(self, **attributes: Any) -> None:
        super().__init__(**attributes)
        self.commands = _Loading()

    def list_commands(self, ctx: Context) -> list[str]:
        """All names, without loading one."""
        return list(self.commands)
