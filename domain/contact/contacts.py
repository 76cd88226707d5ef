"""The register of a contact's parts: each registers its commands, events and obligations here."""

from __future__ import annotations

from domain.codes import StreamName
from domain.contact.attachment import relayed
from domain.contact.state import Contact
from domain.pathway.hotline import Hotline
from domain.refusal import RefusalCode, Refused
from domain.stream.deciding import Decision, Surroundings
from domain.stream.simple import Refusals, SimpleKind

__all__ = ["CONTACTS", "Decision", "Surroundings", "hotline_of", "not_listed"]

CONTACTS: SimpleKind[Contact] = SimpleKind(
    StreamName.CONTACT,
    refusals=Refusals(unknown=RefusalCode.UNKNOWN_CONTACT, ended=RefusalCode.CONTACT_SETTLED),
    relayed=relayed,
)


def hotline_of(surroundings: Surroundings) -> Hotline | Refused:
    """The rules of the pinned pathway, or that it has none."""
    return surroundings.pathway.hotline or Refused(code=RefusalCode.NO_HOTLINE)


def not_listed(part: str, allowed: tuple[str, ...]) -> Refused:
    """A code that the pathway does not have in this list."""
    return Refused(code=RefusalCode.NOT_IN_CATALOGUE, part=part, allowed=allowed)
