"""The section of the hotline: who calls about what, when we may call back, who is called when somebody is in danger."""

from __future__ import annotations

from datetime import time

from pydantic import Field, model_validator

from domain.codes import Role
from domain.pathway.chain import Chain
from domain.pathway.common import EscalateRung, Span, Title
from domain.pathway.ladder import Ladder
from domain.values import Article, Code, Language, Value


class CallerKind(Value):
    """Who was at the other end. `brief`: silent, prank, wrong number; nothing else is asked then."""

    kind: Code
    title: Title
    brief: bool = False


class Topic(Value):
    """What it was about."""

    topic: Code
    title: Title


class CallWindow(Value):
    """The hours of a day, by the clock of the pathway's zone, in which a call is safe."""

    window: Code
    title: Title
    starts: time
    ends: time

    @model_validator(mode="after")
    def _a_window_is_within_a_day(self) -> CallWindow:
        if self.starts >= self.ends:
            raise ValueError(f"the window {self.window} ends before it begins; one over midnight is two windows")
        return self


class CallBackRule(Value):
    """`within` no days is the same day; `retry`: after a call that reached nobody."""

    within: Span
    retry: Span
    escalate: tuple[EscalateRung, ...] = ()


class CallBacks(Value):
    """Promises to call back. After `attempts` that reached nobody it is `then`, not `role`, who decides what next."""

    role: Role = Role.CONSULTANT
    ordinary: CallBackRule
    urgent: CallBackRule
    attempts: int = Field(default=3, ge=1, le=20)
    then: Role = Role.SUPERVISOR
    again_hours: int = Field(default=24, ge=1, le=168)


class Sign(Value):
    """What sort of danger."""

    sign: Code
    title: Title


class Dangers(Value):
    """`chain`: who is called until somebody has it; `settle`: by when that person says how it went."""

    signs: tuple[Sign, ...] = Field(min_length=1)
    chain: Chain
    settle: Ladder
    again_hours: int = Field(default=1, ge=1, le=24)


class ReportDuty(Value):
    """A duty to report to an authority, with its article where a lawyer has given one."""

    duty: Code
    title: Title
    authority: Code
    article: Article | None = None


class Hotline(Value):
    """What a contact is logged with, and by when what follows from it is due."""

    languages: tuple[Language, ...] = Field(default=("sr",), min_length=1)
    """Offered first; the first of them is meant where nobody says another."""
    callers: tuple[CallerKind, ...] = Field(min_length=1)
    topics: tuple[Topic, ...] = ()
    windows: tuple[CallWindow, ...] = Field(min_length=1)
    """The first of them is meant where the caller named none."""
    call_backs: CallBacks
    dangers: Dangers
    duties: tuple[ReportDuty, ...] = ()

    def window(self, key: str | None) -> CallWindow | None:
        """The window of that name; the first of all for none."""
        return self.windows[0] if key is None else next((w for w in self.windows if w.window == key), None)

    def duty(self, key: str) -> ReportDuty | None:
        """The duty of that name."""
        return next((d for d in self.duties if d.duty == key), None)
