"""What a person may now follows log and directory: assignments, covers, leaving, roles."""

from __future__ import annotations

from typing import cast
from uuid import UUID, uuid4

import pytest

from activities import entitlements
from activities.entitlements import Entitlements
from domain.attendance.absence import PlanAbsence
from domain.attendance.leaving import Leave
from domain.calendar import local_date
from domain.codes import StreamName
from domain.command import Command
from domain.handover.values import Successor
from domain.journey.state import journey_stream
from domain.rights.actions import Action
from domain.rights.deciding import Allowed, Denial, Denied
from projections.stalled_board.queries import stalled
from tests.staff.house import NOW, House
from tests.staff.paper import a_stalled_row
from vault.errors import VaultUnavailable
from vault.staff import StaffDirectory, StaffMember
from worker.demo.staff import MILA, STAFF, VERA, VUK


class Directory:
    """Answers from a list, or is away."""

    def __init__(self, *members: StaffMember) -> None:
        self.members = {member.id: member for member in members}
        self.away = False

    def get(self, staff: UUID) -> StaffMember | None:
        if self.away:
            raise VaultUnavailable("away")
        return self.members.get(staff)


def asked(house: House, directory: Directory) -> Entitlements:
    return Entitlements(house.log, cast(StaffDirectory, directory))


async def given(house: House, staff: UUID, command: Command) -> None:
    """Records a command about a member of staff."""
    outcome = await house.desk.submit(staff, command, command_id=uuid4(), actor=VERA.id, kind=StreamName.STAFF)
    assert outcome.refusal is None


async def test_who_is_assigned_may_and_who_covers_for_them_and_nobody_who_left(house: House) -> None:
    """Each change counts from the next question on."""
    rights = asked(house, Directory(*STAFF))
    rows = stalled(house.reader, now=house.log.now()).rows
    row = next(row for row in rows if row.owner_staff == VUK.id and row.journey is not None)
    assert row.journey is not None
    stream, owner, other = journey_stream(row.journey), VUK.id, MILA
    assert rights.may(owner, Action.ADVANCE_STEPS, stream) == Allowed()
    assert rights.may(other.id, Action.ADVANCE_STEPS, stream) == Denied(Denial.NOT_INVOLVED)
    assert rights.may(other.id, Action.ADVANCE_STEPS, journey_stream(uuid4())) == Denied(Denial.NOT_INVOLVED)
    pin, _ = house.desk.pathways()[0]
    today = local_date(NOW, "Europe/Belgrade")
    await given(house, owner, PlanAbsence(pin=pin, first_day=today, last_day=today, cover=other.id))
    assert rights.may(other.id, Action.ADVANCE_STEPS, stream) == Allowed()
    await given(house, owner, Leave(pin=pin, successors=(Successor(staff=other.id),)))
    assert rights.may(owner, Action.ADVANCE_STEPS, stream) == Denied(Denial.HAS_LEFT)


def test_roles_are_those_of_the_directory_and_stand_while_the_vault_is_away(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who was never asked about may nothing yet: that is an outage, and no answer."""
    monkeypatch.setattr(entitlements, "ROLES_AGE", 0.0)
    directory = Directory(VERA)
    rights = asked(house, directory)
    journey = a_stalled_row(house).journey
    assert journey is not None
    stream = journey_stream(journey)
    assert rights.may(VERA.id, Action.READ_OVERVIEW, stream) == Allowed()
    directory.away = True
    assert rights.may(VERA.id, Action.READ_OVERVIEW, stream) == Allowed()
    with pytest.raises(VaultUnavailable):
        rights.may(MILA.id, Action.READ_OVERVIEW, stream)
    directory.away, directory.members = False, {}
    assert rights.may(VERA.id, Action.READ_OVERVIEW, stream) == Denied(Denial.NO_KNOWN_ROLE)
