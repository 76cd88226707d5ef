"""Who asks: a person with an account, and the roles that the directory gives them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from domain.attendance.state import Presence
from domain.codes import Role


class Post(StrEnum):
    """What a person does besides the roles of a journey. A value is never renamed, and never that of a `Role`."""

    DRIVER = "driver"
    """Drives, and belongs to no team."""
    PROVIDER = "provider"
    """Works for an outside provider that clients are referred to."""
    DATA_PROTECTION_LEAD = "data-protection-lead"
    ANALYST = "analyst"
    ADMINISTRATOR = "administrator"


RoleOrPost = Role | Post
ROLES_AND_POSTS: tuple[RoleOrPost, ...] = (*Role, *Post)
APART = frozenset({Post.ADMINISTRATOR, Post.ANALYST})
"""Who has one of these learns nothing of clients, whatever else they are: who does both has two accounts."""


@dataclass(frozen=True, slots=True)
class Member:
    """`roles` as the directory has them; a word that is neither a `Role` nor a `Post` gives nothing.

    `provider`: for whom somebody with `Post.PROVIDER` works.
    """

    id: UUID
    roles: frozenset[str]
    presence: Presence = Presence.HERE
    provider: UUID | None = None

    @property
    def known_roles(self) -> frozenset[RoleOrPost]:
        """The roles and posts among `roles`."""
        return frozenset(each for each in ROLES_AND_POSTS if each.value in self.roles)
