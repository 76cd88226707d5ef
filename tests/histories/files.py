"""The stored histories: `<release>-<date>/<scenario>-<n>.json.gz`, as the SDK writes them, under the ring below.

A recording is a folder. A new one is put beside the older ones and nothing in a folder is ever replaced: a workflow
that began under that release may still be running.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from temporalio.client import WorkflowHistory

from worker.keyring import KeyRing

FOLDER = Path(__file__).parent
WORTHLESS_RING = KeyRing("worthless", {"worthless": sha256(b"published with its histories; protects nothing").digest()})
"""Published here, so it protects nothing: the histories are of invented journeys. The codec has to have a key."""


@dataclass(frozen=True)
class Stored:
    """One run of one workflow."""

    path: Path
    history: WorkflowHistory

    @property
    def name(self) -> str:
        """Recording, scenario and number."""
        return f"{self.path.parent.name}/{self.path.name.removesuffix('.json.gz')}"

    @property
    def scenario(self) -> str:
        """What happens in it."""
        return self.path.name.removesuffix(".json.gz").rpartition("-")[0]


def stored(folder: Path = FOLDER) -> list[Stored]:
    """Every history of every recording."""
    return [Stored(path, _read(path)) for path in sorted(folder.glob("*/*.json.gz"))]


def store(folder: Path, scenario: str, number: int, history: WorkflowHistory) -> Path:
    """Writes a history that is not there yet. Raises `FileExistsError`."""
    path = folder / f"{scenario}-{number}.json.gz"
    with path.open("xb") as file:
        file.write(gzip.compress(history.to_json().encode(), compresslevel=9, mtime=0))
    return path


def _read(path: Path) -> WorkflowHistory:
    text = gzip.decompress(path.read_bytes()).decode()
    workflow_id = WorkflowHistory.from_json("", text).events[0].workflow_execution_started_event_attributes.workflow_id
    return WorkflowHistory.from_json(workflow_id, text)
