"""Passwords: opened by the right one, equally slow for a name that nobody has, a few at a time."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from threading import Lock
from typing import Literal
from uuid import uuid4

import psycopg
import pytest
from argon2 import PasswordHasher, Type, extract_parameters

from tests.vault.entrance import CHEAP, MILA, NOW, OGNJEN, PASSPHRASE, Entrance
from vault.errors import PasswordRefused, RecordBroken, SignInRefused
from vault.passwords import AT_ONCE, Passwords, nobodys
from vault.refusals import SignInFault


class Watched(PasswordHasher):
    """Counts what it does, and how many do it at once."""

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)
        self.compared: list[str] = []
        self.most = self._now = 0
        self._seconds, self._lock = seconds, Lock()

    def verify(self, hash: str | bytes, password: str | bytes) -> Literal[True]:
        with self._lock:
            self._now += 1
            self.most = max(self.most, self._now)
            self.compared.append(str(hash))
        try:
            time.sleep(self._seconds)
            return super().verify(hash, password)
        finally:
            with self._lock:
                self._now -= 1


def wrong(passwords: Passwords, password: str) -> SignInFault:
    """Why this is not Mila's."""
    with pytest.raises(SignInRefused) as refused:
        passwords.check(MILA, password)
    assert not password or password not in f"{refused.value!r}{refused.value}"
    return refused.value.fault


def test_the_password_opens_and_no_other_does(entrance: Entrance) -> None:
    """However a keyboard writes it; to somebody else nothing."""
    entrance.open_account()
    entrance.passwords.choose(MILA, "šljive i kruške", now=NOW)
    entrance.passwords.check(MILA, "s\u030cljive i krus\u030cke")
    for other in ("šljive i kruška", "Šljive i kruške", "šljive i kruške ", "", "\ud800" * 9, "x" * 200):
        assert wrong(entrance.passwords, other) is SignInFault.WRONG
    with pytest.raises(SignInRefused):
        entrance.passwords.check(OGNJEN, "šljive i kruške")


def test_a_name_that_nobody_has_takes_the_same_work(entrance: Entrance) -> None:
    """One comparison at the same cost: for no name, an account without a password, and a wrong one."""
    entrance.open_account()
    entrance.passwords.choose(MILA, PASSPHRASE, now=NOW)
    hasher = Watched()
    with closing(Passwords(entrance.dsn, entrance.keys, hasher=hasher)) as passwords:
        for staff in (None, OGNJEN, uuid4(), MILA):
            with pytest.raises(SignInRefused):
                passwords.check(staff, "nije to")
    assert len(hasher.compared) == 4
    assert len({str(extract_parameters(each)) for each in hasher.compared}) == 1


def test_what_nobody_has_is_compared_at_the_full_cost() -> None:
    """The real parameters: Argon2id with 64 MiB, and no password fits."""
    hasher = PasswordHasher()
    assert extract_parameters(nobodys(hasher)) == extract_parameters(hasher.hash(b"x"))
    assert (hasher.type, hasher.memory_cost) == (Type.ID, 65_536)
    assert nobodys(hasher) != nobodys(hasher)


def test_a_few_at_a_time_in_one_process(entrance: Entrance) -> None:
    """Each takes 64 MiB: the others wait for their turn, and all of them get it."""
    entrance.open_account()
    entrance.passwords.choose(MILA, PASSPHRASE, now=NOW)
    hasher = Watched(seconds=0.05)
    with (
        closing(Passwords(entrance.dsn, entrance.keys, hasher=hasher, size=8)) as passwords,
        ThreadPoolExecutor(8) as threads,
    ):
        list(threads.map(lambda _: passwords.check(MILA, PASSPHRASE), range(8)))
    assert (len(hasher.compared), hasher.most) == (8, AT_ONCE)


def test_raised_parameters_store_it_anew(entrance: Entrance) -> None:
    """With the next right password; a wrong one changes nothing."""
    entrance.open_account()
    entrance.passwords.choose(MILA, PASSPHRASE, now=NOW)
    before = sealed(entrance)
    dearer = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    with closing(Passwords(entrance.dsn, entrance.keys, hasher=dearer)) as passwords:
        with pytest.raises(SignInRefused):
            passwords.check(MILA, "nije to")
        assert sealed(entrance) == before
        passwords.check(MILA, PASSPHRASE)
        after = sealed(entrance)
        assert after != before
        passwords.check(MILA, PASSPHRASE)
        assert sealed(entrance) == after
    with closing(Passwords(entrance.dsn, entrance.keys, hasher=CHEAP)) as passwords:
        passwords.check(MILA, PASSPHRASE)


def sealed(entrance: Entrance) -> bytes:
    with psycopg.connect(entrance.dsn) as connection:
        row = connection.execute("SELECT sealed FROM vault.passwords").fetchone()
    assert row is not None
    return bytes(row[0])


def test_a_new_password_takes_the_old_one_out_of_backups_too(entrance: Entrance) -> None:
    """The row as a backup would bring it back opens nothing: its key is in the ledger."""
    entrance.open_account()
    entrance.passwords.choose(MILA, PASSPHRASE, now=NOW)
    with psycopg.connect(entrance.dsn, autocommit=True) as connection:
        old = connection.execute("SELECT key_id, sealed FROM vault.passwords").fetchone()
        entrance.passwords.choose(MILA, "četiri žuta miša", now=NOW)
        assert old is not None
        assert entrance.ledger.keys() >= {old[0]}
        entrance.passwords.check(MILA, "četiri žuta miša")
        connection.execute("UPDATE vault.passwords SET key_id = %s, sealed = %s", old)
    for password in (PASSPHRASE, "četiri žuta miša"):
        assert wrong(entrance.passwords, password) is SignInFault.WRONG


def test_a_password_that_was_moved_to_another_person_does_not_open(entrance: Entrance) -> None:
    """Nobody signs in as somebody else by an UPDATE."""
    for staff in (MILA, OGNJEN):
        entrance.open_account(staff)
        entrance.passwords.choose(staff, PASSPHRASE, now=NOW)
    with psycopg.connect(entrance.dsn) as connection:
        connection.execute(
            "UPDATE vault.passwords AS p SET key_id = o.key_id, sealed = o.sealed FROM vault.passwords AS o"
            " WHERE p.staff = %s AND o.staff = %s",
            (MILA, OGNJEN),
        )
    with pytest.raises(RecordBroken):
        entrance.passwords.check(MILA, PASSPHRASE)


def test_a_removed_password_is_none(entrance: Entrance) -> None:
    """Once."""
    entrance.open_account()
    entrance.passwords.choose(MILA, PASSPHRASE, now=NOW)
    assert entrance.passwords.remove(MILA)
    assert not entrance.passwords.remove(MILA)
    assert wrong(entrance.passwords, PASSPHRASE) is SignInFault.WRONG


def test_without_an_account_nobody_chooses_one(entrance: Entrance) -> None:
    """And a bad one is refused before anything is touched."""
    with pytest.raises(SignInRefused) as refused:
        entrance.passwords.choose(MILA, PASSPHRASE, now=NOW)
    assert refused.value.fault is SignInFault.NO_ACCOUNT
    entrance.open_account()
    entrance.passwords.choose(MILA, PASSPHRASE, now=NOW)
    with pytest.raises(PasswordRefused):
        entrance.passwords.choose(MILA, "mila1990", own=("Mila",), now=NOW)
    entrance.passwords.check(MILA, PASSPHRASE)
