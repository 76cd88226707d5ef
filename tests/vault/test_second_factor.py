"""Codes of a telephone: each once, within its time, and only from the telephone that was confirmed."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlparse

import psycopg
import pyotp
import pytest

from tests.vault.entrance import MILA, NOW, OGNJEN, Entrance, later
from vault.errors import RecordBroken, SignInRefused
from vault.refusals import SignInFault
from vault.second_factor import fitting_step

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = timedelta(seconds=30)


def refused(entrance: Entrance, code: str, now: datetime) -> SignInFault:
    with pytest.raises(SignInRefused) as error:
        entrance.generators.check(MILA, code, now=now)
    assert code not in f"{error.value!r}{error.value}"
    return error.value.fault


def test_codes_of_the_standard_fit() -> None:
    """RFC 6238, appendix B, the last six digits of its SHA-1 column."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")):
        at = datetime.fromtimestamp(seconds, NOW.tzinfo)
        assert fitting_step(secret, code, at) == seconds // 30


@pytest.mark.parametrize(("steps", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_counts_30_seconds_before_and_after(steps: int, fits: bool) -> None:
    """Clocks of telephones differ."""
    code = pyotp.TOTP(SECRET).at(NOW + steps * STEP)
    assert (fitting_step(SECRET, code, NOW) is not None) is fits


def test_blanks_and_other_digits_do_not_matter() -> None:
    """As programs show a code, and as some keyboards write it."""
    code = pyotp.TOTP(SECRET).at(NOW)
    wide = "".join(chr(0xFF10 + int(digit)) for digit in code)
    assert {fitting_step(SECRET, typed, NOW) for typed in (code, f" {code[:3]} {code[3:]}\n", wide)} == {
        fitting_step(SECRET, code, NOW)
    }
    assert fitting_step(SECRET, code, NOW) is not None


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "\ud800", "0" * 100_000])
def test_what_is_no_code_fits_nothing(code: str) -> None:
    """Whatever is typed."""
    assert fitting_step(SECRET, code, NOW) is None


def test_the_telephone_is_told_once_and_counts_when_confirmed(entrance: Entrance) -> None:
    """Until then nothing of it is accepted."""
    entrance.open_account()
    made = entrance.generators.begin(MILA, label="Mila", issuer="Putokaz", now=NOW)
    told = urlparse(made.uri)
    assert (told.scheme, told.netloc, parse_qs(told.query)["secret"]) == ("otpauth", "totp", [made.secret])
    assert made.secret not in repr(made)
    totp = pyotp.TOTP(made.secret)
    assert refused(entrance, totp.at(NOW), NOW) is SignInFault.WRONG
    with pytest.raises(SignInRefused) as error:
        entrance.generators.confirm(MILA, totp.at(NOW - 5 * STEP), now=NOW)
    assert error.value.fault is SignInFault.WRONG
    entrance.generators.confirm(MILA, totp.at(NOW), now=NOW)
    entrance.generators.check(MILA, totp.at(later(minutes=1)), now=later(minutes=1))


def test_each_code_is_accepted_once(entrance: Entrance) -> None:
    """Nor an older one after it; the one that confirmed is used up as well."""
    entrance.open_account()
    totp = entrance.add_generator()
    assert refused(entrance, totp.at(NOW), NOW) is SignInFault.USED
    entrance.generators.check(MILA, totp.at(NOW + STEP), now=NOW + STEP)
    assert refused(entrance, totp.at(NOW + STEP), NOW + STEP) is SignInFault.USED
    assert refused(entrance, totp.at(NOW), NOW + STEP) is SignInFault.USED
    entrance.generators.check(MILA, totp.at(NOW + 2 * STEP), now=NOW + STEP)
    assert refused(entrance, totp.at(NOW + STEP), NOW + STEP) is SignInFault.USED


def test_of_many_who_send_the_same_code_at_once_one_gets_in(entrance: Entrance) -> None:
    """Somebody looked over a shoulder and is as fast."""
    entrance.open_account()
    totp = entrance.add_generator()
    at = later(minutes=5)

    def sends(_: int) -> SignInFault | None:
        try:
            entrance.generators.check(MILA, totp.at(at), now=at)
        except SignInRefused as error:
            return error.fault
        return None

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(sends, range(8)))
    assert (answers.count(None), answers.count(SignInFault.USED)) == (1, 7)


def test_a_new_telephone_takes_the_place_of_the_old_when_it_is_confirmed(entrance: Entrance) -> None:
    """Until then the old one goes on; afterwards its secret is destroyed."""
    entrance.open_account()
    old = entrance.add_generator()
    forgotten = entrance.generators.begin(MILA, label="Mila", issuer="Putokaz", now=NOW)
    made = entrance.generators.begin(MILA, label="Mila", issuer="Putokaz", now=NOW)
    at = later(minutes=1)
    entrance.generators.check(MILA, old.at(at), now=at)
    with pytest.raises(SignInRefused):
        entrance.generators.confirm(MILA, pyotp.TOTP(forgotten.secret).at(at), now=at)
    entrance.generators.confirm(MILA, pyotp.TOTP(made.secret).at(at), now=at)
    at = later(minutes=2)
    assert refused(entrance, old.at(at), at) is SignInFault.WRONG
    entrance.generators.check(MILA, pyotp.TOTP(made.secret).at(at), now=at)
    assert len(entrance.ledger.keys()) == 2


def test_removed_it_counts_no_more(entrance: Entrance) -> None:
    """Once."""
    entrance.open_account()
    totp = entrance.add_generator()
    assert entrance.generators.remove(MILA)
    assert not entrance.generators.remove(MILA)
    assert refused(entrance, totp.at(later(minutes=1)), later(minutes=1)) is SignInFault.WRONG


def test_a_secret_that_was_moved_to_another_person_does_not_open(entrance: Entrance) -> None:
    """The role may not even do that; whoever owns the database may."""
    for staff in (MILA, OGNJEN):
        entrance.open_account(staff)
        entrance.add_generator(staff)
    with psycopg.connect(entrance.dsn, autocommit=True) as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("UPDATE vault.code_generators SET sealed = sealed")
        row = connection.execute("SELECT key_id, sealed FROM vault.code_generators WHERE staff = %s", (OGNJEN,))
        key_id, sealed = row.fetchone() or (None, None)
        connection.execute("DELETE FROM vault.code_generators WHERE staff = %s", (MILA,))
        connection.execute(
            "INSERT INTO vault.code_generators (id, staff, key_id, sealed, added_at, confirmed_at)"
            " VALUES (gen_random_uuid(), %s, %s, %s, now(), now())",
            (MILA, key_id, sealed),
        )
    with pytest.raises(RecordBroken):
        entrance.generators.check(MILA, "123456", now=NOW)


def test_without_an_account_there_is_no_telephone(entrance: Entrance) -> None:
    """An id that has none."""
    with pytest.raises(SignInRefused) as error:
        entrance.generators.begin(MILA, label="Mila", issuer="Putokaz", now=NOW)
    assert error.value.fault is SignInFault.NO_ACCOUNT
