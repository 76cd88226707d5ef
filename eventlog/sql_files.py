"""SQL lives in `.sql` files beside the code that uses it; this reads them once.

`query("eventlog", "page")` is `eventlog/queries/page.sql`; `objects` are the files that `install` runs.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def query(package: str, name: str) -> bytes:
    """The text of `queries/<name>.sql` in `package`, ready for `execute`."""
    return (files(package) / "queries" / f"{name}.sql").read_bytes()


@cache
def objects(package: str) -> tuple[tuple[str, bytes], ...]:
    """Every file of `sql/` in `package`: first the numbered ones in their order, then the others by name."""
    found = [(f.name, f.read_bytes()) for f in (files(package) / "sql").iterdir() if f.name.endswith(".sql")]
    return tuple(sorted(found, key=lambda file: (not is_numbered(file[0]), file[0])))


def is_numbered(name: str) -> bool:
    """`0003_stored_events.sql` runs once and never changes; `append_one.sql` runs whenever it has changed."""
    return name[:4].isdigit() and name[4:5] == "_"
