"""A database with log, read models and vault, as the demonstration finds them at its first start."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from activities.entitlements import Entitlements
from activities.pathway_files import PathwayStore
from activities.permitting import NO_RIGHTS_ASKED
from activities.recording import Recorder
from eventlog.install import install as install_log
from eventlog.log import EventLog
from eventlog.sealing import Sealer
from projections.install import install as install_read_models
from tests.fix_services import DatabaseFactory
from vault.database import install as install_vault
from vault.kek import create_kek
from vault.keys import Keys
from vault.staff import StaffDirectory
from worker.parts import Parts
from worker.settings import CHECKOUT

PATHWAYS = CHECKOUT / "pathways"
Offices = Callable[[], tuple[str, Parts]]


@pytest.fixture(scope="session")
def demo_templates(database_factory: DatabaseFactory) -> tuple[str, str]:
    """An empty log with empty read models, and an empty vault, to be copied."""
    log, vault = database_factory.create(), database_factory.create()
    install_log(log)
    install_read_models(log)
    install_vault(vault)
    return log, vault


@pytest.fixture(scope="module")
def offices(
    database_factory: DatabaseFactory,
    demo_templates: tuple[str, str],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Offices]:
    """Makes an empty office: the address of its log, and its parts."""
    with ExitStack() as stack:

        def make() -> tuple[str, Parts]:
            log_dsn, vault_dsn = (database_factory.copy(template) for template in demo_templates)
            stack.callback(database_factory.drop, log_dsn)
            stack.callback(database_factory.drop, vault_dsn)
            return log_dsn, parts(stack, log_dsn, vault_dsn, tmp_path_factory.mktemp("kek"))

        yield make


def parts(stack: ExitStack, log_dsn: str, vault_dsn: str, folder: Path) -> Parts:
    """The parts with an administrator's rights, as the demonstration opens them."""
    keys = stack.enter_context(closing(Keys(vault_dsn, create_kek(folder / "kek"))))
    log = stack.enter_context(EventLog(log_dsn, size=2))
    pathways = PathwayStore(PATHWAYS)
    directory = stack.enter_context(closing(StaffDirectory(vault_dsn, keys)))
    return Parts(
        log=log,
        recorder=Recorder(log, pathways, "test", rights=NO_RIGHTS_ASKED),
        pathways=pathways,
        keys=keys,
        sealer=Sealer(keys),
        directory=directory,
        rights=Entitlements(log, directory),
    )
