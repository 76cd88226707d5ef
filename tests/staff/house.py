"""A house to work in: the demonstration's caseload in a log, its read models kept level, and the application on it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI

from activities.delivering import Deliverer
from activities.entitlements import Entitlements
from activities.pathway_files import PathwayStore
from activities.postbox import Postbox
from activities.recording import Recorder
from activities.states import StreamStates
from activities.webhooks.address import parse_networks
from domain.journey.naming import journey_code
from eventlog.install import install as install_log
from eventlog.log import EventLog
from eventlog.sealing import Sealer
from projections.install import install as install_models
from projections.loop import Projector
from projections.reader import Reader
from projections.status import Level
from staff.app import create_app
from staff.office import Office
from staff.settings import AppSettings
from tests.fix_eventlog import as_role
from tests.staff.desk import DirectDesk
from tests.staff.upkeep import QuietUpkeep
from vault.access_log import AccessLog
from vault.callers import Callers
from vault.database import install as install_vault
from vault.documents import Documents
from vault.drafts import Drafts
from vault.feeds import CalendarFeeds
from vault.identities import Identities
from vault.kek import Kek
from vault.keys import Keys
from vault.saved_views import SavedViews
from vault.searching import Searching
from vault.staff import StaffDirectory
from vault.webhooks import Webhooks
from worker.calling import CallerDesk
from worker.demo.caseload import seed
from worker.demo.clients import introduce
from worker.feeds import StaffFeeds
from worker.identities import StaffIdentities
from worker.office import ProviderDirectory, people_at
from worker.parts import Parts
from worker.resending import StaffLetters
from worker.webhooks.book import WebhookBook
from worker.webhooks.subscriptions import PartnerSubscriptions

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
"""A Monday morning. The log's clock goes on from here."""
PATHWAYS = Path(__file__).parents[2] / "pathways"
KEK = Kek(bytes(range(32)))
NETWORKS = parse_networks("127.0.0.0/8")
"""Partners of the tests listen here."""


@dataclass(frozen=True)
class House:
    """Everything of one application; `log` may set the clock, `dsn` is its administrator's address.

    `mail`: where letters are handed over; empty, there is no mail server. `vault`: the administrator's address of that.
    """

    app: FastAPI
    desk: DirectDesk
    reader: Reader
    log: EventLog
    keys: Keys
    feeds: CalendarFeeds
    dsn: str
    mail: list[Postbox]
    directory: StaffDirectory
    vault: str


def _deliverer(parts: Parts, mail: list[Postbox]) -> Deliverer | None:
    return Deliverer(parts.log, parts.directory, mail[-1], lambda code: f"https://{code}.example") if mail else None


@contextmanager
def parts_at(log_dsn: str, vault_dsn: str) -> Iterator[Parts]:
    """The parts on these databases, with the rights to set the clock."""
    keys = Keys(as_role(vault_dsn, "putokaz_vault"), KEK)
    directory = StaffDirectory(as_role(vault_dsn, "putokaz_vault"), keys)
    store = PathwayStore(PATHWAYS)
    with EventLog(log_dsn, size=4) as log:
        states = StreamStates(log)
        rights = Entitlements(log, directory, states)
        recorder = Recorder(log, store, "test", rights=rights, states=states)
        yield Parts(log, recorder, store, keys, Sealer(keys), directory, rights)
    directory.close()
    keys.close()


def furnish(log_dsn: str, vault_dsn: str) -> None:
    """Fills empty databases with the invented caseload and brings the read models level."""
    install_log(log_dsn)
    install_models(log_dsn)
    install_vault(vault_dsn)
    with parts_at(log_dsn, vault_dsn) as parts:
        seed(parts, now=NOW)
        with closing(Identities(as_role(vault_dsn, "putokaz_vault"), parts.keys)) as identities:
            introduce(identities)
    Projector(as_role(log_dsn, "putokaz_projector")).catch_up()


@contextmanager
def opened(
    log_dsn: str, vault_dsn: str, *, patience: float = 5.0, projecting: bool = True, live_every: float = 0
) -> Iterator[House]:
    """The application on furnished databases, with a projector at work beside it, or with one that is dead."""
    stop = threading.Event()
    projector = Projector(as_role(log_dsn, "putokaz_projector"))
    worker = threading.Thread(target=projector.run, args=(stop,), name="projector")
    with (
        parts_at(log_dsn, vault_dsn) as parts,
        Reader(as_role(log_dsn, "putokaz_reader"), size=6) as reader,
        closing(CalendarFeeds(as_role(vault_dsn, "putokaz_vault"))) as feeds,
        closing(Webhooks(as_role(vault_dsn, "putokaz_vault"), parts.keys)) as webhooks,
        closing(Callers(as_role(vault_dsn, "putokaz_vault"), parts.keys, home="+381")) as callers,
        closing(WebhookBook(as_role(log_dsn, "putokaz_projector"))) as book,
        ExitStack() as stack,
        closing(Drafts(as_role(vault_dsn, "putokaz_vault"), parts.keys)) as drafts,
        closing(SavedViews(as_role(vault_dsn, "putokaz_vault"), parts.keys)) as views,
        people_at(as_role(vault_dsn, "putokaz_vault"), parts, feeds, "https://putokaz.example.org") as people,
    ):
        vault = as_role(vault_dsn, "putokaz_vault")
        identities = stack.enter_context(closing(Identities(vault, parts.keys)))
        accesses = stack.enter_context(closing(AccessLog(vault, parts.keys)))
        documents = stack.enter_context(closing(Documents(vault, parts.keys)))
        searching = Searching(vault, parts.keys, code_of=journey_code, home="+381")
        stack.enter_context(closing(searching))
        mail: list[Postbox] = []
        desk = DirectDesk(parts.log, parts.recorder, parts.pathways, parts.sealer, parts.directory)
        app = create_app(
            desk=desk,
            feeds=StaffFeeds(feeds, lambda code: f"https://putokaz.example.org/j/{code}"),
            letters=StaffLetters(parts.log, lambda: _deliverer(parts, mail)),
            subscriptions=PartnerSubscriptions(parts.log, webhooks, book, networks=lambda: NETWORKS, plain=True),
            rights=parts.rights,
            identities=StaffIdentities(identities, accesses, searching, home="+381"),
            drafts=drafts,
            documents=documents,
            hotline=CallerDesk(parts.log, parts.recorder, parts.pathways, callers),
            views=views,
            office=Office(ProviderDirectory(parts.log, parts.sealer), people, QuietUpkeep()),
            reader=reader,
            clock=parts.log.now,
            settings=AppSettings(secret=b"a secret of the tests, 32 bytes..", patience=patience, live_every=live_every),
            probes={"log": lambda: parts.log.head() >= 0, "read models": Level(reader).reached},
        )
        if projecting:
            worker.start()
        try:
            yield House(app, desk, reader, parts.log, parts.keys, feeds, log_dsn, mail, parts.directory, vault_dsn)
        finally:
            stop.set()
            if projecting:
                worker.join()
