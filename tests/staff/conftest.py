"""The furnished house: filled once a session (`tests/fix_house.py`), copied for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from tests.fix_services import DatabaseFactory
from tests.staff.house import House, opened

ORIGIN = "http://127.0.0.1"


@pytest.fixture
def house(database_factory: DatabaseFactory, furnished: tuple[str, str]) -> Iterator[House]:
    """A house of one's own."""
    log, vault = (database_factory.copy(dsn) for dsn in furnished)
    with opened(log, vault) as house:
        yield house
    database_factory.drop(log)
    database_factory.drop(vault)


@pytest.fixture
async def browser(house: House) -> AsyncIterator[httpx.AsyncClient]:
    """A browser without scripts: it keeps cookies and does not follow redirects by itself."""
    transport = httpx.ASGITransport(app=house.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        yield client
