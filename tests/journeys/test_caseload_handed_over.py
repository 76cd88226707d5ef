"""A caseworker goes on leave, comes back, and later leaves for good; her journeys are never nobody's.

On a real log with real read models and a real mail server; the clock of the log is moved by hand, each timer fires at
its own moment. What was sent is compared word for word.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from activities.delivering import Deliverer
from activities.postbox import NotHanded
from domain.attendance.absence import PlanAbsence
from domain.attendance.leaving import Leave, leaving_handover
from domain.attendance.state import attendance_stream
from domain.codes import ClosingReason, ReopeningReason, Role, StepOutcome, StreamName
from domain.handover.state import handover_stream
from domain.handover.values import HandoverPhase, ItemStatus, Successor
from domain.journey.advancing import AdvanceStep
from domain.journey.assignment import Assign
from domain.journey.closing import CloseJourney, ReopenJourney
from domain.journey.naming import journey_code
from domain.journey.state import journey_stream
from domain.refusal import RefusalCode
from domain.stream.naming import stream_code
from tests.fix_mail import Everyone, MailSink
from tests.supervision.conftest import IVA, MILA, VERA, House, house, idle_house, refused
from tests.supervision.test_delivery import STAFF
from workflows.messages import Delivery, Firing, Start

__all__ = ["house", "idle_house"]


async def reminded(house: House, sink: MailSink, journey: UUID) -> list[tuple[str, str]]:
    """The next timer of a journey runs out: to whom its letters went, and what they say."""
    stream = journey_stream(journey)
    wake = house.recorder.load(Start(stream=stream)).wake
    assert wake is not None
    house.log.set_clock(max(wake.at, house.now), 1e-6)
    fired = house.recorder.fire(Firing(stream=stream, wake=wake))
    post = Deliverer(house.log, Everyone(STAFF), sink.postbox, lambda code: f"https://p.example.org/j/{code}")
    sink.mails.clear()
    for letter in fired.agenda.deliveries:
        await _delivered(post, Delivery(stream=stream, letter=letter))
    return [(str(mail["To"]), str(mail.get_content()).replace("\r\n", "\n")) for mail in sink.mails]


async def _delivered(post: Deliverer, delivery: Delivery, tries: int = 5) -> None:
    """As its workflow has it done: again where a busy mail server did not take it."""
    try:
        await post.deliver(delivery)
    except NotHanded:
        if tries == 1:
            raise
        await _delivered(post, delivery, tries - 1)


async def test_a_caseload_that_changes_hands(house: House, mail_sink: MailSink) -> None:
    """From Monday, 2 March, to the middle of May."""
    monday = datetime(2026, 3, 2, 9, tzinfo=UTC)
    house.log.set_clock(monday, 1e-6)
    first, second, third = house.journeys(3)
    house.tell(journey_stream(first), Assign(role=Role.LAWYER, staff=IVA))
    house.tell(journey_stream(third), CloseJourney(reason=ClosingReason.CLIENT_WISH))

    # Mila is away from tomorrow to Friday of next week; Vera covers.
    off = PlanAbsence(pin=house.pin, first_day=date(2026, 3, 3), last_day=date(2026, 3, 13), cover=VERA)
    house.tell(attendance_stream(MILA), off)
    house.log.set_clock(monday + timedelta(days=1), 1e-6)
    ((to, text),) = await reminded(house, mail_sink, first)
    assert to == "vera@example.org"
    mila, code = stream_code(StreamName.STAFF, MILA), journey_code(first)
    covered, _, rest = text.partition("\n\n")
    assert covered == f"You receive this in place of a colleague: {mila}."
    assert rest.startswith(f"Reminder for {code}.\nDate: ")
    assert rest.endswith(f"Open the application: https://p.example.org/j/{code}\n")
    assert house.journey(first).assigned[Role.CASEWORKER] == MILA

    # On the Monday after she has her own letters again, though nobody did anything about it.
    house.log.set_clock(datetime(2026, 3, 16, 8, tzinfo=UTC), 1e-6)
    letters = await reminded(house, mail_sink, second)
    assert "mila@example.org" in [to for to, _ in letters]
    assert all(mila not in text for _, text in letters)

    # In May she leaves. Vera is to go on as caseworker, Iva with whatever a lawyer does.
    house.log.set_clock(datetime(2026, 5, 4, 8, tzinfo=UTC), 1e-6)
    successors = (Successor(staff=VERA), Successor(staff=IVA, roles=(Role.LAWYER,)))
    house.tell(attendance_stream(MILA), Leave(pin=house.pin, successors=successors))
    house.errands(attendance_stream(MILA))
    handover = handover_stream(leaving_handover(MILA, 1))
    house.errands(handover)
    done = house.handover(leaving_handover(MILA, 1))
    assert (done.phase, done.count(ItemStatus.MOVED), done.count(ItemStatus.REFUSED)) == (
        HandoverPhase.COMPLETED,
        2,
        0,
    )
    assert house.journey(first).assigned == {Role.CASEWORKER: VERA, Role.LAWYER: IVA}

    # The next letter about her old journey is Vera's own; nothing is given to Mila any more.
    letters = await reminded(house, mail_sink, first)
    assert "mila@example.org" not in [to for to, _ in letters]
    assert "You receive this" not in "".join(text for _, text in letters)
    again = house.tell(journey_stream(second), Assign(role=Role.PSYCHOLOGIST, staff=MILA))
    assert refused(again).code is RefusalCode.STAFF_HAS_LEFT

    # The journey that was closed in her time is reopened: it has no caseworker until somebody is found.
    house.tell(journey_stream(third), ReopenJourney(reason=ReopeningReason.CLIENT_RETURNED))
    assert house.journey(third).assigned == {}
    house.tell(journey_stream(third), Assign(role=Role.CASEWORKER, staff=VERA))
    step = next(iter(house.journey(third).steps.values())).step
    assert house.tell(journey_stream(third), AdvanceStep(step=step, outcome=StepOutcome.DONE)).refusal is None
