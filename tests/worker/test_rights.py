"""Who may not is refused by the recorder of every process, and so whichever way the command came."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from temporalio.client import Client

from activities import entitlements
from domain.codes import SYSTEM_ACTOR, StepOutcome
from domain.command import Command, to_wire
from domain.errors import Unavailable
from domain.journey.advancing import AdvanceStep
from domain.journey.opening import OpenJourney
from domain.journey.state import journey_stream
from domain.refusal import RefusalCode, Refused
from domain.rights.denial import Denial
from domain.stream.firing import FireRung
from tests.fix_engine import MILA, Bench
from vault.database import install as install_vault
from vault.errors import VaultUnavailable
from vault.kek import Kek, create_kek
from vault.keys import Keys
from vault.staff import StaffDirectory, StaffMember
from worker.codec import data_converter
from worker.development.temporal import TemporalServer
from worker.engine import engine
from worker.keyring import create_keyring
from worker.parts import Parts, opened
from worker.road import Road, Way
from worker.settings import read_settings
from workflows.messages import Answer, AnswerKind, Order

VUK = UUID("00000000-0000-4000-8000-00000000a002")
ADVANCE = AdvanceStep(step="contact", outcome=StepOutcome.DONE)


def _employed(dsn: str, kek: Kek, *members: tuple[UUID, str]) -> None:
    with closing(Keys(dsn, kek)) as keys, closing(StaffDirectory(dsn, keys)) as directory:
        for person, role in members:
            directory.put(StaffMember(person, "Neko", f"{person}@example.org", frozenset({role}), "sr-Latn"))


@pytest.fixture
def parts(bench: Bench, tmp_path: Path) -> Iterator[Parts]:
    """What worker, web and command line are made of, with two caseworkers."""
    kek = create_kek(tmp_path / "kek")
    install_vault(bench.dsn)
    _employed(bench.dsn, kek, (MILA, "caseworker"), (VUK, "caseworker"))
    settings = {
        "DATABASE_URL": bench.dsn,
        "VAULT_DATABASE_URL": bench.dsn,
        "PUTOKAZ_KEK_FILE": str(tmp_path / "kek"),
        "PUTOKAZ_KEYRING_FILE": str(tmp_path / "keyring.json"),
        "PUTOKAZ_PATHWAYS": str(bench.pathways),
    }
    with opened(read_settings(settings)) as parts:
        yield parts


def order(journey: UUID, command: Command, actor: UUID) -> Order:
    return Order(stream=journey_stream(journey), command_id=uuid4(), actor=actor, command=to_wire(command))


def denial(answer: Answer) -> Denial | None:
    """Why it was not permitted; None where it was recorded."""
    if answer.kind is AnswerKind.RECORDED:
        return None
    assert answer.refusal is not None
    refused = Refused.model_validate_json(answer.refusal)
    assert refused.code is RefusalCode.NOT_PERMITTED
    return refused.denial


def test_the_recorder_of_every_process_asks(
    bench: Bench, parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is recorded of what is not theirs; an answer once given stands, whatever becomes of their roles."""
    monkeypatch.setattr(entitlements, "ROLES_AGE", 0.0)
    journey, record = uuid4(), parts.recorder.record
    opening = order(journey, OpenJourney(pin=bench.pin, caseworker=MILA), MILA)
    first = record(opening).answer
    assert denial(first) is None
    theirs = order(journey, ADVANCE, VUK)
    refused = record(theirs).answer
    assert denial(refused) is Denial.NOT_INVOLVED
    assert denial(record(order(uuid4(), ADVANCE, VUK)).answer) is Denial.NOT_INVOLVED, "nor does it say what exists"
    fire = FireRung(obligation="step:contact:1", rung="first", date_version=1)
    assert denial(record(order(journey, fire, MILA)).answer) is Denial.ENGINE_ONLY
    assert denial(record(order(journey, ADVANCE, uuid4())).answer) is Denial.NO_KNOWN_ROLE
    for actor, foreseen in ((VUK, Refused(code=RefusalCode.NOT_PERMITTED, denial=Denial.NOT_INVOLVED)), (MILA, None)):
        decision = parts.recorder.foresee(journey_stream(journey), ADVANCE, actor).decision
        assert decision == foreseen or (foreseen is None and not isinstance(decision, Refused))
    assert {each.actor for each in bench.log.load(journey_stream(journey)).history} == {MILA}
    parts.directory.put(StaffMember(MILA, "Neko", "m@example.org", frozenset({"administrator"}), "sr-Latn"))
    parts.directory.put(StaffMember(VUK, "Neko", "v@example.org", frozenset({"supervisor"}), "sr-Latn"))
    assert (record(opening).answer, record(theirs).answer) == (first, refused)
    assert denial(record(order(journey, ADVANCE, MILA)).answer) is Denial.NO_CLIENT_DATA
    assert denial(record(order(journey, ADVANCE, VUK)).answer) is None


def test_who_runs_the_installation_acts_as_the_system(bench: Bench, parts: Parts) -> None:
    """A command line without `--actor` is not asked."""
    assert denial(parts.recorder.record(order(uuid4(), OpenJourney(pin=bench.pin), SYSTEM_ACTOR)).answer) is None


def test_roles_never_read_are_an_outage_and_nothing_is_lost(
    bench: Bench, parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While the vault is away: those last read stand, of others nobody can say; the same command is taken later."""
    monkeypatch.setattr(entitlements, "ROLES_AGE", 0.0)
    journey = uuid4()
    record = parts.recorder.record
    assert denial(record(order(journey, OpenJourney(pin=bench.pin, caseworker=MILA), MILA)).answer) is None

    def away(_: UUID) -> StaffMember:
        raise VaultUnavailable("away")

    again = order(uuid4(), OpenJourney(pin=bench.pin), VUK)
    with monkeypatch.context() as outage:
        outage.setattr(parts.directory, "get", away)
        assert denial(record(order(journey, ADVANCE, MILA)).answer) is None
        with pytest.raises(Unavailable, match="send it again"):
            record(again)
    assert denial(record(again).answer) is None


async def test_an_update_sent_straight_to_temporal_is_refused(
    bench: Bench, parts: Parts, temporal_server: TemporalServer, tmp_path: Path
) -> None:
    """Whatever a client of Temporal says, the worker asks; the road's own recorder is not even there."""
    queue, journey = f"q-{uuid4()}", uuid4()
    converter = data_converter(create_keyring(tmp_path / "ring"))
    client = await Client.connect(temporal_server.address, data_converter=converter)
    async with engine(client, parts.recorder, None, task_queue=queue):
        road = Road(client, bench.recorder, task_queue=queue)
        begun = await road.take(order(journey, OpenJourney(pin=bench.pin, caseworker=MILA), MILA))
        refused = await road.take(order(journey, ADVANCE, VUK))
    assert (begun.way, refused.way) == (Way.WORKFLOW, Way.WORKFLOW)
    assert denial(refused.answer) is Denial.NOT_INVOLVED
