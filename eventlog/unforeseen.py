"""What may be logged of an error that nobody foresaw: its kind and its place, never its words (they may quote)."""

from __future__ import annotations

import traceback
from pathlib import Path


def kind_and_place(error: BaseException) -> dict[str, str]:
    """The fields `kind` (the name of its class) and `place` (file, line and function that raised it)."""
    frames = traceback.extract_tb(error.__traceback__)
    where = frames[-1] if frames else None
    place = f"{Path(where.filename).name}:{where.lineno} {where.name}" if where else ""
    return {"kind": type(error).__name__, "place": place}
