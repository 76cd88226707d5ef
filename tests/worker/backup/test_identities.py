"""Identities and their access log across a restore: who was erased since the backup is found by nobody."""

from __future__ import annotations

from uuid import uuid4

from domain.journey.naming import journey_code
from domain.journey.state import journey_stream
from tests.fix_engine import MILA
from tests.worker.backup.place import Installation
from vault.access_chain import AccessFault, AccessFinding
from vault.access_log import AccessLog
from vault.accesses import RevealPurpose
from vault.identities import Identities
from vault.identity import Identity, IdentityField, Name, NameUse
from vault.roll import SearchBy
from vault.searching import Searching

NAMES = frozenset({IdentityField.NAMES})


def test_identities_come_back_without_those_erased_since(installation: Installation, elsewhere: Installation) -> None:
    """The log of accesses is whole; what was logged after the backup is lost, which the head that was noted shows."""
    installation.opened(1)
    gone, kept = (Identity(uuid4(), names=(Name("Мила", NameUse.GIVEN),)) for _ in range(2))
    with installation.keys() as keys:
        identities, log = Identities(installation.settings.vault, keys), AccessLog(installation.settings.vault, keys)
        for identity in (gone, kept):
            identities.put(identity, actor=MILA)
        identities.reveal(MILA, gone.journey, NAMES, RevealPurpose.OTHER, "Treba za sud")
        installation.take()
        identities.reveal(MILA, gone.journey, NAMES, RevealPurpose.IDENTIFY)
        noted = log.verify().head
        keys.destroy(journey_stream(gone.journey))
        identities.close()
        log.close()
    assert elsewhere.restored().loaded.shredded == 1
    vault = elsewhere.settings.vault
    with elsewhere.keys() as keys:
        identities, log = Identities(vault, keys), AccessLog(vault, keys)
        searching = Searching(vault, keys, code_of=journey_code, home="+381")
        assert log.verify(noted).findings == (AccessFinding(AccessFault.TRUNCATED, 2),)
        [before] = log.opened(gone.journey)
        assert log.reason(before) is None
        assert [found.journey for found in searching.search(MILA, "Mila", SearchBy.NAME).candidates] == [kept.journey]
        assert identities.reveal(MILA, gone.journey, NAMES, RevealPurpose.IDENTIFY) is None
        shown = identities.reveal(MILA, kept.journey, NAMES, RevealPurpose.IDENTIFY)
        assert shown is not None
        assert shown.identity == kept
        assert log.verify().findings == ()
        searching.close()
        identities.close()
        log.close()
