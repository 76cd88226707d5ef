"""Writes what is made from the pathways: JSON Schema and drawings; with `--publish` also new lines of the lock.

python -m tools.refresh_pathways             after a change of the model, of a draft, or of the drawing
python -m tools.refresh_pathways --publish   when a new version is ready; a published line is never altered
"""

from __future__ import annotations

import sys
from pathlib import Path

from activities.pathway_files import LOCK, PathwayStore
from domain.pathway.drawing import draw
from domain.pathway.schema import schema_text
from domain.pathway.wording import Language

ROOT = Path(__file__).resolve().parents[1]


def refresh(pathways: Path, drawings: Path) -> None:
    """Writes `schema.json` and one drawing, in Serbian, of the latest version of each pathway."""
    store = PathwayStore(pathways)
    (pathways / "schema.json").write_text(schema_text(), "utf-8")
    for name in store.names():
        drawing = draw(store.latest(name).pathway, Language.SERBIAN)
        (drawings / f"{name}.svg").write_text(drawing + "\n", "utf-8")


def publish(pathways: Path) -> list[str]:
    """Adds the versions that the lock does not list; returns what is wrong with those that it does."""
    store = PathwayStore(pathways)
    lock = pathways / LOCK
    for pinned in store.unpublished():
        with lock.open("a", encoding="utf-8") as file:
            file.write(f"{pinned.pin.sha256}  {pinned.pin.name}/{pinned.pin.version}.yaml\n")
    return store.changed()


if __name__ == "__main__":
    refresh(ROOT / "pathways", ROOT / "docs" / "pathways")
    if "--publish" in sys.argv[1:]:
        sys.exit("\n".join(publish(ROOT / "pathways")) or None)
