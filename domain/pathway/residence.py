"""Section `residence`: the kinds of residence permit, how long each lasts, who is warned when one runs out."""

from __future__ import annotations

from pydantic import Field

from domain.codes import Role
from domain.pathway.common import RemindRung, Span, Title
from domain.values import Article, Code, Value


class Ground(Value):
    """Why a permit is given, or taken away: a code and its name."""

    ground: Code
    title: Title


class PermitKind(Value):
    """A kind of permit. `lasts`: how long where the paper names no last day. `renewable`: whether it is extended."""

    kind: Code
    title: Title
    article: Article
    lasts: Span
    renewable: bool
    grounds: tuple[Ground, ...] = Field(min_length=1)


class Revocation(Value):
    """The rule by which a permit is taken away, and its grounds."""

    article: Article
    grounds: tuple[Ground, ...] = Field(min_length=1)


class Alarm(Value):
    """Who is told at once when residence has run out or was revoked, and again how often until that is settled."""

    to: tuple[Role, ...] = Field(min_length=1)
    every: Span = Span(count=1)


class ResidenceRules(Value):
    """The rules of the residence clock. The reminders belong to whoever has `role`, else to the caseworker."""

    role: Role = Role.LAWYER
    kinds: tuple[PermitKind, ...] = Field(min_length=1)
    remind: tuple[RemindRung, ...]
    alarm: Alarm
    revocation: Revocation

    def find_kind(self, key: str) -> PermitKind | None:
        return next((k for k in self.kinds if k.kind == key), None)
