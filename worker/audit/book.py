"""Where audits are written down: beside the read models, in the writer's own name."""

from __future__ import annotations

from eventlog.pool import BoundedConnection, Pool
from eventlog.sql_files import query
from projections.audits import Audit


class AuditBook:
    """Needs the role putokaz_writer. Raises `Unavailable`; repeating is harmless."""

    def __init__(self, dsn: str) -> None:
        self._pool = Pool(dsn, size=1, application_name="putokaz-audit")

    def write(self, audit: Audit) -> None:
        """Keeps an audit, and lets go of what is older than 30 days."""
        values = {
            "audit": audit.audit,
            "seconds": audit.seconds,
            "journeys": audit.journeys,
            "workflows": audit.workflows,
            "streams": [finding.stream for finding in audit.findings],
            "faults": [finding.fault.value for finding in audit.findings],
            "mended": [finding.mended for finding in audit.findings],
        }

        def work(connection: BoundedConnection) -> None:
            connection.execute(query("worker", "audit_write"), values)
            connection.execute(query("worker", "audit_prune"))

        self._pool.run(work)

    def close(self) -> None:
        self._pool.close()
