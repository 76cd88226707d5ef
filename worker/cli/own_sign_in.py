"""What commands do about how somebody signs in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import UUID

from worker.settings import Settings

if TYPE_CHECKING:
    from worker.sign_in_vault import SignInVault


@contextmanager
def sign_in_parts(settings: Settings) -> Iterator[SignInVault]:
    """The vault's parts, for as long as the block lasts."""
    from worker.parts import opened
    from worker.sign_in_vault import sign_in_vault, site_of

    site = site_of(settings.address)
    with opened(settings, connections=1) as parts, sign_in_vault(settings.vault, parts.keys, site) as found:
        yield found


def remove_account(settings: Settings, staff: UUID) -> None:
    """After somebody's leaving was recorded, which has ended their sessions: what they signed in by goes as well."""
    from vault.sign_ins import SYSTEM, SignInAct

    with sign_in_parts(settings) as parts:
        if parts.accounts.remove(staff):
            parts.record.note(staff, SignInAct.ACCOUNT_REMOVED, actor=SYSTEM)
