"""A worker refuses to start without the pathways that journeys pin (design §3): better not at all than half of them."""

from __future__ import annotations

from activities.pathway_files import PathwayStore
from domain.errors import PathwayMissing
from projections.reader import Reader


def require_pinned_pathways(reader: Reader, store: PathwayStore) -> None:
    """Raises `PathwayMissing` where a journey's pathway version is not here, or a published file was altered.

    Asked of the journey list; a journey that it does not show yet is checked with its next decision all the same.
    """
    missing = []
    for name, version in reader.rows("worker", "pinned_pathways"):
        try:
            store.load(name, version)
        except PathwayMissing as error:
            missing.append(str(error))
    if problems := [*missing, *store.broken()]:
        raise PathwayMissing("; ".join(problems))
