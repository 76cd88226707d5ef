"""The message catalogue: one entry a sentence, Serbian (Cyrillic) and English side by side, so that both are read.

    [board]
    title = { sr = "Застоји", en = "Stalled" }
    found = { sr = { one = "{count} корак", few = "{count} корака", other = "{count} корака" }, en = { … } }

A file says in its head whether a native professional has reviewed it. Missing texts are errors, not English.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from domain.errors import DefinitionError

LANGUAGES = ("sr", "en")
PLURALS = {"sr": ("one", "few", "other"), "en": ("one", "other")}
"""The plural categories of CLDR that whole numbers fall into."""

Forms = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Entry:
    """One message. `forms[language][category]`; a message without plurals has only `other`."""

    key: str
    forms: Mapping[str, Forms]

    def text(self, language: str, category: str = "other") -> str:
        """The text in a language; raises `KeyError` where a plural has no such category."""
        forms = self.forms[language]
        return forms[category] if len(forms) > 1 else forms["other"]


@lru_cache(maxsize=1)
def catalogue() -> Mapping[str, Entry]:
    """Every message by its dotted key. Raises `DefinitionError` for one that lacks a language or a plural form."""
    found: dict[str, Entry] = {}
    for source, tables in sources().items():
        for key, forms in _entries(tables, ()):
            if key in found:
                raise DefinitionError(f"{source}: message {key} stands twice")
            found[key] = Entry(key, forms)
    return found


@lru_cache(maxsize=1)
def sources() -> Mapping[str, dict[str, Any]]:
    """The catalogue's files, parsed, by name."""
    folder = resources.files("staff.i18n") / "messages"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return {f.name: tomllib.loads(f.read_text("utf-8")) for f in files}


def _entries(table: dict[str, Any], path: tuple[str, ...]) -> list[tuple[str, dict[str, Forms]]]:
    if set(table) == set(LANGUAGES):
        return [(".".join(path), {language: _forms(path, language, table[language]) for language in LANGUAGES})]
    found: list[tuple[str, dict[str, Forms]]] = []
    for name, inner in table.items():
        if isinstance(inner, dict):
            found += _entries(inner, (*path, name))
        elif name != "reviewed":
            raise DefinitionError(f"message {'.'.join((*path, name))} needs both {' and '.join(LANGUAGES)}")
    return found


def _forms(path: tuple[str, ...], language: str, given: str | dict[str, str]) -> Forms:
    if isinstance(given, str):
        return {"other": given}
    if tuple(given) != PLURALS[language]:
        raise DefinitionError(f"message {'.'.join(path)} [{language}] needs the forms {', '.join(PLURALS[language])}")
    return given
