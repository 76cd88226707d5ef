"""Changes to members of staff: logged with who and when, nobody's overwritten, nothing done twice."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import time, timedelta
from uuid import UUID, uuid4

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from tests.fix_eventlog import administrator
from vault.access_chain import AccessFault, AccessFinding, AccessHead
from vault.errors import StaffConflict, StaffKnown, UnknownStaff
from vault.feeds import CalendarFeeds
from vault.keys import Keys
from vault.preferences import Preferences
from vault.staff import StaffDirectory, StaffMember
from vault.staff_changes import StaffChangeKind, StaffChanges
from vault.staff_register import StaffRegister, account_of, version_of

ADMIN = UUID("00000000-0000-4000-8000-0000000000ad")
JELENA = StaffMember(uuid4(), "Јелена Ђорђевић", "jelena@example.org", frozenset({"caseworker"}), "sr-Cyrl")


@dataclass(frozen=True)
class Office:
    register: StaffRegister
    changes: StaffChanges
    directory: StaffDirectory
    feeds: CalendarFeeds

    def stored(self) -> StaffMember:
        found = self.directory.get(JELENA.id)
        assert found is not None
        return found

    def rename(self, name: str, *, seen: str, command_id: UUID | None = None) -> bool:
        account = replace(account_of(JELENA), name=name)
        return self.register.change(JELENA.id, account, seen=seen, actor=ADMIN, command_id=command_id or uuid4())


@pytest.fixture
def office(vault_database: str, keys: Keys) -> Iterator[Office]:
    """Jelena was added."""
    with (
        closing(StaffRegister(vault_database, keys)) as register,
        closing(StaffChanges(vault_database, keys)) as changes,
        closing(StaffDirectory(vault_database, keys)) as directory,
        closing(CalendarFeeds(vault_database)) as feeds,
    ):
        assert register.add(JELENA, actor=ADMIN, command_id=uuid4())
        yield Office(register, changes, directory, feeds)


def test_what_was_changed_is_kept_with_who_and_from_what(office: Office) -> None:
    """Only what differs; sent twice it is done and said once."""
    seen, command_id = version_of(account_of(JELENA)), uuid4()
    assert office.rename("Јелена Петровић", seen=seen, command_id=command_id)
    assert not office.rename("Јелена Петровић", seen=seen, command_id=command_id)
    assert office.stored() == replace(JELENA, name="Јелена Петровић")
    changed, added = office.changes.of(JELENA.id)
    assert (changed.kind, changed.actor, changed.staff) == (StaffChangeKind.CHANGED, ADMIN, JELENA.id)
    assert (changed.before, changed.after) == ({"name": JELENA.name}, {"name": "Јелена Петровић"})
    assert (added.kind, added.after["email"]) == (StaffChangeKind.ADDED, JELENA.email)
    assert office.changes.of(uuid4()) == []


def test_two_administrators_at_once_overwrite_nothing(office: Office) -> None:
    """The second is told what is there now; what is so already changes nothing."""
    seen = version_of(account_of(JELENA))
    assert office.rename("Прва", seen=seen)
    with pytest.raises(StaffConflict) as conflict:
        office.rename("Друга", seen=seen)
    assert conflict.value.stored.name == "Прва"
    assert office.stored().name == "Прва"
    assert not office.rename("Прва", seen=version_of(account_of(office.stored())))
    assert len(office.changes.of()) == 2


def test_settings_of_a_person_and_their_account_are_not_in_each_other_s_way(office: Office) -> None:
    """Each is a part with a version of its own, in one record."""
    seen, settings = version_of(account_of(JELENA)), replace(Preferences(), digest_at=time(10))
    before = version_of(Preferences())
    assert office.register.settle(JELENA.id, settings, seen=before, actor=JELENA.id, command_id=uuid4())
    assert office.rename("Јелена Петровић", seen=seen)
    assert office.stored() == replace(JELENA, name="Јелена Петровић", preferences=settings)
    with pytest.raises(StaffConflict):
        office.register.settle(JELENA.id, Preferences(), seen=before, actor=JELENA.id, command_id=uuid4())
    assert office.changes.of()[1].after == {"digest_at": "10:00:00"}


def test_an_id_is_given_once_and_nobody_unknown_is_changed(office: Office) -> None:
    """And neither leaves a line."""
    with pytest.raises(StaffKnown):
        office.register.add(replace(JELENA, name="Друга"), actor=ADMIN, command_id=uuid4())
    account = account_of(JELENA)
    with pytest.raises(UnknownStaff):
        office.register.change(uuid4(), account, seen="", actor=ADMIN, command_id=uuid4())
    with pytest.raises(UnknownStaff):
        office.register.make_feed(uuid4(), actor=ADMIN, command_id=uuid4())
    assert len(office.changes.of()) == 1


def test_a_calendar_is_made_once_and_revoked_by_whose_it_is(office: Office) -> None:
    """Its token is shown once; of a double click the second gets none."""
    command_id = uuid4()
    made = office.register.make_feed(JELENA.id, lasts=timedelta(days=30), actor=JELENA.id, command_id=command_id)
    assert made is not None
    assert office.feeds.holder(made.token) == JELENA.id
    assert office.register.make_feed(JELENA.id, actor=JELENA.id, command_id=command_id) is None
    assert len(office.feeds.of(JELENA.id)) == 1
    assert not office.register.revoke_feed(uuid4(), made.feed.id, actor=ADMIN, command_id=uuid4())
    assert office.feeds.holder(made.token) == JELENA.id
    assert office.register.revoke_feed(JELENA.id, made.feed.id, actor=ADMIN, command_id=uuid4())
    assert not office.register.revoke_feed(JELENA.id, made.feed.id, actor=ADMIN, command_id=uuid4())
    assert office.feeds.holder(made.token) is None
    kinds = [change.kind for change in office.changes.of()]
    assert kinds == [StaffChangeKind.FEED_REVOKED, StaffChangeKind.FEED_MADE, StaffChangeKind.ADDED]


def test_the_log_is_a_chain_that_its_own_role_cannot_write(office: Office, vault_database: str) -> None:
    """The database and Python compute the same links; an edited, a deleted and a cut-off line are found."""
    assert office.rename("Прва", seen=version_of(account_of(JELENA)))
    assert office.rename("Друга", seen=version_of(replace(account_of(JELENA), name="Прва")))
    whole = office.changes.verify()
    assert (whole.head.count, whole.findings) == (3, ())
    assert office.changes.verify(AccessHead(4, bytes(32))).findings == (AccessFinding(AccessFault.TRUNCATED, 4),)
    with psycopg.connect(vault_database) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute("DELETE FROM vault.staff_changes")
    with administrator(make_conninfo(vault_database, options="")) as owner:
        owner.execute("UPDATE vault.staff_changes SET actor = gen_random_uuid() WHERE position = 2")
    assert office.changes.verify().findings == (AccessFinding(AccessFault.ALTERED, 2),)
    with administrator(make_conninfo(vault_database, options="")) as owner:
        owner.execute("DELETE FROM vault.staff_changes WHERE position = 2")
    assert office.changes.verify().findings == (AccessFinding(AccessFault.MISSING, 2),)
