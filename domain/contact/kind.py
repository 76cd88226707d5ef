"""The contact as a kind of stream. Importing this module registers every part."""

from __future__ import annotations

from dataclasses import replace

from domain.contact import attaching, calling, danger, handing, logged, reporting, safe
from domain.contact.contacts import CONTACTS
from domain.contact.handing import held
from domain.contact.state import Contact
from domain.pathway import hotline_titles
from domain.stream.kind import StreamKind, register

PARTS = (logged, safe, calling, danger, reporting, attaching, handing, hotline_titles)
CONTACT: StreamKind[Contact] = register(replace(CONTACTS.kind(), held=held))
