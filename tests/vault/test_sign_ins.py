"""The sign-in record: written by its function alone, found out where it was touched, and what it owes by letter."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from vault.access_chain import GENESIS, AccessFault, AccessFinding
from vault.sessions import Device, Proof
from vault.sign_in_chain import SignInRow, link, verified
from vault.sign_in_letters import SignInLetters
from vault.sign_ins import SYSTEM, SignInAct, SignIns

MILA, VERA = uuid4(), uuid4()


@pytest.fixture
def record(vault_database: str) -> Iterator[SignIns]:
    """An empty one."""
    with closing(SignIns(vault_database)) as record:
        yield record


def test_a_line_says_who_when_by_what_and_at_which_kind_of_device(record: SignIns) -> None:
    """The newest first, of this person alone; the chain of all of them holds."""
    session = uuid4()
    record.note(MILA, SignInAct.SIGNED_IN, proof=Proof.PASSKEY, device=Device.PHONE, session=session)
    record.note(VERA, SignInAct.CODE_REFUSED, device=Device.COMPUTER)
    record.note(MILA, SignInAct.ALL_ENDED, actor=SYSTEM)
    first = record.of(MILA)
    ended, begun = first.lines
    assert (first.total, first.next) == (2, None)
    assert (begun.act, begun.proof, begun.device) == (SignInAct.SIGNED_IN, Proof.PASSKEY, Device.PHONE)
    assert (begun.actor, begun.session, begun.position) == (MILA, session, 1)
    assert (ended.act, ended.actor, ended.proof) == (SignInAct.ALL_ENDED, SYSTEM, None)
    assert record.of(MILA, before=ended.position).lines == (begun,)
    assert record.of(MILA, most=1).next == ended.position
    whole = record.verify()
    assert (whole.findings, whole.head.count) == ((), 3)


def test_nobody_writes_over_it(record: SignIns, vault_database: str) -> None:
    """The role of the vault may neither alter nor delete a row."""
    record.note(MILA, SignInAct.SIGNED_IN, proof=Proof.CODE, device=Device.TABLET, session=uuid4())
    with psycopg.connect(vault_database, autocommit=True) as role:
        for touched in ("UPDATE vault.sign_ins SET staff = actor", "DELETE FROM vault.sign_ins"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                role.execute(touched)


@pytest.mark.parametrize("column", ["actor", "act", "proof", "device", "session", "staff"])
def test_each_column_is_in_the_chain(column: str) -> None:
    """Edited in a copy, the row is found."""
    row = SignInRow(1, datetime(2026, 11, 30, tzinfo=UTC), MILA, MILA, "signed-in", "code", "phone", uuid4(), b"")
    row = row._replace(chain=link(GENESIS, row))
    assert verified([row]).findings == ()
    other: Any = uuid4() if column in {"actor", "session", "staff"} else None if column != "act" else "paused"
    assert verified([row._replace(**{column: other})]).findings == (AccessFinding(AccessFault.ALTERED, 1),)


def test_a_pause_is_written_once_an_hour(record: SignIns) -> None:
    """Of one person: whoever knocks on and on fills nothing."""
    for who in (MILA, MILA, VERA, MILA):
        record.note(who, SignInAct.PAUSED)
    assert [line.act for line in record.of(MILA).lines] == [SignInAct.PAUSED]
    assert record.of(VERA).total == 1


def test_a_change_owes_a_letter_until_it_is_told(record: SignIns, vault_database: str) -> None:
    """Signing in owes none. Whoever claims one has it for a while, so that two workers do not tell it twice."""
    record.note(MILA, SignInAct.SIGNED_IN, proof=Proof.CODE, device=Device.PHONE, session=uuid4())
    record.note(MILA, SignInAct.PASSKEY_ADDED)
    record.note(VERA, SignInAct.CODES_ISSUED)
    with closing(SignInLetters(vault_database)) as letters:
        claimed = letters.claim()
        assert [(owed.position, owed.staff) for owed in claimed] == [(2, MILA), (3, VERA)]
        assert letters.claim() == []
        letters.told([2])
        assert [owed.position for owed in letters.claim(pause=timedelta())] == [3]
