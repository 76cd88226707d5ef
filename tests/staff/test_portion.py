"""Why a file is shut: whose role reads a part of their own cases learns that this case is not one of them."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from domain.codes import Role
from domain.journey.state import journey_stream
from domain.rights.deciding import Denial, Stance
from domain.rights.member import Member, Post, RoleOrPost
from staff.guard.permission import RightDenied
from staff.guard.portion import require_file


@pytest.mark.parametrize(
    ("role", "reason"),
    [
        (Role.LAWYER, Denial.NOT_INVOLVED),  # reads the legal part and no overview
        (Role.CASEWORKER, Denial.NOT_INVOLVED),
        (Post.DRIVER, Denial.NOT_YOUR_ROLE),
        (Post.ADMINISTRATOR, Denial.NO_CLIENT_DATA),
    ],
)
def test_whoever_could_be_of_the_case_is_told_that_it_is_not_theirs(role: RoleOrPost, reason: Denial) -> None:
    """The page leads them to emergency access; nobody else."""
    with pytest.raises(RightDenied) as denied:
        require_file(Stance(Member(UUID(int=7), frozenset({role.value}))), journey_stream(uuid4()))
    assert denied.value.reason is reason
