"""Whether who gives a command may: asked before it is decided, and recorded as a refusal where not."""

from __future__ import annotations

from typing import Protocol
from uuid import UUID

from domain.codes import SYSTEM_ACTOR
from domain.command import Command
from domain.errors import Unavailable
from domain.refusal import RefusalCode, Refused
from domain.rights.actions import Action
from domain.rights.asking import asked_of
from domain.rights.commands import action_of
from domain.rights.deciding import Allowed, Denied
from vault.errors import VaultUnavailable


class Rights(Protocol):
    """What a person may now. Raises `Unavailable`, `VaultUnavailable`: who cannot be asked about is not let through."""

    def may(self, staff: UUID, action: Action, stream: str | None = None) -> Allowed | Denied:
        """Whether they may, with what the stream is about, or with none in particular."""
        ...


class _NoRightsAsked:
    def may(self, staff: UUID, action: Action, stream: str | None = None) -> Allowed | Denied:
        return Allowed()


NO_RIGHTS_ASKED: Rights = _NoRightsAsked()
"""Everybody may everything: where people are invented, in tests of other things and for the demonstration's past."""


def not_permitted(rights: Rights, actor: UUID, command: Command, stream: str, *, begun: bool) -> Refused | None:
    """Why `actor` may not give this command, if so. Raises `Unavailable` where nobody can say: send it again.

    The system itself is not asked about. People cannot act by that name: pages and API take it from the directory. The
    command line without `--actor` does, and whoever runs it holds the databases and their keys.
    """
    if actor == SYSTEM_ACTOR:
        return None
    action = action_of(type(command))
    for each in asked_of(command, stream, begun=begun):
        try:
            answer = rights.may(actor, action, each)
        except VaultUnavailable as away:
            raise Unavailable(
                "whether this is theirs to do cannot be read now; nothing is lost, send it again"
            ) from away
        if isinstance(answer, Denied):
            return Refused(code=RefusalCode.NOT_PERMITTED, denial=answer.reason)
    return None
