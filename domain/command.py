"""What a command is: an order in the imperative, typed, on its way from the edge to a decider.

Commands follow the field rule of events: free text travels sealed. On the wire a command is JSON with its `kind`, so
that the workflow can pass it on without knowing it.
"""

from __future__ import annotations

import json
import re
import typing
from collections.abc import Mapping
from functools import lru_cache
from typing import Any, ClassVar

from pydantic import ValidationError

from domain.errors import DefinitionError, PutokazError
from domain.event import forbidden_fields
from domain.sealed import Compartment, Sealed
from domain.values import Value

_FIELD = re.compile(r"[a-z_]{1,40}")
"""What one of our field names looks like; anything else that arrives as a name is not repeated."""


class CommandInvalid(PutokazError):
    """A command does not parse. `problems` name field and fault, never the value or a name that is not ours."""

    def __init__(self, kind: str, problems: tuple[str, ...]) -> None:
        super().__init__(f"{kind}: " + "; ".join(problems))
        self.kind = kind
        self.problems = problems


class Command(Value):
    """Base of every command. Raises `DefinitionError` for a field that could hold free text or a kind that is taken."""

    kind: ClassVar[str]

    def __init_subclass__(cls, *, kind: str, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        kind = str(kwargs.pop("kind"))
        super().__pydantic_init_subclass__(**kwargs)
        cls.kind = kind
        problems = forbidden_fields(cls)
        if problems:
            raise DefinitionError(f"command {cls.__name__}: " + "; ".join(problems))
        if kind in COMMAND_TYPES:
            raise DefinitionError(f"command {cls.__name__}: kind {kind} belongs to {COMMAND_TYPES[kind].__name__}")
        COMMAND_TYPES[kind] = cls


COMMAND_TYPES: dict[str, type[Command]] = {}


def to_wire(command: Command) -> str:
    """The JSON of a command, with its kind."""
    body = command.model_dump(mode="json", exclude_none=True, by_alias=True)
    return json.dumps({"kind": command.kind, **body}, separators=(",", ":"))


def from_wire(text: str) -> Command:
    """The command of a JSON text. Raises `CommandInvalid`, which names the fields at fault and never their values."""
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        raise CommandInvalid("command", ("not JSON, or nested too deeply",)) from None
    if not isinstance(body, dict):
        raise CommandInvalid("command", ("not a JSON object",))
    return parse(str(body.pop("kind", "")), body)


def parse(kind: str, body: dict[str, Any]) -> Command:
    """The command of `kind` with the fields of `body`. Raises `CommandInvalid`."""
    found = COMMAND_TYPES.get(kind)
    if found is None:
        raise CommandInvalid("command", (f"kind: unknown; known are {', '.join(sorted(COMMAND_TYPES))}",))
    try:
        return found.model_validate_json(json.dumps(body))
    except ValidationError as invalid:
        faults = invalid.errors(include_input=False, include_context=False, include_url=False)
        problems = tuple(f"{_place(f['loc'])}: {f['msg']}" for f in faults)
    raise CommandInvalid(kind, problems) from None


@lru_cache(maxsize=512)
def sealed_fields(kind: str) -> Mapping[str, Compartment]:
    """The fields of a command that are sealed, with their compartments; none of a kind that is not known."""
    command = COMMAND_TYPES.get(kind)
    if command is None:
        return {}
    hints = typing.get_type_hints(command, include_extras=True)
    return {name: found for name in command.model_fields if (found := _compartment(hints[name])) is not None}


def texts_to_seal(kind: str, fields: Mapping[str, Any]) -> Mapping[str, str]:
    """What of `fields` is still plain text and is to be sealed before it travels."""
    names = sealed_fields(kind)
    given = ((name, value) for name, value in fields.items() if name in names and isinstance(value, str))
    return {name: text for name, text in given if not text.startswith(Sealed.PREFIX)}


def _compartment(hint: Any) -> Compartment | None:
    if typing.get_origin(hint) is Sealed:
        found: Compartment = typing.get_args(hint)[0].compartment
        return found
    return next((c for part in typing.get_args(hint) if (c := _compartment(part)) is not None), None)


def _place(loc: tuple[int | str, ...]) -> str:
    names = (str(p) if isinstance(p, int) or _FIELD.fullmatch(p) else "(another name)" for p in loc)
    return ".".join(names) or "body"
