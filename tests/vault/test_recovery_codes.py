"""Recovery codes: ten on paper, each good once, and the last set only."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from tests.vault.entrance import MILA, NOW, OGNJEN, Entrance, later
from vault.errors import SignInRefused
from vault.recovery_codes import CODES, normal
from vault.refusals import SignInFault


def refused(entrance: Entrance, code: str) -> SignInFault:
    with pytest.raises(SignInRefused) as error:
        entrance.recovery.use(MILA, code, now=NOW)
    assert not code or code not in f"{error.value!r}{error.value}"
    return error.value.fault


def test_ten_codes_of_120_bits_each_good_once(entrance: Entrance) -> None:
    """In any order."""
    entrance.open_account()
    codes = entrance.recovery.issue(MILA)
    assert len(set(codes)) == CODES == entrance.recovery.left(MILA)
    assert all(re.fullmatch(r"([0-9A-HJKMNP-TV-Z]{6}-){3}[0-9A-HJKMNP-TV-Z]{6}", code) for code in codes)
    entrance.recovery.use(MILA, codes[3], now=NOW)
    assert refused(entrance, codes[3]) is SignInFault.USED
    entrance.recovery.use(MILA, codes[0], now=later(days=300))
    assert entrance.recovery.left(MILA) == CODES - 2


def test_how_it_is_typed_does_not_matter() -> None:
    """O is 0, I and L are 1: the alphabet has neither."""
    assert normal("o1il-abcdef ghjkmn") == normal("0111ABCDEFGHJKMN")


@pytest.mark.parametrize("code", ["", "x", "\ud800", "000000-000000-000000-000000", "0" * 10_000])
def test_what_is_no_code_is_wrong(entrance: Entrance, code: str) -> None:
    """Whatever is typed."""
    entrance.open_account()
    entrance.recovery.issue(MILA)
    assert refused(entrance, code) is SignInFault.WRONG


def test_new_ones_take_the_place_of_the_old(entrance: Entrance) -> None:
    """And are nobody else's."""
    for staff in (MILA, OGNJEN):
        entrance.open_account(staff)
    old, theirs = entrance.recovery.issue(MILA), entrance.recovery.issue(OGNJEN)
    new = entrance.recovery.issue(MILA)
    assert refused(entrance, old[0]) is SignInFault.WRONG
    assert refused(entrance, theirs[0]) is SignInFault.WRONG
    entrance.recovery.use(MILA, new[0], now=NOW)
    assert (entrance.recovery.left(MILA), entrance.recovery.left(OGNJEN)) == (CODES - 1, CODES)


def test_of_many_who_send_the_same_code_at_once_one_gets_in(entrance: Entrance) -> None:
    """The others hear that it is used."""
    entrance.open_account()
    code = entrance.recovery.issue(MILA)[0]

    def sends(_: int) -> SignInFault | None:
        try:
            entrance.recovery.use(MILA, code, now=NOW)
        except SignInRefused as error:
            return error.fault
        return None

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(sends, range(8)))
    assert (answers.count(None), answers.count(SignInFault.USED)) == (1, 7)


def test_the_table_has_keyed_hashes_only(entrance: Entrance) -> None:
    """No digest that anybody could make without the key."""
    entrance.open_account()
    codes = entrance.recovery.issue(MILA)
    with psycopg.connect(entrance.dsn) as connection:
        rows = {bytes(row[0]) for row in connection.execute("SELECT hash FROM vault.recovery_codes")}
    expected = {entrance.recovery._hash(MILA, code) for code in codes}
    assert rows == expected
    assert not rows & {entrance.recovery._hash(OGNJEN, code) for code in codes}


def test_without_an_account_there_are_none(entrance: Entrance) -> None:
    """An id that has none."""
    with pytest.raises(SignInRefused) as error:
        entrance.recovery.issue(MILA)
    assert error.value.fault is SignInFault.NO_ACCOUNT
    assert entrance.recovery.left(MILA) == 0
