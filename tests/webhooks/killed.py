"""A follower of its own, to be killed: `python -m tests.webhooks.killed <log dsn> <vault dsn>`."""

from __future__ import annotations

import asyncio
import sys
from contextlib import closing

from eventlog.log import EventLog
from tests.fix_eventlog import as_role
from tests.webhooks.conftest import HERE, KEK
from vault.keys import Keys
from vault.webhooks import Webhooks
from worker.webhooks.book import WebhookBook
from worker.webhooks.following import WebhookFollower


def main(log_dsn: str, vault_dsn: str) -> None:
    """Follows for ever."""
    with (
        EventLog(as_role(log_dsn, "putokaz_projector"), size=2) as log,
        closing(Keys(vault_dsn, KEK)) as keys,
        closing(Webhooks(vault_dsn, keys)) as webhooks,
        closing(WebhookBook(as_role(log_dsn, "putokaz_projector"))) as book,
    ):
        asyncio.run(WebhookFollower(log, webhooks, book, networks=HERE).run(lambda: False))


if __name__ == "__main__":
    main(*sys.argv[1:])
