"""Identities as values: what is refused, what comes back from a seal, and which fields are shown or corrected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest

from vault.errors import IdentityInvalid
from vault.identity import (
    LONGEST_TEXT,
    MOST,
    Born,
    ContactKind,
    ContactPoint,
    Identity,
    IdentityField,
    Name,
    NameUse,
    restored,
    stored,
)

JOURNEY = UUID("00000000-0000-4000-8000-0000000000a1")
PHONE = ContactPoint(ContactKind.PHONE, "+381600000001")
EMAIL = ContactPoint(ContactKind.EMAIL, "mila@example.org")
HOME = ContactPoint(ContactKind.ADDRESS, "Нова 1, Нови Сад")
MILICA = Identity(
    JOURNEY,
    names=(
        Name("Милица", NameUse.GIVEN, "sr-Cyrl"),
        Name(" Đorđević  ", NameUse.FAMILY, "sr-Latn"),
        Name("محمد", NameUse.PATRONYMIC, "ar"),
    ),
    born=date(1996, 5, 1),
    contacts=(PHONE, EMAIL, HOME, ContactPoint(ContactKind.OTHER, "преко тетке")),
    case_number="12/2026",
)


@pytest.mark.parametrize("born", [date(1996, 5, 1), 1996, None])
def test_an_identity_comes_back_exactly_as_typed(born: Born | None) -> None:
    """Scripts, blanks, languages; a year stays a year."""
    identity = MILICA.corrected(Identity(JOURNEY, born=born), {IdentityField.BORN})
    assert restored(JOURNEY, stored(identity)) == identity
    assert identity.born == born


@pytest.mark.parametrize(
    "make",
    [
        lambda: Name("", NameUse.GIVEN),
        lambda: Name(" \t", NameUse.GIVEN),
        lambda: Name("Мила" * LONGEST_TEXT, NameUse.GIVEN),
        lambda: Name("Мила", NameUse.GIVEN, "Мила"),
        lambda: ContactPoint(ContactKind.PHONE, "060 Мила"),
        lambda: ContactPoint(ContactKind.EMAIL, ""),
        lambda: Identity(JOURNEY, names=(Name("Мила", NameUse.GIVEN),) * (MOST + 1)),
        lambda: Identity(JOURNEY, contacts=(PHONE,) * (MOST + 1)),
        lambda: Identity(JOURNEY, born=19),
        lambda: Identity(JOURNEY, case_number=" "),
    ],
)
def test_what_is_no_identity_is_refused_and_not_repeated(make: Callable[[], object]) -> None:
    """An error is logged; a name is not."""
    with pytest.raises(IdentityInvalid) as refused:
        make()
    assert "Мила" not in str(refused.value)


@pytest.mark.parametrize("field", IdentityField)
def test_one_field_is_shown_without_any_other(field: IdentityField) -> None:
    """Whoever needs a number does not see an address."""
    shown = MILICA.only({field})
    parts: dict[IdentityField, object] = {
        IdentityField.NAMES: shown.names,
        IdentityField.BORN: shown.born,
        IdentityField.CASE_NUMBER: shown.case_number,
        **{kind.field: tuple(c for c in shown.contacts if c.kind is kind) for kind in ContactKind},
    }
    assert set(parts) == set(IdentityField)
    assert [each for each, value in parts.items() if value] == [field]


def test_a_field_is_corrected_and_every_other_stays() -> None:
    """Also to nothing; what the correction says of other fields is passed over."""
    other = ContactPoint(ContactKind.PHONE, "+381600000002")
    wrong = Identity(JOURNEY, names=(Name("Zora", NameUse.GIVEN),), born=1900, contacts=(other,))
    corrected = MILICA.corrected(wrong, {IdentityField.PHONE})
    assert corrected.only({IdentityField.PHONE}).contacts == (other,)
    rest = frozenset(IdentityField) - {IdentityField.PHONE}
    assert corrected.only(rest) == MILICA.only(rest)
    nothing = MILICA.corrected(Identity(JOURNEY), {IdentityField.ADDRESS, IdentityField.BORN})
    assert (nothing.born, nothing.contacts[:2]) == (None, (PHONE, EMAIL))
    assert nothing.only({IdentityField.ADDRESS}) == Identity(JOURNEY)
