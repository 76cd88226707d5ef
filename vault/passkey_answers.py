"""What is asked of a browser about passkeys (WebAuthn level 3), and whether its answer holds: no database, no clock.

The checks are py_webauthn's. Those that somebody should hear of by name are looked at before, so that a fault says
which it was. User verification is always required, which is not that library's default: a passkey stands for two
factors only if the device asked for finger, face or PIN.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    parse_attestation_object,
    parse_authentication_credential_json,
    parse_authenticator_data,
    parse_client_data_json,
    parse_registration_credential_json,
)
from webauthn.helpers.structs import (
    AuthenticationCredential,
    AuthenticatorData,
    AuthenticatorSelectionCriteria,
    CollectedClientData,
    PublicKeyCredentialDescriptor,
    RegistrationCredential,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from vault.errors import SignInRefused
from vault.refusals import SignInFault

TIME_TO_ANSWER = 300
"""Seconds: what the browser is told, and how long a challenge is kept."""
_LONGEST = 65_536


@dataclass(frozen=True, slots=True)
class Site:
    """Where passkeys are good: the domain, its name as devices show it, and the origins of our pages (`https://…`)."""

    domain: str
    name: str
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Credential:
    """What a new passkey signs with. `counter`: how often it says that it has signed; many say 0 always."""

    id: bytes
    public_key: bytes
    counter: int


@dataclass(frozen=True, slots=True, repr=False)
class Assertion:
    """An answer to `options_to_sign_in`, read and not yet believed. `handle`: whose it says that it is."""

    credential_id: bytes
    handle: bytes | None
    _answer: AuthenticationCredential
    _client: CollectedClientData
    _device: AuthenticatorData

    def proven(self, site: Site, challenge: bytes, known: Credential) -> int:
        """Its counter, once everything holds against what is known. Raises `SignInRefused`."""
        _require(site, challenge, self._client, self._device)
        counter = self._device.sign_count
        if (counter or known.counter) and counter <= known.counter:
            raise SignInRefused(SignInFault.COUNTER_RAN_BACK)
        try:
            verified = verify_authentication_response(
                credential=self._answer,
                expected_challenge=challenge,
                expected_rp_id=site.domain,
                expected_origin=list(site.origins),
                credential_public_key=known.public_key,
                credential_current_sign_count=known.counter,
                require_user_verification=True,
            )
        except Exception:  # whatever the library finds, or stumbles over, is no proof
            raise SignInRefused(SignInFault.NOT_PROVEN) from None
        return verified.new_sign_count


def options_to_register(site: Site, challenge: bytes, handle: bytes, label: str, known: Sequence[bytes]) -> str:
    """JSON for `navigator.credentials.create()`. `label`: what the device shows; `known`: not the same device again."""
    options = generate_registration_options(
        rp_id=site.domain,
        rp_name=site.name,
        user_id=handle,
        user_name=label,
        challenge=challenge,
        timeout=TIME_TO_ANSWER * 1000,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,  # nobody types a name to sign in
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=each) for each in known],
    )
    return options_to_json(options)


def options_to_sign_in(site: Site, challenge: bytes) -> str:
    """JSON for `navigator.credentials.get()`. It names no passkeys: so nobody learns who has an account."""
    options = generate_authentication_options(
        rp_id=site.domain,
        challenge=challenge,
        timeout=TIME_TO_ANSWER * 1000,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json(options)


def registered(site: Site, challenge: bytes, answer: str) -> Credential:
    """The passkey that a browser made. Raises `SignInRefused`."""
    parsed, client, device = _read_registration(answer)
    _require(site, challenge, client, device)
    try:
        verified = verify_registration_response(
            credential=parsed,
            expected_challenge=challenge,
            expected_rp_id=site.domain,
            expected_origin=list(site.origins),
            require_user_verification=True,
        )
    except Exception:  # as above
        raise SignInRefused(SignInFault.NOT_PROVEN) from None
    return Credential(verified.credential_id, verified.credential_public_key, verified.sign_count)


def read_assertion(answer: str) -> Assertion:
    """What a browser sent back. Raises `SignInRefused` for what is no answer."""
    _require_short(answer)
    try:
        parsed = parse_authentication_credential_json(answer)
        client = parse_client_data_json(parsed.response.client_data_json)
        device = parse_authenticator_data(parsed.response.authenticator_data)
    except Exception:  # the library lets through whatever its own parsing raises
        raise SignInRefused(SignInFault.UNREADABLE) from None
    return Assertion(parsed.raw_id, parsed.response.user_handle, parsed, client, device)


def _read_registration(answer: str) -> tuple[RegistrationCredential, CollectedClientData, AuthenticatorData]:
    _require_short(answer)
    try:
        parsed = parse_registration_credential_json(answer)
        client = parse_client_data_json(parsed.response.client_data_json)
        device = parse_attestation_object(parsed.response.attestation_object).auth_data
    except Exception:  # as above
        raise SignInRefused(SignInFault.UNREADABLE) from None
    return parsed, client, device


def _require(site: Site, challenge: bytes, client: CollectedClientData, device: AuthenticatorData) -> None:
    if client.origin not in site.origins or client.cross_origin:  # cross: our page in a frame of another's
        raise SignInRefused(SignInFault.FOREIGN_ORIGIN)
    if client.challenge != challenge:
        raise SignInRefused(SignInFault.OTHER_CHALLENGE)
    if not device.flags.uv:
        raise SignInRefused(SignInFault.USER_NOT_VERIFIED)


def _require_short(answer: str) -> None:
    if len(answer) > _LONGEST:
        raise SignInRefused(SignInFault.UNREADABLE)
