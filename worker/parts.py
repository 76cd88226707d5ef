"""Every part put together from the settings, in one place: a process builds here what it needs."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from activities.entitlements import Entitlements
from activities.pathway_files import PathwayStore
from activities.recording import Recorder
from activities.states import StreamStates
from eventlog.log import EventLog
from eventlog.sealing import Sealer
from projections.caseload.queries import LevelCaseloads
from projections.reader import Reader
from vault.errors import VaultUnavailable
from vault.kek import load_kek
from vault.keys import Keys
from vault.shredding import ShredLedger
from vault.staff import StaffDirectory
from worker.settings import Settings

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
    rights: Entitlements


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
    states = StreamStates(log)
    rights = Entitlements(log, directory, states)
    recorder = Recorder(log, pathways, settings.release, rights=rights, states=states, caseloads=LevelCaseloads(reader))
    try:
        yield Parts(
            log=log,
            recorder=recorder,
            pathways=pathways,
            keys=keys,
            sealer=Sealer(keys),
            directory=directory,
            rights=rights,
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
