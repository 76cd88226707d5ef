"""What of the vault's documents nobody needs any more: unfinished uploads, shredded ones, and what no event names.

sweep = DocumentSweep(dsn)
sweep.tidy()                              # unfinished and shredded: the vault knows that alone
for document, journey in sweep.due():     # the log is asked whether an event names it
    sweep.confirm(document) or sweep.erase(document)
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from vault.database import Database, query

ORPHANED = timedelta(hours=72)
"""How long an upload may wait for its event; as long as a draft."""
AGAIN = timedelta(days=7)
"""After this a document is looked at once more: it may have been withdrawn."""
AT_ONCE = 200


class DocumentSweep:
    """Every call raises `VaultUnavailable`."""

    def __init__(self, dsn: str) -> None:
        self._database = Database(dsn, 1)

    def close(self) -> None:
        """Closes the connection."""
        self._database.close()

    def tidy(self) -> int:
        """Removes unfinished uploads that are too old and documents whose key was destroyed; how many."""
        old = {"seconds": ORPHANED.total_seconds()}
        return remove_all(self._database, "remove_unfinished_documents", old) + remove_shredded(self._database)

    def due(self) -> list[tuple[UUID, UUID]]:
        """Kept documents to be looked at now, with their journeys; some at a time."""
        values = {"seconds": ORPHANED.total_seconds(), "again": AGAIN.total_seconds(), "most": AT_ONCE}
        rows = self._database.run(lambda c: c.execute(query("documents_to_check"), values).fetchall())
        return [(document, journey) for document, journey in rows]

    def confirm(self, document: UUID) -> None:
        """An event names it: it stays, and is looked at again after `AGAIN`."""
        self._database.run(lambda c: c.execute(query("document_checked"), (document,)))

    def erase(self, document: UUID) -> None:
        """Removes it with its pieces."""
        self._database.run(lambda c: c.execute(query("erase_document"), (document,)))


def remove_shredded(database: Database) -> int:
    """Removes the rows of documents whose key was destroyed; how many."""
    return remove_all(database, "remove_shredded_documents", {})


def remove_all(database: Database, name: str, values: dict[str, float]) -> int:
    """Runs a statement that removes some at a time until there is nothing left; how many it removed."""
    total = 0
    while removed := database.run(lambda c: c.execute(query(name), values).rowcount):
        total += removed
    return total
