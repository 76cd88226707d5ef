"""The vault's keys, opened by a process of ours that may start before their database."""

from __future__ import annotations

import time

from vault.errors import VaultUnavailable
from vault.kek import load_kek
from vault.keys import Keys
from vault.shredding import ShredLedger
from worker.settings import Settings

_PAUSE = 0.3
"""Seconds between tries to reach the vault at the start."""


def open_keys(settings: Settings, patience: float) -> Keys:
    """Waits for the database up to `patience` seconds. Raises `VaultUnavailable`, `KekFault`."""
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
