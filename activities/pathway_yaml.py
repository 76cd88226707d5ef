"""YAML of a pathway file as plain values that know their lines.

A small, strict part of YAML: mappings, lists, texts, whole numbers, true/false and null; anchors and aliases for
ladders that repeat. YAML 1.1 reads `16:00` as 960 and `no` as false; here only `true`, `false`, `null` and digits are
not text. Double keys, tags, merge keys and aliases that grow without end are faults.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

import yaml

Value = str | int | bool | None | list["Value"] | dict[str, "Value"]
MAX_BYTES = 512 * 1024
MAX_VALUES = 50_000
MAX_DEPTH = 40

_TEXT_TAG = "tag:yaml.org,2002:str"
_COLLECTION_TAGS = ("tag:yaml.org,2002:map", "tag:yaml.org,2002:seq")
_WORDS: dict[str, Value] = {"true": True, "false": False, "null": None, "~": None, "": None}
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,8})")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong at a line, counted from 1."""

    line: int
    cause: str


class YamlInvalid(Exception):
    """The text is no YAML that we take. `faults` in the order of the file."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"line {f.line}: {f.cause}" for f in faults))
        self.faults = faults


class Document:
    """A parsed file: its `value`, and the line of every place in it.

    Raises `YamlInvalid` for a text that is not UTF-8, not YAML, too large, or outside the part of YAML that we take.
    """

    def __init__(self, content: bytes) -> None:
        self._root = _compose(_decode(content))
        self._faults: list[Fault] = []
        self._count = 0
        self.value = self._value(self._root, 0)
        if self._faults:
            raise YamlInvalid(sorted(set(self._faults), key=lambda f: f.line))

    def line(self, path: tuple[str | int, ...]) -> int:
        """The line of a place; of the nearest place around it where it is absent."""
        return next((line for _, line in reversed(self._walk(path))), _line(self._root))

    def place(self, path: tuple[str | int, ...]) -> tuple[str | int, ...]:
        """The part of `path` that is in the file: pydantic puts names of variants between its keys."""
        return tuple(part for part, _ in self._walk(path))

    def _walk(self, path: tuple[str | int, ...]) -> list[tuple[str | int, int]]:
        node, found = self._root, list[tuple[str | int, int]]()
        for part, following in pairwise((*path, None)):
            child = _child(node, part)
            if child is None or part is None:
                continue
            # `step, step` or `step, is`: a variant with the name of a key; what follows lies beside it, not within.
            if following is not None and _child(child[1], following) is None and _child(node, following) is not None:
                continue
            line, node = child
            found.append((part, line))
        return found

    def _value(self, node: yaml.Node, depth: int) -> Value:
        self._count += 1
        if self._count > MAX_VALUES or depth > MAX_DEPTH:
            raise YamlInvalid([Fault(_line(node), "nested too deeply, or an alias contains itself: write it out")])
        if node.tag not in (_TEXT_TAG, *_COLLECTION_TAGS):
            self._fault(node, f"tags such as {node.tag} are not taken: write a plain value")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self._value(item, depth + 1) for item in node.value]
        return _scalar(node.value, plain=isinstance(node, yaml.ScalarNode) and not node.style)

    def _mapping(self, node: yaml.MappingNode, depth: int) -> Value:
        lines: dict[str, int] = {}
        values: dict[str, Value] = {}
        for key, child in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._fault(key, "a key is a word, not a list or a mapping")
                continue
            if key.value == "<<":
                self._fault(key, "merge keys (<<) are not taken: write the keys out")
            elif key.value in lines:
                self._fault(key, f"the key `{key.value}` stands twice, first in line {lines[key.value]}: remove one")
            lines.setdefault(key.value, _line(key))
            values[key.value] = self._value(child, depth + 1)
        return dict(values)

    def _fault(self, node: yaml.Node, cause: str) -> None:
        self._faults.append(Fault(_line(node), cause))


def _decode(content: bytes) -> str:
    if len(content) > MAX_BYTES:
        raise YamlInvalid([Fault(1, f"the file has {len(content)} bytes, more than {MAX_BYTES}: split the pathway")])
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise YamlInvalid([Fault(line, "not UTF-8: save the file as UTF-8")]) from error
    if text.startswith("\ufeff"):
        raise YamlInvalid([Fault(1, "the file begins with a byte order mark: save it as UTF-8 without one")])
    if "\r" in text:
        line = text[: text.index("\r")].count("\n") + 1
        raise YamlInvalid([Fault(line, "Windows line ends: save with LF, as the sha256 covers every byte")])
    return text


def _compose(text: str) -> yaml.Node:
    try:
        node = _composed(text)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        cause = " ".join(part for part in (error.context, error.problem) if part)
        raise YamlInvalid([Fault(mark.line + 1 if mark else 1, f"not YAML: {cause}")]) from error
    except yaml.reader.ReaderError as error:
        line = text[: error.position].count("\n") + 1
        raise YamlInvalid([Fault(line, "not YAML: a control character; delete it")]) from error
    except RecursionError as error:
        raise YamlInvalid([Fault(1, "nested too deeply: write it out")]) from error
    if node is None:
        raise YamlInvalid([Fault(1, "the file is empty: begin with `pathway:`, `version:`, `title:`, `stages:`")])
    return node


def _composed(text: str) -> yaml.Node | None:
    # Every process reads every pathway before it works: with libyaml in a tenth of the time. What libyaml refuses the
    # parser in Python refuses in words that name the cause.
    if yaml.__with_libyaml__:
        with suppress(yaml.YAMLError):
            return yaml.compose(text, Loader=yaml.CBaseLoader)
    return yaml.compose(text, Loader=yaml.BaseLoader)


def _child(node: yaml.Node, part: str | int | None) -> tuple[int, yaml.Node] | None:
    """The line and node under a key or index, if there is one. A key's own line: an alias is defined elsewhere."""
    if isinstance(node, yaml.MappingNode):
        return next(((_line(key), value) for key, value in node.value if key.value == part), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and 0 <= part < len(node.value):
        return _line(node.value[part]), node.value[part]
    return None


def _scalar(text: str, *, plain: bool) -> Value:
    if not plain:
        return text
    if _NUMBER.fullmatch(text):
        return int(text)
    return _WORDS.get(text, text)


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
