"""How `putokaz journey show` calls the recipients of consents and referrals: by the directory of providers."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from uuid import UUID

from projections.journey_file.model import Document
from worker.cli.safety import Named, digits_of
from worker.settings import Settings


@contextmanager
def recipients(settings: Settings, document: Document) -> Iterator[Named]:
    """Their names as long as the vault can be asked; it is left alone where a journey has none."""
    from domain.errors import Unavailable
    from vault.errors import VaultError
    from worker.parts import opened
    from worker.providers import provider_name

    if not _has_any(document):
        yield digits_of
        return
    with ExitStack() as stack:
        try:
            parts = stack.enter_context(opened(settings, connections=1))
        except (Unavailable, VaultError):
            yield digits_of
            return

        @cache
        def named(recipient: UUID) -> str:
            try:
                return provider_name(parts.log, parts.sealer, recipient) or digits_of(recipient)
            except (Unavailable, VaultError):
                return digits_of(recipient)

        yield named


def _has_any(document: Document) -> bool:
    consents = any(consent.recipient for consent in document.consents)
    return consents or bool(document.safety.untold) or bool(document.services.referrals)
