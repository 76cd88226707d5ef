"""Every error of ours that a caller may want to tell apart: the two trees, and one of each with words in it."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from uuid import uuid4

from domain.command import CommandInvalid
from domain.errors import PathwayInvalid, PutokazError, TextTooLong
from domain.refusal import RefusalCode, Refused
from domain.rights.actions import Action
from domain.rights.deciding import Denial
from staff.api.caller import CallerRefused
from staff.exports.runs import ExportNotSettled
from staff.filing.faults import FileFault, FileRefused
from staff.guard.permission import RightDenied
from staff.office import PeopleFault, PeopleRefused
from vault.errors import IdentityConflict, StaffConflict, VaultError, ViewConflict
from vault.identities import Revealed
from vault.identity import Identity, IdentityField, Name, NameUse
from vault.saved_views import SavedView
from vault.staff import StaffMember
from worker.exporting import ExportRefused
from worker.table_releases import ReleaseRefused

WORDS = "Jelena, Novi Sad"
"""What an error may quote, and nobody else is to see."""
_ROOMS = ("domain", "eventlog", "vault", "activities", "projections", "analysis", "staff", "worker")
_MADE_OTHERWISE: Mapping[type[Exception], Callable[[], Exception]] = {
    RightDenied: lambda: RightDenied(Denial.NOT_INVOLVED, Action.READ_OVERVIEW, WORDS),
    ExportRefused: lambda: ExportRefused(Refused(code=RefusalCode.NOTHING_TO_EXPORT)),
    ReleaseRefused: lambda: ReleaseRefused(Refused(code=RefusalCode.RELEASE_REVEALS)),
    ExportNotSettled: lambda: ExportNotSettled(Refused(code=RefusalCode.EXPORT_MADE)),
    PathwayInvalid: lambda: PathwayInvalid(WORDS, (WORDS,)),
    TextTooLong: lambda: TextTooLong(40_000, 32_768),
    CallerRefused: lambda: CallerRefused(403, "not-permitted", "a supervisor is needed"),
    FileRefused: lambda: FileRefused(FileFault.MACROS),
    CommandInvalid: lambda: CommandInvalid("advance-step", ("step: missing",)),
    ViewConflict: lambda: ViewConflict(SavedView(uuid4(), None, WORDS, {}, 2)),
    PeopleRefused: lambda: PeopleRefused(PeopleFault.EMAIL_TAKEN),
    StaffConflict: lambda: StaffConflict(StaffMember(uuid4(), WORDS, WORDS, frozenset(), "en")),
    IdentityConflict: lambda: IdentityConflict(
        Revealed(uuid4(), 2, frozenset(IdentityField), Identity(uuid4(), names=(Name(WORDS, NameUse.GIVEN),)))
    ),
}


def error_classes() -> list[type[Exception]]:
    """Both trees, from their roots, by name."""
    for room in _ROOMS:
        for module in pkgutil.walk_packages(importlib.import_module(room).__path__, f"{room}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
    found = {*_tree(PutokazError), *_tree(VaultError)}
    return sorted((cls for cls in found if cls.__module__.partition(".")[0] in _ROOMS), key=lambda cls: cls.__name__)


def _tree(root: type[Exception]) -> Iterator[type[Exception]]:
    yield root
    for cls in root.__subclasses__():
        yield from _tree(cls)


def made(cls: type[Exception]) -> Exception:
    """An error of this class."""
    known = _MADE_OTHERWISE.get(cls)
    return known() if known else cls(WORDS)
