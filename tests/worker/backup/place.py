"""An installation for one test: log and vault with their keys and files, as the settings of a process name them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from domain.command import Command, to_wire
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.pathway.model import Pin
from eventlog.heads import SignedHead, read_heads, sign_head
from eventlog.heads_key import load_heads_key
from eventlog.log import EventLog
from projections.loop import Projector
from tests.fix_engine import MILA
from vault.kek import load_kek
from vault.keys import Keys
from vault.shredding import ShredLedger
from worker.backup.folder import chosen
from worker.backup.loading import checked
from worker.backup.restoring import Restored, Wishes, restore
from worker.backup.sealing import BackupKey
from worker.backup.steps import Steps
from worker.backup.taking import Taken, take
from worker.settings import Settings, read_settings
from workflows.messages import Order


@dataclass
class Installation:
    """`environment` is that of its processes; `folder` is where its files are."""

    environment: dict[str, str]
    folder: Path
    pin: Pin
    key: BackupKey | None = None
    wishes: dict[str, bool] = field(default_factory=lambda: {"without_temporal": True})

    @property
    def settings(self) -> Settings:
        return read_settings(self.environment)

    @property
    def log(self) -> str:
        return self.environment["DATABASE_URL"]

    @property
    def name(self) -> str:
        return self.log.rpartition("/")[2]

    @property
    def backups(self) -> Path:
        return self.folder / "backups"

    @property
    def ledger(self) -> ShredLedger:
        return ShredLedger(self.folder / "shredded.jsonl")

    @contextmanager
    def recorder(self) -> Iterator[Recorder]:
        """As in a process that runs for the length of the block."""
        with EventLog(self.log) as log:
            yield Recorder(log, PathwayStore(self.folder / "pathways"), "test", rights=NO_RIGHTS_ASKED)

    @contextmanager
    def keys(self) -> Iterator[Keys]:
        keys = Keys(self.settings.vault, load_kek(self.folder / "kek"), ledger=self.ledger)
        yield keys
        keys.close()

    def order(self, journey: UUID, command: Command, command_id: UUID | None = None) -> Order:
        return Order(
            stream=journey_stream(journey), command_id=command_id or uuid4(), actor=MILA, command=to_wire(command)
        )

    def opened(self, count: int = 1) -> list[UUID]:
        """So many journeys opened, and the read models level with them."""
        journeys = [uuid4() for _ in range(count)]
        with self.recorder() as recorder:
            for journey in journeys:
                recorder.record(self.order(journey, OpenJourney(pin=self.pin, caseworker=MILA)))
        Projector(self.log).catch_up()
        return journeys

    def signed(self) -> None:
        """The head of the log is signed now, as a worker does every five minutes."""
        sign_head(self.log, self.folder / "heads.jsonl", load_heads_key(self.folder / "heads.key"))

    def heads(self) -> list[SignedHead]:
        file = self.folder / "heads.jsonl"
        if not file.exists():
            return []
        return read_heads(file, [load_heads_key(self.folder / "heads.key").public])[0]

    def take(self, keep: int | None = None) -> Taken:
        return take(self.settings, self.backups, keep=keep)

    def restored(self, folder: Path | None = None, replace: str | None = None) -> Restored:
        """The newest backup, or this one, restored here."""
        steps = Steps()
        backup = checked(chosen(folder or self.backups), self.settings, self.key, steps)
        wishes = Wishes(replace=replace, **self.wishes)
        return asyncio.run(restore(backup, self.settings, self.heads(), wishes, steps))

    def changed(self, more: Mapping[str, str]) -> Installation:
        """The same with other settings."""
        return Installation({**self.environment, **more}, self.folder, self.pin, self.key, self.wishes)
