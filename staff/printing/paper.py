"""What stands on a printed file: sections of plain entries, whatever sets them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing. `details` are smaller, `note` is what a person typed."""

    text: str
    details: Sequence[str] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under a title; one without entries is not printed."""

    title: str
    entries: Sequence[Entry]


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole file. `title` and `footer` stand on each page; `facts` are pairs of name and value; `remarks` come last.

    `page_of` has the places `{page}` and `{pages}`.
    """

    title: str
    footer: str
    page_of: str
    language: str
    facts: Sequence[tuple[str, str]]
    sections: Sequence[Section]
    remarks: Sequence[str] = ()
