"""The invented caseload, written once a process: for pages, the API and the tests of the demonstration itself."""

from __future__ import annotations

import pytest

from tests.fix_services import DatabaseFactory


@pytest.fixture(scope="session")
def furnished(database_factory: DatabaseFactory) -> tuple[str, str]:
    """Log and vault with the invented caseload, to be copied."""
    from tests.staff.house import furnish

    log, vault = database_factory.create(), database_factory.create()
    furnish(log, vault)
    return log, vault
