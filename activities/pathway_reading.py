"""From the bytes of a pathway file to a `Pathway`, with every fault as line, step and cause.

    line 42, step safe-contact: open_when: there is no step saef-contact; did you mean safe-contact?

YAML faults come first and alone; then those of single parts (pydantic); then those of how the parts fit (`check`).
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from hashlib import sha256
from typing import TYPE_CHECKING

from pydantic import ValidationError

from activities.pathway_yaml import Document, Value, YamlInvalid
from domain.pathway.check import check
from domain.pathway.model import Pathway, Pin, Stage, Step
from domain.pathway.problem import Path, Severity

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


@dataclass(frozen=True, slots=True)
class Pinned:
    """A pathway with what a journey pins of it: the sha256 is that of the file's exact bytes."""

    pathway: Pathway
    pin: Pin


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a file: `pinned` unless there are problems; warnings keep nobody from using it."""

    pinned: Pinned | None
    problems: tuple[str, ...]
    warnings: tuple[str, ...]


def read_pathway(content: bytes, *, name: str | None = None, version: int | None = None) -> Reading:
    """Reads the bytes of a pathway file. With `name` and `version`, the file must say the same of itself."""
    try:
        document = Document(content)
    except YamlInvalid as invalid:
        return Reading(None, tuple(f"line {fault.line}: {fault.cause}" for fault in invalid.faults), ())
    if not isinstance(document.value, dict):
        return Reading(None, ("line 1: a pathway is a mapping: begin with `pathway:`, `version:`, `title:`",), ())
    try:
        pathway = Pathway.model_validate(document.value)
    except ValidationError as invalid:
        errors = [error for error in invalid.errors(include_url=False) if not _follows(error)]
        found = [(tuple(error["loc"]), _cause(error)) for error in errors]
        return Reading(None, _sentences(document, found), ())
    faults = check(pathway)
    problems = [(fault.path, fault.message) for fault in faults if fault.severity is Severity.ERROR]
    problems += _misplaced(pathway, name, version)
    warnings = [(fault.path, fault.message) for fault in faults if fault.severity is Severity.WARNING]
    pin = Pin(name=pathway.pathway, version=pathway.version, sha256=sha256(content).hexdigest())
    return Reading(
        None if problems else Pinned(pathway, pin), _sentences(document, problems), _sentences(document, warnings)
    )


def _misplaced(pathway: Pathway, name: str | None, version: int | None) -> list[tuple[Path, str]]:
    found: list[tuple[Path, str]] = []
    if name is not None and pathway.pathway != name:
        found.append((("pathway",), f"the file lies in {name}/ but calls itself {pathway.pathway}: rename one"))
    if version is not None and pathway.version != version:
        found.append((("version",), f"the file is named {version}.yaml but is version {pathway.version}: rename one"))
    return found


def _sentences(document: Document, found: list[tuple[Path, str]]) -> tuple[str, ...]:
    """One line for each fault, in the order of the file. A fault in an alias is told once, where it is written."""
    told: dict[tuple[int, str], str] = {}
    for path, cause in sorted(found, key=lambda f: document.line(f[0])):
        line, place = document.line(path), document.place(path)
        where, key = _owner(document.value, place), _key(place)
        told.setdefault((line, cause), f"line {line}{where}: {key}{cause}")
    return tuple(told.values())


def _owner(value: Value, place: Path) -> str:
    """`, step safe-contact`: the step, stage or milestone that a place belongs to; empty for the rest of the file."""
    match place:
        case ("stages", int(), "steps", int(), *_):
            kind, depth = "step", 4
        case ("stages", int(), *_):
            kind, depth = "stage", 2
        case ("milestones", int(), *_):
            kind, depth = "milestone", 2
        case _:
            return ""
    for part in place[:depth]:
        value = _inside(value, part)
    return f", {kind} {value[kind]}" if isinstance(value, dict) and kind in value else f", {kind} {place[depth - 1]!s}"


def _key(place: Path) -> str:
    """`due.within.count: `: the place within its step, stage or milestone; items are counted from 1."""
    words: list[str] = []
    for part in place:
        if isinstance(part, str):
            words.append(part)
        else:
            words = [] if words[-1:] in (["stages"], ["steps"], ["milestones"]) else [*words, str(part + 1)]
    return f"{'.'.join(words)}: " if words else ""


def _inside(value: Value, part: str | int) -> Value:
    if isinstance(value, dict) and isinstance(part, str) and part in value:
        return value[part]
    if isinstance(value, list) and isinstance(part, int) and part < len(value):
        return value[part]
    return value


def _follows(error: ErrorDetails) -> bool:
    """Whether this is an echo: a list that is too short only because its items, told by themselves, are wrong."""
    return error["type"] == "too_short" and bool(error["input"])


def _cause(error: ErrorDetails) -> str:
    """The sentence about a fault that pydantic found: what is wrong, and what to write instead."""
    last, given = error["loc"][-1] if error["loc"] else "", error.get("input")
    match error["type"]:
        case "missing":
            return f"`{last}` is missing: add it"
        case "extra_forbidden":
            near = get_close_matches(str(last), _known(error["loc"]), n=1)
            return f"unknown key `{last}`: " + (f"did you mean `{near[0]}`?" if near else "remove it")
        case "enum":
            return f"{given!r} is not known: use {error.get('ctx', {}).get('expected', '')}"
        case "string_pattern_mismatch" | "string_too_long" if last in ("pathway", "stage", "step", "milestone"):
            return f"{given!r} is no key: small letters, digits and single hyphens, at most 64, such as safe-contact"
        case "string_type" if given is None:
            return "a text is missing: write it"
        case "condition":
            return error["msg"]
        case "value_error":
            return error["msg"].removeprefix("Value error, ")
        case _:
            return f"{error['msg'][:1].lower()}{error['msg'][1:]} (found {given!r})"


def _known(loc: tuple[int | str, ...]) -> list[str]:
    """Keys that may have been meant: those of the part at hand, else of all parts."""
    within = [part for part in loc[:-1] if isinstance(part, str)]
    if within and within[-1] == "steps":
        return list(Step.model_fields)
    if within and within[-1] == "stages":
        return list(Stage.model_fields)
    return [*Pathway.model_fields, "within", "after", "count", "unit", "article", "roll", "before", "also", "to", "is"]
