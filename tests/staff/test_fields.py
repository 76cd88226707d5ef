"""Role × relation × field: of a case the API answers exactly what the table of fields says, and no more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any
from uuid import UUID

import pytest
from pydantic import TypeAdapter

from domain.codes import Role
from domain.journey.state import journey_stream
from domain.rights.actions import Action
from domain.rights.deciding import Allowed, Stance
from domain.rights.involvement import Footing, Involvement
from domain.rights.member import ROLES_AND_POSTS, Member, RoleOrPost
from domain.rights.parts import FILE, opens_document
from domain.sealed import Compartment
from projections.journey_file.model import Document, JourneyFile
from staff.guard.fields import DOCUMENT
from staff.guard.permission import RightDenied
from staff.guard.portion import portion, require_file
from tests.staff.filled import filled
from tools.answered_fields import journey_fields, parts_of

ADAPTER = TypeAdapter(JourneyFile)
STREAM = journey_stream(UUID(int=1))


def _whole() -> JourneyFile:
    """A journey of which everything is recorded, with a step of every role."""
    found: JourneyFile = filled(JourneyFile)
    one = found.document.documents[0]
    documents = tuple(replace(one, compartment=each) for each in Compartment)
    steps = tuple(replace(found.steps[0], role=role) for role in Role)
    return replace(found, document=replace(found.document, documents=documents), steps=steps)


def _filled_paths(value: Any, path: str = "") -> Iterator[str]:
    """The paths at which there is something, as `tools.answered_fields` writes them."""
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _filled_paths(each, f"{path}.{name}" if path else name)
    elif isinstance(value, list):
        for each in value:
            yield from _filled_paths(each, f"{path}[]")
    elif value not in (None, 0, False):
        yield path


def test_every_field_of_a_file_is_classified() -> None:
    """A new one is nobody's, and fails here, until it stands in the table."""
    assert set(DOCUMENT) == {each.name for each in fields(Document)}
    assert all(DOCUMENT.values())


@pytest.mark.parametrize(
    ("names", "parts"),
    [
        ({"proceedings", "terms", "fees"}, {Action.READ_LEGAL}),
        ({"hearings"}, {Action.READ_HEARINGS}),
        ({"formal_status", "screenings", "permits"}, {Action.READ_OVERVIEW, Action.READ_LEGAL}),
        ({"header", "pathway_sha256", "assigned", "reopened", "closing"}, set(FILE)),
    ],
)
def test_what_is_not_of_the_overview(names: set[str], parts: set[Action]) -> None:
    """Said once more, apart from the table: whatever moves from one part to another moves here too."""
    assert {name for name, needs in DOCUMENT.items() if needs == parts} == names


def test_the_table_names_what_is_answered() -> None:
    """Each path of the model, by a file with something everywhere: maps and lists are followed to their last field."""
    named = {path.replace("{}", ".x") for path, _ in journey_fields()}
    known = set(_filled_paths(ADAPTER.dump_python(_whole(), mode="json")))
    assert {path for path in known if not any(_same(path, each) for each in named)} == set()
    assert len(named) > 150


def _same(path: str, named: str) -> bool:
    return path == named or path.startswith(f"{named}.")


@pytest.mark.parametrize("involvement", Involvement)
@pytest.mark.parametrize("role", ROLES_AND_POSTS)
def test_exactly_the_fields_that_are_theirs_are_filled(role: RoleOrPost, involvement: Involvement) -> None:
    """Whoever has one role and stands to the case in one way; who reads no part at all does not open it."""
    member = Member(UUID(int=7), frozenset({role.value}))
    stance = Stance(member, frozenset({Footing(role, involvement)}))
    reads = {part for part in FILE if isinstance(stance.may(part), Allowed)}
    whole = _whole()
    if not reads:
        with pytest.raises(RightDenied):
            require_file(stance, STREAM)
        return
    require_file(stance, STREAM)
    shown = portion(whole, stance)
    everything = set(_filled_paths(ADAPTER.dump_python(whole, mode="json")))
    readable = {each for each in Compartment if opens_document(stance, each)}
    assert {row.compartment for row in shown.document.documents} == readable
    expected = {path for path in everything if parts_of(path) & reads or path.startswith("steps[]")}
    expected |= {path for path in everything if readable and path.startswith("document.documents[]")}
    assert set(_filled_paths(ADAPTER.dump_python(shown, mode="json"))) == expected
    theirs = set(Role) if Action.READ_OVERVIEW in reads else {each for each in Role if each is role}
    assert {step.role for step in shown.steps} == theirs
