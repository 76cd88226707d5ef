"""A house to work in: the demonstration's caseload in a log, its read models kept level, and the application on it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fastapi import FastAPI

from activities.delivering import Deliverer
from activities.entitlements import Entitlements
from activities.pathway_files import PathwayStore
from activities.postbox import Postbox
from activities.recording import Recorder
from activities.webhooks.address import parse_networks
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
from vault.database import install as install_vault
from vault.feeds import CalendarFeeds
from vault.kek import Kek
from vault.keys import Keys
from vault.staff import StaffDirectory
from vault.webhooks import Webhooks
from worker.demo.caseload import seed
from worker.feeds import StaffFeeds
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

    `mail`: where letters are handed over; empty, there is no mail server.
    """

    app: FastAPI
    desk: DirectDesk
    reader: Reader
    log: EventLog
    keys: Keys
    feeds: CalendarFeeds
    dsn: str
    mail: list[Postbox]


def _deliverer(parts: Parts, mail: list[Postbox]) -> Deliverer | None:
    return Deliverer(parts.log, parts.directory, mail[-1], lambda code: f"https://{code}.example") if mail else None


@contextmanager
def parts_at(log_dsn: str, vault_dsn: str) -> Iterator[Parts]:
    """The parts on these databases, with the rights to set the clock."""
    keys = Keys(as_role(vault_dsn, "putokaz_vault"), KEK)
    directory = StaffDirectory(as_role(vault_dsn, "putokaz_vault"), keys)
    store = PathwayStore(PATHWAYS)
    with EventLog(log_dsn, size=4) as log:
        yield Parts(log, Recorder(log, store, "test"), store, keys, Sealer(keys), directory)
    directory.close()
    keys.close()


def furnish(log_dsn: str, vault_dsn: str) -> None:
    """Fills empty databases with the invented caseload and brings the read models level."""
    install_log(log_dsn)
    install_models(log_dsn)
    install_vault(vault_dsn)
    with parts_at(log_dsn, vault_dsn) as parts:
        seed(parts, now=NOW)
    Projector(as_role(log_dsn, "putokaz_projector")).catch_up()


@contextmanager
def opened(log_dsn: str, vault_dsn: str, *, patience: float = 5.0, projecting: bool = True) -> Iterator[House]:
    """The application on furnished databases, with a projector at work beside it, or with one that is dead."""
    stop = threading.Event()
    projector = Projector(as_role(log_dsn, "putokaz_projector"))
    worker = threading.Thread(target=projector.run, args=(stop,), name="projector")
    with (
        parts_at(log_dsn, vault_dsn) as parts,
        Reader(as_role(log_dsn, "putokaz_reader"), size=6) as reader,
        closing(CalendarFeeds(as_role(vault_dsn, "putokaz_vault"))) as feeds,
        closing(Webhooks(as_role(vault_dsn, "putokaz_vault"), parts.keys)) as webhooks,
        closing(WebhookBook(as_role(log_dsn, "putokaz_projector"))) as book,
        people_at(as_role(vault_dsn, "putokaz_vault"), parts, feeds, "https://putokaz.example.org") as people,
    ):
        mail: list[Postbox] = []
        desk = DirectDesk(parts.log, parts.recorder, parts.pathways, parts.sealer, parts.directory)
        app = create_app(
            desk=desk,
            feeds=StaffFeeds(feeds, lambda code: f"https://putokaz.example.org/j/{code}"),
            letters=StaffLetters(parts.log, lambda: _deliverer(parts, mail)),
            subscriptions=PartnerSubscriptions(parts.log, webhooks, book, networks=lambda: NETWORKS, plain=True),
            rights=Entitlements(parts.log, parts.directory),
            office=Office(ProviderDirectory(parts.log, parts.sealer), people, QuietUpkeep()),
            reader=reader,
            clock=parts.log.now,
            settings=AppSettings(secret=b"a secret of the tests, 32 bytes..", patience=patience),
            probes={"log": lambda: parts.log.head() >= 0, "read models": Level(reader).reached},
        )
        if projecting:
            worker.start()
        try:
            yield House(app, desk, reader, parts.log, parts.keys, feeds, log_dsn, mail)
        finally:
            stop.set()
            if projecting:
                worker.join()
