"""A paper as PDF, by typst with the typeface that it brings: Libertinus Serif, which has both scripts."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import cache
from importlib import resources

import typst

from staff.printing.paper import Paper


def pdf(paper: Paper) -> bytes:
    """The PDF: no date and no name of a person in what it says of itself. Nothing is read from or written to a disk.

    Every text travels as JSON and is set as a string: typst has no way to read markup or code in it.
    """
    made: bytes = typst.compile(_template(), sys_inputs={"paper": json.dumps(asdict(paper))}, ignore_system_fonts=True)
    return made


@cache
def _template() -> bytes:
    return (resources.files("staff.printing") / "file.typ").read_bytes()
