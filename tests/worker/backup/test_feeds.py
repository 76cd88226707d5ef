"""Private calendars across a restore: none that was revoked since the backup opens again."""

from __future__ import annotations

from tests.fix_engine import MILA
from tests.worker.backup.place import Installation
from vault.feeds import CalendarFeeds
from vault.staff import StaffDirectory, StaffMember


def test_after_a_restore_every_calendar_is_closed(installation: Installation, elsewhere: Installation) -> None:
    """The restored vault does not know which were revoked meanwhile; a new one can be made at once."""
    installation.opened(1)
    vault = installation.settings.vault
    with installation.keys() as keys:
        directory = StaffDirectory(vault, keys)
        directory.put(StaffMember(MILA, "Mila", "mila@example.org", frozenset(), "en"))
        directory.close()
    feeds = CalendarFeeds(vault)
    lost, kept = feeds.create(MILA), feeds.create(MILA)
    installation.take()
    feeds.revoke(lost.feed.id)
    assert feeds.holder(kept.token) == MILA
    feeds.close()
    elsewhere.restored()
    feeds = CalendarFeeds(elsewhere.settings.vault)
    assert [feeds.holder(each.token) for each in (lost, kept)] == [None, None]
    assert [feed.is_living for feed in feeds.of(MILA)] == [False, False]
    assert feeds.holder(feeds.create(MILA).token) == MILA
    feeds.close()
