"""Every part put together from the settings, in one place: a process builds here what it needs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial

from temporalio.client import Client
from temporalio.runtime import Runtime

from activities.delivering import Deliverer
from activities.pathway_files import PathwayStore
from activities.postbox import Postbox
from activities.recording import Recorder
from activities.sms import Fields, HttpGateway
from eventlog.log import EventLog
from eventlog.sealing import Sealer
from projections.caseload.queries import LevelCaseloads
from projections.reader import Reader
from vault.errors import VaultUnavailable
from vault.kek import load_kek
from vault.keys import Keys
from vault.shredding import ShredLedger
from vault.staff import StaffDirectory
from worker.codec import data_converter
from worker.keyring import load_keyring
from worker.settings import Settings, SettingsInvalid

_PAUSE = 0.3
"""Seconds between tries to reach the vault at the start."""
START_PATIENCE = 60.0
"""Seconds that a process of ours waits at its start for a database that is not there yet."""


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts that touch a database, opened."""

    log: EventLog
    recorder: Recorder
    pathways: PathwayStore
    keys: Keys
    sealer: Sealer
    directory: StaffDirectory


@contextmanager
def opened(settings: Settings, *, connections: int = 4, patience: float = 0.0) -> Iterator[Parts]:
    """The parts for this process; `connections` bounds those to the log.

    The vault is asked at once whether its keys are ours. A process that starts before its database, or in the middle
    of its restart, waits for it up to `patience` seconds; then `VaultUnavailable`.
    """
    keys = _keys(settings, patience)
    directory = StaffDirectory(settings.vault, keys)
    log = EventLog(settings.writer, size=connections)
    reader = Reader(settings.reader, size=1)
    pathways = PathwayStore(settings.pathways)
    try:
        yield Parts(
            log=log,
            recorder=Recorder(log, pathways, settings.release, caseloads=LevelCaseloads(reader)),
            pathways=pathways,
            keys=keys,
            sealer=Sealer(keys),
            directory=directory,
        )
    finally:
        reader.close()
        log.close()
        directory.close()
        keys.close()


def _keys(settings: Settings, patience: float) -> Keys:
    kek = load_kek(settings.kek_file)
    ledger = ShredLedger(settings.shred_ledger_file) if settings.shred_ledger_file else None
    give_up = time.monotonic() + patience
    while True:
        try:
            return Keys(settings.vault, kek, ledger=ledger)
        except VaultUnavailable:
            if time.monotonic() >= give_up:
                raise
            time.sleep(_PAUSE)


async def temporal(settings: Settings, *, lazy: bool = False, runtime: Runtime | None = None) -> Client:
    """A client with our codec. `lazy`: connects when first used, so that a process starts while Temporal is away."""
    return await Client.connect(
        settings.temporal_address,
        namespace=settings.temporal_namespace,
        data_converter=data_converter(load_keyring(settings.keyring_file)),
        lazy=lazy,
        identity="putokaz",
        runtime=runtime,
    )


def deliverer(settings: Settings, parts: Parts) -> Deliverer | None:
    """What hands reminders over; None where no mail server is configured."""
    if settings.smtp_host is None:
        return None
    postbox = Postbox(
        host=settings.smtp_host,
        port=settings.smtp_port,
        sender=settings.smtp_sender,
        username=settings.smtp_username,
        password=settings.smtp_password.get_secret_value() if settings.smtp_password else None,
        start_tls=settings.smtp_start_tls,
    )
    return Deliverer(parts.log, parts.directory, postbox, partial(page_link, settings), text_gateway(settings))


def text_gateway(settings: Settings) -> HttpGateway | None:
    """What short messages are handed to; None where no gateway is configured. Raises `SettingsInvalid`."""
    if settings.sms_url is None:
        return None
    if settings.sms_token is None:
        raise SettingsInvalid("PUTOKAZ_SMS_TOKEN is missing: the gateway of PUTOKAZ_SMS_URL asks who we are")
    fields = Fields(
        to=settings.sms_field_to,
        text=settings.sms_field_text,
        reference=settings.sms_field_reference,
        receipt=settings.sms_field_receipt,
    )
    try:
        return HttpGateway(settings.sms_url.get_secret_value(), settings.sms_token.get_secret_value(), fields)
    except ValueError as wrong:
        raise SettingsInvalid(f"PUTOKAZ_SMS_URL: {wrong}") from None


def page_link(settings: Settings, code: str) -> str:
    """The address of a journey's page, as letters and calendars name it."""
    return f"{settings.address}/j/{code}"
