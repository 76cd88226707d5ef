"""A letter goes again, or it is said what is missing: also where the settings are given by half."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast
from uuid import UUID, uuid4

import pytest

from staff.ports import LetterRefused
from worker import resending
from worker.mailing import deliverer, text_gateway
from worker.parts import Parts
from worker.resending import StaffLetters
from worker.settings import Settings, SettingsInvalid, read_settings

NEEDED = {
    "DATABASE_URL": "postgresql://nowhere",
    "VAULT_DATABASE_URL": "postgresql://nowhere",
    "PUTOKAZ_KEK_FILE": "kek",
    "PUTOKAZ_KEYRING_FILE": "keyring.json",
}
URL, TOKEN = {"PUTOKAZ_SMS_URL": "https://sms.example.org/"}, {"PUTOKAZ_SMS_TOKEN": "t"}
MAIL = {"PUTOKAZ_SMTP_HOST": "127.0.0.1"}
PARTS = cast(Parts, SimpleNamespace(log=None, directory=None))


def settings(*given: dict[str, str]) -> Settings:
    """What a process reads where these are set."""
    found = dict(NEEDED)
    for each in given:
        found |= each
    return read_settings(found)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> UUID:
    """A message that a stream asked for."""
    message = uuid4()
    entry = SimpleNamespace(message=message, version=1)
    monkeypatch.setattr(resending, "postbook", lambda log, stream: [entry])
    return message


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ([MAIL, URL], "PUTOKAZ_SMS_TOKEN is missing: set it, or take PUTOKAZ_SMS_URL away"),
        ([MAIL, TOKEN], "PUTOKAZ_SMS_URL is missing: set it, or take PUTOKAZ_SMS_TOKEN away"),
        ([], "no mail server is configured: set PUTOKAZ_SMTP_HOST"),
    ],
)
async def test_what_is_missing_is_said_and_nothing_is_sent(asked: UUID, given: list[dict[str, str]], says: str) -> None:
    """As a refusal that a caller can read, and no fault of ours."""
    letters = StaffLetters(cast(Any, None), lambda: deliverer(settings(*given), PARTS))
    with pytest.raises(LetterRefused) as refused:
        await letters.resend("journey-x", asked)
    assert str(refused.value) == says


def test_a_gateway_is_there_with_both_halves_or_not_at_all(tmp_path: Path) -> None:
    """An empty file of a secret is none."""
    empty = tmp_path / "sms_token"
    empty.write_text("")
    assert text_gateway(settings(URL, TOKEN)) is not None
    assert text_gateway(settings({"PUTOKAZ_SMS_TOKEN_FILE": str(empty)})) is None
    with pytest.raises(SettingsInvalid, match="PUTOKAZ_SMS_TOKEN is missing"):
        text_gateway(settings(URL, {"PUTOKAZ_SMS_TOKEN_FILE": str(empty)}))
