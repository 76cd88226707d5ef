"""Whoever's way to sign in was changed is told by letter: once, in neutral words, and also after mail was away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, closing
from datetime import timedelta

import pytest

from tests.fix_mail import MailSink
from tests.vault.conftest import KEK
from vault.keys import Keys
from vault.sign_in_letters import SignInLetters
from vault.sign_ins import SignInAct, SignIns
from vault.staff import StaffDirectory
from worker.demo.staff import MILA, VERA
from worker.sign_in_letters import SignInPost

LINK = "https://putokaz.example.org/me#sign-ins"


@pytest.fixture
def vault(vault_database: str) -> Iterator[tuple[SignIns, SignInLetters, StaffDirectory]]:
    """Two people, and nothing that happened yet."""
    with ExitStack() as stack:
        keys = stack.enter_context(closing(Keys(vault_database, KEK)))
        directory = stack.enter_context(closing(StaffDirectory(vault_database, keys)))
        for member in (MILA, VERA):
            directory.put(member)
        record = stack.enter_context(closing(SignIns(vault_database)))
        yield record, stack.enter_context(closing(SignInLetters(vault_database))), directory


async def test_a_new_passkey_is_told_once_in_neutral_words(
    vault: tuple[SignIns, SignInLetters, StaffDirectory], mail_sink: MailSink
) -> None:
    """Several changes are one letter; signing in is none. It says when and where to look, and nothing else."""
    record, letters, directory = vault
    record.note(MILA.id, SignInAct.SIGNED_IN)
    record.note(MILA.id, SignInAct.CODES_ISSUED)
    record.note(MILA.id, SignInAct.PASSKEY_ADDED)
    post = SignInPost(letters, directory, mail_sink.postbox, LINK)
    assert await post.send_owed() == 1
    assert await post.send_owed() == 0
    (mail,) = mail_sink.mails
    assert str(mail["To"]) == MILA.email
    body = mail.get_body(("plain",))
    assert body is not None
    said = str(body.get_content())
    assert LINK in said
    assert not re.search("passkey|ključ|кључ|code|kod|код|astra", f"{mail['Subject']} {said}".lower())


async def test_what_mail_did_not_take_is_told_later(
    vault: tuple[SignIns, SignInLetters, StaffDirectory], mail_sink: MailSink
) -> None:
    """A server that is away, a full mailbox: owed on. An address that is none ends it."""
    record, letters, directory = vault
    record.note(VERA.id, SignInAct.TELEPHONE_SET)
    mail_sink.go_away()
    assert await SignInPost(letters, directory, mail_sink.postbox, LINK).send_owed() == 0
    mail_sink.come_back()
    assert letters.claim() == [], "it was tried a moment ago"
    mail_sink.full.add(VERA.email)
    assert await _again(letters, directory, mail_sink) == 0
    mail_sink.full.clear()
    assert await _again(letters, directory, mail_sink) == 1
    assert mail_sink.to == [VERA.email]
    record.note(VERA.id, SignInAct.TELEPHONE_SET)
    mail_sink.wrong.add(VERA.email)
    assert await _again(letters, directory, mail_sink) == 0
    assert letters.claim(pause=timedelta()) == []


async def _again(letters: SignInLetters, directory: StaffDirectory, mail_sink: MailSink) -> int:
    return await SignInPost(letters, directory, mail_sink.postbox, LINK, again=timedelta()).send_owed()
