"""A process under which the log is replaced ends by itself."""

from __future__ import annotations

import asyncio

import pytest

from domain.errors import LogReplaced
from eventlog.log import EventLog
from tests.fix_eventlog import administrator, pings
from tests.fix_services import DatabaseFactory
from worker.restored import watch_for_restore


async def test_a_replaced_log_ends_the_process(
    log_database: str, log_template: str, database_factory: DatabaseFactory
) -> None:
    """The same address, another database: asked to stop within the pause, with the reason; before that, every call is
    refused. A mere loss of connections changes nothing."""
    stop = asyncio.Event()
    with EventLog(log_database) as log:
        log.append(pings("journey-x", 0))
        watch = asyncio.create_task(watch_for_restore(log, stop, pause=0.1))
        _disconnect(log_database)
        await asyncio.sleep(0.5)
        assert (stop.is_set(), log.head()) == (False, 1)
        name = database_factory.name(log_database)
        database_factory.drop(log_database)
        database_factory.server.create_database(name, database_factory.name(log_template))
        with pytest.raises(LogReplaced):
            await asyncio.wait_for(watch, 10)
        assert stop.is_set()
        with pytest.raises(LogReplaced):
            log.append(pings("journey-x", 0))


def _disconnect(dsn: str) -> None:
    with administrator(dsn) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
