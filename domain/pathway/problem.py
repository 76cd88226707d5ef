"""What a check of a pathway finds: a place in the file and a sentence that says what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Path = tuple[str | int, ...]
"""A place as keys and indexes: `("stages", 0, "steps", 2, "open_when")`."""


class Severity(StrEnum):
    """An error keeps a pathway from being loaded; a warning is shown by `putokaz pathway check`."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault. `message` is a whole sentence for the author of the file."""

    path: Path
    message: str
    severity: Severity = Severity.ERROR
