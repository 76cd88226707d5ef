"""Every part put together from the settings, in one place: a process builds here what it needs."""

from __future__ import annotations

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
from vault.keys import Keys
from vault.staff import StaffDirectory
from worker.settings import Settings
from worker.vault_keys import open_keys

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
    keys = open_keys(settings, patience)
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
