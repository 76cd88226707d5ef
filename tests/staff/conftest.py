"""The furnished house: filled once a run (`tests/fix_house.py`), copied for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from uuid import UUID

import httpx
import pytest

from staff.visit import PERSON_COOKIE
from tests.fix_services import DatabaseFactory
from tests.staff.house import House, opened
from worker.demo.staff import VERA

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
    """A browser without scripts: it keeps cookies and does not follow redirects by itself. Vera supervises: she may
    read every case, and decide what most tests decide; a test of what she may not takes who may (`acts_as`)."""
    transport = httpx.ASGITransport(app=house.app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN) as client:
        acts_as(client, VERA.id)
        yield client


def acts_as(client: httpx.AsyncClient, person: UUID) -> None:
    """From now on pages and API take the client for this person."""
    client.cookies.set(PERSON_COOKIE, str(person))
    client.headers["x-putokaz-person"] = str(person)
