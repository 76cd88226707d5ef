"""What one application works with, given once by the composition root."""

from __future__ import annotations

from dataclasses import dataclass

from projections.reader import Reader
from staff.counting import Counters
from staff.office import Office
from staff.ports import Clock, Desk, Feeds, Letters, Probes, Rights
from staff.settings import AppSettings
from staff.subscriptions import Subscriptions


@dataclass(frozen=True, slots=True)
class Parts:
    desk: Desk
    feeds: Feeds
    reader: Reader
    clock: Clock
    settings: AppSettings
    probes: Probes
    counters: Counters
    letters: Letters
    subscriptions: Subscriptions
    rights: Rights
    office: Office
