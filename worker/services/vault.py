"""The search for clients as a process of its own: the only one that holds the names of all, folded, in memory."""

from __future__ import annotations

import signal
import time
from contextlib import closing

import structlog
import uvicorn

from domain.journey.naming import journey_code
from vault.errors import VaultUnavailable
from vault.keys import Keys
from vault.searching import Searching
from worker.searching.serving import search_app
from worker.searching.socket_file import SocketRefused, listen
from worker.settings import Settings
from worker.vault_keys import open_keys

_log = structlog.get_logger("putokaz")
_PATIENCE = 60.0
"""Seconds to wait at the start for a database that is not there yet."""
_PAUSE = 1.0


def run_vault(settings: Settings) -> None:
    """Answers until it is asked to stop. Raises `SocketRefused`, `VaultUnavailable`."""
    if settings.search_socket is None:
        raise SocketRefused("PUTOKAZ_SEARCH_SOCKET is not set: where is the search to answer?")
    with closing(open_keys(settings, _PATIENCE)) as keys, closing(_searching(settings, keys)) as searching:
        if searching.unreadable:
            _log.error("identities do not open", count=len(searching.unreadable))
        with closing(listen(settings.search_socket)) as listener:
            config = uvicorn.Config(
                search_app(searching),
                log_config=None,
                access_log=False,
                lifespan="off",
                ws="none",
                server_header=False,
                timeout_graceful_shutdown=5,
            )
            # The server takes SIGTERM as long as it runs, and sends it again once it has stopped: then the socket goes.
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            _log.info("search ready")
            try:
                uvicorn.Server(config).run(sockets=[listener])
            finally:
                settings.search_socket.unlink(missing_ok=True)


def _searching(settings: Settings, keys: Keys) -> Searching:
    give_up = time.monotonic() + _PATIENCE
    while True:
        try:
            return Searching(settings.vault, keys, code_of=journey_code, home=settings.phone_home)
        except VaultUnavailable:
            if time.monotonic() >= give_up:
                raise
            time.sleep(_PAUSE)
