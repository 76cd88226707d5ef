"""The web process: the staff application on uvicorn. Refuses any address but loopback while there is no sign-in."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
from contextlib import closing
from functools import cache, partial

import uvicorn

from activities.entitlements import Entitlements
from domain.errors import PutokazError
from projections.reader import Reader
from projections.status import Level
from staff.app import create_app
from staff.settings import AppMode, AppSettings
from vault.feeds import CalendarFeeds
from worker.desk import StaffDesk
from worker.feeds import StaffFeeds
from worker.keyring import load_keyring
from worker.links import page_link
from worker.mailing import deliverer
from worker.office import office
from worker.parts import START_PATIENCE, Parts, opened
from worker.resending import StaffLetters
from worker.restored import watch_for_restore
from worker.road import Road
from worker.services.clock import require_real_clock
from worker.settings import Settings
from worker.temporal import temporal
from worker.webhooks.subscriptions import subscriptions


class BindRefused(PutokazError):
    """The pages were to be reachable from other machines, and there is no sign-in."""


def require_loopback(host: str) -> None:
    """Raises `BindRefused` for anything but loopback."""
    if host == "localhost":
        return
    try:
        loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise BindRefused(
            f"PUTOKAZ_WEB_HOST={host}: there is no sign-in yet, so the pages answer on 127.0.0.1 or ::1 only"
        )


def run_web(settings: Settings) -> None:
    """Serves until it is asked to stop. Raises `BindRefused`, and `OSError` where the port is taken."""
    require_loopback(settings.web_host)
    asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    client = await temporal(settings, lazy=True)
    with (
        opened(settings, connections=8, patience=START_PATIENCE) as parts,
        Reader(settings.reader, size=8) as reader,
        closing(CalendarFeeds(settings.vault)) as feeds,
        subscriptions(settings, parts) as partners,
        office(settings, parts, feeds, reader, client) as bureau,
    ):
        await asyncio.to_thread(require_real_clock, settings, parts.log)
        app = create_app(
            desk=StaffDesk(parts, Road(client, parts.recorder)),
            feeds=StaffFeeds(feeds, partial(page_link, settings)),
            letters=StaffLetters(parts.log, cache(partial(deliverer, settings, parts))),
            subscriptions=partners,
            rights=Entitlements(parts.log, parts.directory),
            office=bureau,
            reader=reader,
            clock=parts.log.now,
            settings=AppSettings(
                mode=AppMode(settings.mode.value),
                secret=_form_secret(settings),
                workflows_url=settings.temporal_ui,
                release=settings.release,
            ),
            probes={"log": lambda: _answers(parts), "read models": Level(reader).reached},
        )
        config = uvicorn.Config(
            app,
            host=settings.web_host,
            port=settings.web_port,
            log_config=None,
            access_log=False,  # an address may hold a code
            server_header=False,
            timeout_graceful_shutdown=8,  # above the patience of a person whose command is under way
        )
        server, stop = uvicorn.Server(config), asyncio.Event()
        restored = asyncio.create_task(watch_for_restore(parts.log, stop))
        restored.add_done_callback(lambda _: setattr(server, "should_exit", True))
        await server.serve()
        stop.set()
        await restored


def _answers(parts: Parts) -> bool:
    return parts.log.head() >= 0


def _form_secret(settings: Settings) -> bytes:
    """The same for every web process and after a restart, so that an open form outlives both."""
    ring = load_keyring(settings.keyring_file)
    return hmac.digest(ring.keys[ring.current], b"putokaz form tokens", "sha256")
