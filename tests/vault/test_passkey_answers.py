"""What a browser answers about passkeys: only what our site asked, the person verified, and newer than the last."""

from __future__ import annotations

import json
import os
from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256

import pytest

from tests.vault.authenticator import DOMAIN, ORIGIN, Authenticator
from vault.errors import SignInRefused
from vault.passkey_answers import (
    Credential,
    Site,
    options_to_register,
    options_to_sign_in,
    read_assertion,
    registered,
)
from vault.refusals import SignInFault

SITE = Site(DOMAIN, "Putokaz", (ORIGIN, f"{ORIGIN}:8443"))
CHALLENGE = b"\x01" * 32
HANDLE = sha256(b"somebody").digest()
ANOTHER = urlsafe_b64encode(b"\x02" * 32).decode().rstrip("=")


def made(device: Authenticator) -> Credential:
    """A passkey of this device."""
    return registered(SITE, CHALLENGE, device.register(options_to_register(SITE, CHALLENGE, HANDLE, "Mila", [])))


def proven(answer: str, known: Credential) -> int:
    return read_assertion(answer).proven(SITE, CHALLENGE, known)


def refused(answer: str, known: Credential) -> SignInFault:
    with pytest.raises(SignInRefused) as error:
        proven(answer, known)
    return error.value.fault


def test_the_person_is_asked_for_and_no_passkey_is_named() -> None:
    """Verification is required, the passkey found by the device, and who has one is told to nobody."""
    register = json.loads(options_to_register(SITE, CHALLENGE, HANDLE, "Mila", [b"\x07" * 16]))
    assert register["authenticatorSelection"]["userVerification"] == "required"
    assert register["authenticatorSelection"]["residentKey"] == "required"
    assert register["attestation"] == "none"
    assert len(register["excludeCredentials"]) == 1
    sign_in = json.loads(options_to_sign_in(SITE, CHALLENGE))
    assert (sign_in["userVerification"], sign_in["allowCredentials"], sign_in["rpId"]) == ("required", [], DOMAIN)


def test_a_passkey_signs_in_and_its_counter_comes_back() -> None:
    """From each of our origins; one that never counts as well."""
    device = Authenticator()
    known, options = made(device), options_to_sign_in(SITE, CHALLENGE)
    assert known.id == device.credential
    assert proven(device.sign(options), known) == 1
    assert proven(device.sign(options, origin=f"{ORIGIN}:8443"), known) == 2
    silent = Authenticator(counts=False)
    known = made(silent)
    assert [proven(silent.sign(options), known) for _ in range(2)] == [0, 0]


def test_a_person_who_was_not_verified_is_refused() -> None:
    """The control is the same device, which asks for the PIN."""
    device = Authenticator()
    known, options = made(device), options_to_sign_in(SITE, CHALLENGE)
    assert refused(device.sign(options, verifies=False), known) is SignInFault.USER_NOT_VERIFIED
    assert proven(device.sign(options), known)


@pytest.mark.parametrize(
    "origin",
    ["https://putokaz.example.com", "http://putokaz.example.org", "https://a.putokaz.example.org", f"{ORIGIN}:444", ""],
)
def test_an_answer_from_another_site_is_refused(origin: str) -> None:
    """Somebody was lured there."""
    device = Authenticator()
    known, options = made(device), options_to_sign_in(SITE, CHALLENGE)
    assert refused(device.sign(options, origin=origin), known) is SignInFault.FOREIGN_ORIGIN


def test_our_page_within_another_is_refused() -> None:
    """The browser says that it was framed."""
    device = Authenticator()
    known, options = made(device), options_to_sign_in(SITE, CHALLENGE)
    assert refused(device.sign(options, crossOrigin=True), known) is SignInFault.FOREIGN_ORIGIN
    assert proven(device.sign(options, crossOrigin=False), known)


def test_an_answer_to_another_challenge_is_refused() -> None:
    """One that was overheard, or made in store."""
    device = Authenticator()
    known, options = made(device), options_to_sign_in(SITE, CHALLENGE)
    assert refused(device.sign(options, challenge=ANOTHER), known) is SignInFault.OTHER_CHALLENGE


def test_a_counter_that_ran_back_is_refused() -> None:
    """A copy of the key has signed meanwhile; standing still is running back."""
    device = Authenticator()
    known, options = made(device), options_to_sign_in(SITE, CHALLENGE)
    newer = Credential(known.id, known.public_key, counter=5)
    assert refused(device.sign(options), newer) is SignInFault.COUNTER_RAN_BACK
    device.counter = 4
    assert refused(device.sign(options), newer) is SignInFault.COUNTER_RAN_BACK
    assert proven(device.sign(options), newer) == 6
    silent = Authenticator(counts=False)
    silent.key = device.key
    assert refused(silent.sign(options), newer) is SignInFault.COUNTER_RAN_BACK


def test_another_key_another_domain_and_a_changed_answer_prove_nothing() -> None:
    """The signature is over all of it."""
    device, other = Authenticator(), Authenticator()
    known, options = made(device), options_to_sign_in(SITE, CHALLENGE)
    other.credential = device.credential
    assert refused(other.sign(options), known) is SignInFault.NOT_PROVEN
    foreign = Authenticator(domain="example.com", key=device.key, credential=device.credential)
    assert refused(foreign.sign(options), known) is SignInFault.NOT_PROVEN
    answer = json.loads(device.sign(options))
    answer["response"]["signature"] = json.loads(device.sign(options))["response"]["signature"]
    assert refused(json.dumps(answer), known) is SignInFault.NOT_PROVEN


@pytest.mark.parametrize("answer", ["", "null", "{}", "[1]", '{"id": "a"}', "\ud800", "x" * 70_000, '{"id":' * 5_000])
def test_what_is_no_answer_is_refused_in_words_of_ours(answer: str) -> None:
    """Whatever the library stumbles over."""
    for read in (lambda: read_assertion(answer), lambda: registered(SITE, CHALLENGE, answer)):
        with pytest.raises(SignInRefused) as error:
            read()
        assert error.value.fault is SignInFault.UNREADABLE


@pytest.mark.parametrize(
    ("register", "fault"),
    [
        (lambda options: Authenticator().register(options, verifies=False), SignInFault.USER_NOT_VERIFIED),
        (lambda options: Authenticator().register(options, origin="https://example.com"), SignInFault.FOREIGN_ORIGIN),
        (lambda options: Authenticator().register(options, challenge=ANOTHER), SignInFault.OTHER_CHALLENGE),
        (lambda options: Authenticator(domain="example.com").register(options), SignInFault.NOT_PROVEN),
    ],
)
def test_a_registration_is_held_to_the_same(register: Callable[[str], str], fault: SignInFault) -> None:
    """The first passkey is where an attacker would begin."""
    options = options_to_register(SITE, CHALLENGE, HANDLE, "Mila", [])
    with pytest.raises(SignInRefused) as error:
        registered(SITE, CHALLENGE, register(options))
    assert error.value.fault is fault


def test_bytes_at_random_in_an_answer_never_prove_anything() -> None:
    """Each part replaced in turn by noise. Of 37 bytes some read as a device that verified nobody: refused as that."""
    refusals = {SignInFault.UNREADABLE, SignInFault.NOT_PROVEN, SignInFault.USER_NOT_VERIFIED}
    device = Authenticator()
    known, options = made(device), options_to_sign_in(SITE, CHALLENGE)
    whole = json.loads(device.sign(options))
    assert proven(json.dumps(whole), known)
    for part in ("clientDataJSON", "authenticatorData", "signature"):
        for length in (0, 1, 37, 64, 300):
            noise = urlsafe_b64encode(os.urandom(length)).decode().rstrip("=")
            broken = {**whole, "response": {**whole["response"], part: noise}}
            assert refused(json.dumps(broken), known) in refusals
