"""One audit from the settings alone: for the command line, and for whoever has just restored a backup."""

from __future__ import annotations

from contextlib import closing

from domain.errors import Unavailable
from eventlog.log import EventLog
from projections.audits import Audit
from worker.audit.auditor import USUAL, Auditor, Patience
from worker.audit.book import AuditBook
from worker.settings import Settings
from worker.temporal import temporal


async def audit_once(settings: Settings, patience: Patience = USUAL) -> Audit:
    """Audits, heals and writes it down; a worker has to be running for what is healed to come to life.

    Raises `Unavailable` where log or Temporal do not answer.
    """
    try:
        client = await temporal(settings)
    except RuntimeError as away:  # what the SDK raises for a server that does not answer
        raise Unavailable(f"Temporal at {settings.temporal_address} does not answer") from away
    with EventLog(settings.writer, size=2) as log, closing(AuditBook(settings.writer)) as book:
        return await Auditor(client, log, book, patience=patience).audit()
