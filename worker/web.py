"""The web process: the staff application on uvicorn. In demo mode, where nobody signs in, on loopback only."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
from contextlib import closing
from functools import cache, partial

import uvicorn

from activities.attendances import Attendances
from activities.states import StreamStates
from domain.errors import PutokazError
from projections.reader import Reader
from projections.status import Level
from staff.app import create_app
from staff.settings import LOOPBACK, AppMode, AppSettings
from vault.callers import Callers
from vault.documents import Documents
from vault.drafts import Drafts
from vault.feeds import CalendarFeeds
from vault.saved_views import SavedViews
from worker.calling import CallerDesk
from worker.desk import StaffDesk
from worker.feeds import StaffFeeds
from worker.identities import staff_identities
from worker.keyring import load_keyring
from worker.links import page_link
from worker.mailing import deliverer
from worker.office import office
from worker.parts import START_PATIENCE, Parts, opened
from worker.resending import StaffLetters
from worker.restored import watch_for_restore
from worker.road import Road
from worker.services.clock import require_real_clock
from worker.settings import Mode, Settings
from worker.sign_in_vault import sign_in_vault, site_of
from worker.signing_in import StaffSignIn
from worker.temporal import temporal
from worker.webhooks.subscriptions import subscriptions


class BindRefused(PutokazError):
    """The pages were to be reachable from other machines, without sign-in or without https."""


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches it."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def require_loopback(host: str) -> None:
    """Raises `BindRefused` for anything but loopback."""
    if not is_loopback(host):
        raise BindRefused(
            f"PUTOKAZ_WEB_HOST={host}: in demo mode nobody signs in, so the pages answer on 127.0.0.1 or ::1 only"
        )


def require_reachable(settings: Settings) -> None:
    """Raises `BindRefused` for what would be served to others without sign-in, or without https before it."""
    if settings.mode is Mode.DEMO:
        require_loopback(settings.web_host)
    elif not is_loopback(settings.web_host) and not settings.address.startswith("https://"):
        raise BindRefused(
            f"PUTOKAZ_WEB_HOST={settings.web_host}: others are served over https only. Put a proxy before it and its "
            "address into PUTOKAZ_BASE_URL (https://…)"
        )


def run_web(settings: Settings) -> None:
    """Serves until it is asked to stop. Raises `BindRefused`, and `OSError` where the port is taken."""
    require_reachable(settings)
    asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    client = await temporal(settings, lazy=True)
    with (
        opened(settings, connections=8, patience=START_PATIENCE) as parts,
        Reader(settings.reader, size=8) as reader,
        closing(CalendarFeeds(settings.vault)) as feeds,
        subscriptions(settings, parts) as partners,
        sign_in_vault(settings.vault, parts.keys, site_of(settings.address)) as entrance,
        staff_identities(settings, parts) as identities,
        closing(Drafts(settings.vault, parts.keys)) as drafts,
        closing(Documents(settings.vault, parts.keys, size=4)) as documents,
        closing(Callers(settings.vault, parts.keys, home=settings.phone_home)) as callers,
        closing(SavedViews(settings.vault, parts.keys)) as views,
        office(settings, parts, feeds, reader, client) as bureau,
    ):
        await asyncio.to_thread(require_real_clock, settings, parts.log)
        app = create_app(
            desk=StaffDesk(parts, Road(client, parts.recorder)),
            feeds=StaffFeeds(feeds, partial(page_link, settings)),
            letters=StaffLetters(parts.log, cache(partial(deliverer, settings, parts))),
            subscriptions=partners,
            rights=parts.rights,
            identities=identities,
            drafts=drafts,
            documents=documents,
            hotline=CallerDesk(parts.log, parts.recorder, parts.pathways, callers),
            views=views,
            office=bureau,
            reader=reader,
            clock=parts.log.now,
            settings=AppSettings(
                mode=AppMode(settings.mode.value),
                hosts=LOOPBACK if settings.mode is Mode.DEMO else LOOPBACK | settings.hosts,
                secret=_form_secret(settings),
                workflows_url=settings.temporal_ui,
                release=settings.release,
                document_limit=settings.document_mebibytes * 1024 * 1024,
                exit_to=settings.exit_to,
                exports=settings.exports_folder,
            ),
            probes={"log": lambda: _answers(parts), "read models": Level(reader).reached},
            sign_in=StaffSignIn(entrance, parts.directory, Attendances(StreamStates(parts.log)).has_left),
        )
        config = uvicorn.Config(
            app,
            host=settings.web_host,
            port=settings.web_port,
            log_config=None,
            access_log=False,  # an address may hold a code
            server_header=False,
            proxy_headers=settings.web_proxies is not None,
            forwarded_allow_ips=settings.web_proxies or "",
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
