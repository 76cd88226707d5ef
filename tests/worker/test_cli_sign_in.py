"""How somebody signs in, on the command line: a link is printed once, and sessions are ended."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from tests.fix_engine import MILA
from tests.vault.authenticator import Authenticator
from tests.worker.test_cli import Shell, own_logs, shell
from vault.kek import load_kek
from vault.keys import Keys
from vault.sessions import Device, Proof
from worker.sign_in_vault import SignInVault, sign_in_vault, site_of

__all__ = ["own_logs", "shell"]

ADDRESS = "https://putokaz.example.org"


@contextmanager
def entrance(shell: Shell) -> Iterator[SignInVault]:
    """The parts of sign-in, as the pages have them."""
    with (
        closing(Keys(shell.bench.dsn, load_kek(Path(shell.environment["PUTOKAZ_KEK_FILE"])))) as keys,
        sign_in_vault(shell.bench.dsn, keys, site_of(ADDRESS)) as found,
    ):
        yield found


def test_a_link_is_printed_and_sessions_are_ended(shell: Shell) -> None:
    """By id or address of the person; the newest link alone opens, once, for 72 hours."""
    first = shell.json("staff", "invite", "Mila@example.org")
    said = shell.run("staff", "invite", str(MILA), PUTOKAZ_BASE_URL=ADDRESS)
    assert said.exit_code == 0, said.output
    address = said.stdout.splitlines()[0]
    assert address.startswith(f"{ADDRESS}/invitation/")
    now = datetime.now(UTC)
    assert abs(datetime.fromisoformat(first["expires_at"]) - now - timedelta(hours=72)) < timedelta(minutes=5)
    with entrance(shell) as parts:
        link = parts.invitations.redeem(address.rpartition("/")[2], now=now)
        device = Authenticator()
        asked = parts.passkeys.begin_registration(MILA, label="Mila", now=now)
        answer = device.register(asked.options, origin=ADDRESS)
        parts.passkeys.finish_registration(asked.token, answer, name="telefon", now=now)
        parts.invitations.complete(link.token, now=now)
        made = parts.sessions.begin(MILA, Device.COMPUTER, Proof.PASSKEY, now=now)
        assert shell.json("staff", "end-sessions", str(MILA)) == {"staff": str(MILA), "ended": 1}
        assert parts.sessions.seen(made.token, now=now) is None
        assert parts.accounts.get(MILA) is not None
    assert shell.run("staff", "invite", "nobody@example.org").exit_code == 2
    assert shell.run("staff", "invite", str(uuid4())).exit_code == 1
