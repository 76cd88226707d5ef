"""The pages of the office for the tests that look at every page, and a house with an office in it and no case."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

from domain.attendance.absence import PlanAbsence
from domain.attendance.state import attendance_stream
from domain.command import Command, to_wire
from domain.provider.listing import ListProvider
from domain.provider.state import provider_stream
from domain.sealed import Compartment
from eventlog.install import install as install_log
from projections.install import install as install_models
from projections.loop import Projector
from tests.fix_eventlog import as_role
from tests.staff.house import NOW, parts_at
from vault.database import install as install_vault
from worker.demo.providers import CLINIC, DIRECTORY
from worker.demo.staff import DUNJA, MILA, STAFF, VERA
from workflows.messages import Order

_NEW = UUID(int=9)


def office_pages() -> list[str]:
    """As the caseworker whom the demonstration begins with."""
    return [
        "/providers",
        "/providers?status=all",
        f"/providers/{CLINIC}",
        f"/providers/{_NEW}/list",
        f"/providers/{CLINIC}/change",
        f"/providers/{CLINIC}/deactivate",
        "/me",
        "/me/settings",
        "/me/language",
        "/me/calendar",
        f"/team/{MILA.id}",
        f"/team/{MILA.id}/plan-absence",
    ]


def administration_pages() -> list[str]:
    """As an administrator."""
    return [
        "/admin",
        "/admin/people",
        f"/admin/people/{MILA.id}",
        f"/admin/people/{_NEW}/add",
        f"/admin/people/{MILA.id}/change",
        f"/admin/people/{MILA.id}/calendar",
        "/admin/feeds",
        "/admin/health",
    ]


def furnish_office(log_dsn: str, vault_dsn: str) -> None:
    """The invented people and providers in empty databases, and an absence that has begun: a second, not a minute."""
    install_log(log_dsn)
    install_models(log_dsn)
    install_vault(vault_dsn)
    with parts_at(log_dsn, vault_dsn) as parts:
        parts.log.set_clock(NOW)
        pin = parts.pathways.latest("astra").pin
        for member in STAFF:
            parts.directory.put(member)

        def tell(stream: str, command: Command, command_id: UUID) -> None:
            parts.recorder.record(Order(stream=stream, command_id=command_id, actor=VERA.id, command=to_wire(command)))

        for entry in DIRECTORY:
            stream, command_id = provider_stream(entry.id), uuid4()
            name = parts.sealer.seal(
                entry.name, stream=stream, compartment=Compartment.IDENTITY, field="identity", command_id=command_id
            )
            command = ListProvider(
                pin=pin,
                provider_kind=entry.kind,
                country=entry.country,
                languages=entry.languages,
                services=entry.services,
                identity=name,
            )
            tell(stream, command, command_id)
        today = NOW.date()
        away = PlanAbsence(pin=pin, first_day=today, last_day=today + timedelta(days=9), cover=MILA.id)
        tell(attendance_stream(DUNJA.id), away, uuid4())
    Projector(as_role(log_dsn, "putokaz_projector")).catch_up()
