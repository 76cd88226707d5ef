"""Canaries: strings that must not come out, in every form in which they could; and the search for them."""

from __future__ import annotations

import base64
import gzip
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import quote


def canary(place: str) -> tuple[str, str]:
    """A Latin and a Cyrillic one for each place, so that a find says what leaked."""
    return f"Milica-Canary-{place}", f"Милица-Канаринац-{place}"


def forms(text: str) -> dict[str, bytes]:
    """A text as it might stand in a file."""
    plain = text.encode()
    found = {
        "utf-8": plain,
        "upper case": text.upper().encode(),
        "utf-16-le": text.encode("utf-16-le"),
        "utf-16-be": text.encode("utf-16-be"),
        "json": json.dumps(text)[1:-1].encode(),
        "url": quote(text).encode(),
        "hexadecimal": plain.hex().encode(),
    }
    for shift in range(3):
        # Whatever stands before and after, these characters of it are always the same.
        whole = base64.b64encode(b"\0" * shift + plain)
        found[f"base64 at {shift}"] = whole[4 if shift else 0 : len(whole) // 4 * 4 - 4]
    return found


def hits(content: bytes, places: Iterable[str]) -> set[tuple[str, str]]:
    """Which canaries are there, in which form."""
    return {
        (place, form)
        for place in places
        for text in canary(place)
        for form, needle in forms(text).items()
        if needle in content
    }


def contents(folder: Path) -> Iterator[bytes]:
    """Every byte of every file; besides, every value of every SQLite table, as it is and decompressed.

    The bytes also hold what was deleted and not overwritten; the values also what a page boundary cuts in two.
    """
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path.read_bytes()
    for path in sorted(folder.rglob("*.db")):
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            for (table,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
                for row in database.execute(f'SELECT * FROM "{table}"'):
                    for value in row:
                        yield from _unpacked(value if isinstance(value, bytes) else str(value).encode())


def found_in(folder: Path, places: Iterable[str]) -> set[tuple[str, str]]:
    """Which canaries are anywhere in a folder."""
    places = list(places)
    return {hit for content in contents(folder) for hit in hits(content, places)}


def _unpacked(value: bytes) -> Iterator[bytes]:
    yield value
    for unpack in (gzip.decompress, zlib.decompress, lambda packed: zlib.decompress(packed, -zlib.MAX_WBITS)):
        with suppress(OSError, EOFError, zlib.error):
            yield unpack(value)
