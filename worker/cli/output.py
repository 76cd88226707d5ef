"""How commands speak: tables for people, JSON for programs, one exit code for each kind of ending.

0 done · 1 something is wrong (doctor, check) · 2 wrong use · 3 refused · 4 cannot be reached now
"""

from __future__ import annotations

import functools
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, is_dataclass
from datetime import date, datetime
from enum import Enum, IntEnum
from typing import Annotated, NoReturn, ParamSpec, TypeVar
from uuid import UUID

import psycopg
import typer
from pydantic import BaseModel
from rich.console import Console
from rich.table import Table

from domain.command import CommandInvalid
from domain.errors import PutokazError, Unavailable
from vault.errors import VaultError
from worker.development.errors import DevelopmentError, StopRequested
from worker.settings import SettingsInvalid

P = ParamSpec("P")
R = TypeVar("R")

AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]


class Exit(IntEnum):
    """What a calling program learns."""

    DONE = 0
    WRONG = 1
    USAGE = 2
    REFUSED = 3
    UNAVAILABLE = 4


out = Console(highlight=False, soft_wrap=True, width=None if sys.stdout.isatty() else 200)
err = Console(stderr=True, highlight=False, soft_wrap=True)


def plainly(command: Callable[P, R]) -> Callable[P, R]:
    """Turns our errors into one readable line and an exit code; a mistake of ours is shown whole."""

    @functools.wraps(command)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return command(*args, **kwargs)
        except Unavailable as error:
            fail(f"{error}. Nothing is lost. Is everything running? `putokaz doctor` says more", Exit.UNAVAILABLE)
        except (SettingsInvalid, CommandInvalid) as error:
            fail(str(error), Exit.USAGE)
        except StopRequested:
            raise typer.Exit(Exit.DONE) from None
        except (PutokazError, VaultError, DevelopmentError) as error:
            fail(str(error), Exit.WRONG)
        except psycopg.errors.InsufficientPrivilege:
            fail("this database role may not do that; DATABASE_URL has to name the administrator", Exit.WRONG)
        except KeyboardInterrupt:
            raise typer.Exit(130) from None

    return guarded


def fail(message: str, code: Exit) -> NoReturn:
    """Ends the command with a line on standard error."""
    err.print(f"[red]putokaz:[/red] {_escaped(message)}")
    raise typer.Exit(code)


def show_json(value: object) -> None:
    """One JSON document, as wide as it is: for programs."""
    json.dump(value, sys.stdout, default=_plain, ensure_ascii=False)
    sys.stdout.write("\n")


def show_table(columns: Sequence[str], rows: Iterable[Sequence[object]], *, total: int | None = None) -> None:
    """A table for people; values as short as they can be."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column)
    shown = 0
    for row in rows:
        table.add_row(*(_escaped(text(value)) for value in row))
        shown += 1
    if shown:
        out.print(table)
    if total is not None:
        out.print(f"{shown} of {total}", style="dim")


def text(value: object) -> str:
    """A value as a person reads it."""
    match value:
        case None:
            return "–"
        case Enum():
            return str(value.value)
        case datetime():
            return value.astimezone().strftime("%Y-%m-%d %H:%M")
        case tuple() | list() | frozenset():
            return ", ".join(text(v) for v in value) or "–"
    return str(value)


def _escaped(message: str) -> str:
    return message.replace("[", r"\[")


def _plain(value: object) -> object:
    match value:
        case BaseModel():
            return value.model_dump(mode="json", exclude_none=True)
        case datetime() | date():
            return value.isoformat()
        case UUID():
            return str(value)
        case Enum():
            return value.value
        case set() | frozenset():
            return sorted(value, key=str)
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    raise TypeError(f"no JSON for {type(value).__name__}")
