"""Filters in the address: read leniently (a wrong value is no filter), written back for links and counts."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID

C = TypeVar("C", bound=Enum)


def code(query: Mapping[str, str], name: str, kind: type[C]) -> C | None:
    """The code in the address, if it is one."""
    value = query.get(name, "")
    return kind(value) if value in {member.value for member in kind} else None


def ident(query: Mapping[str, str], name: str) -> UUID | None:
    """The id in the address, if it is one."""
    try:
        return UUID(query.get(name, ""))
    except ValueError:
        return None


def link(path: str, **query: object) -> str:
    """An address with the parts of the query that say something."""
    said = {name: str(value) for name, value in query.items() if value not in (None, "", False)}
    return f"{path}?{urlencode(said)}" if said else path


def inside(path: str) -> str:
    """A path of ours to go on to; anything that could lead elsewhere is the first page."""
    ours = path.startswith("/") and not path.startswith("//") and "\\" not in path
    return path if ours and path.isprintable() else "/"
