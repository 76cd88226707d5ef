"""Reminders: every rung that was due fired once, every message it asked for has a receipt, every receipt a letter."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from activities.receipts import copy_of
from domain.codes import Phase
from domain.journey import fold, wakes
from domain.journey.state import journey_stream
from domain.message import DropReason, MessageDropped, MessageSent, message_stream, moved_message
from domain.stream.firing import Addressee, RungsFired
from eventlog.log import EventLog
from tests.soak.commands import Client
from tests.soak.faults import Done
from tests.soak.mailbox import Letter
from tests.soak.plan import Checkpoint, FaultKind, Part
from tests.soak.verdict import Fault, Verdict
from worker.demo.staff import STAFF

_GRACE = timedelta(minutes=1)
"""Of the log's time, which at the end runs as fast as the wall's."""
_MOVES = 200
"""More often than any date of the run moves."""
_ADDRESSES = {member.id: member.email for member in STAFF}


class Cause(StrEnum):
    """What happened between a letter and its double."""

    WORKER_KILLED = "worker killed between 250 and receipt"
    DATABASE_AWAY = "database killed or its disk full before the receipt"
    TEMPORAL_KILLED = "Temporal killed before the receipt's answer"
    CONNECTION = "connection cut, frozen or slow"
    MAIL = "mail server refused or went away"
    OTHER = "something else"


def check_reminders(
    log: EventLog, clients: Sequence[Client], letters: Sequence[Letter], faults: Sequence[Done], verdict: Verdict
) -> None:
    """Reads every journey; the letters are what the mail server took."""
    asked: dict[str, Addressee] = {}
    now, late, fired = log.now(), 0, 0
    for client in clients:
        history = log.load(client.stream).history
        journey = fold(history)
        if journey is None:
            continue
        rungs: Counter[tuple[str, int, str]] = Counter()
        for recorded in history:
            if isinstance(event := recorded.event, RungsFired):
                fired += 1
                late += event.late
                rungs.update((event.obligation, event.date_version, rung) for rung in event.rungs)
                asked.update({str(addressee.message): addressee for addressee in event.addressees})
        name = journey_stream(journey.id)
        verdict.add_all(Fault.FIRED_TWICE, (f"{name}: {rung}" for rung, times in rungs.items() if times > 1))
        if journey.phase is Phase.OPEN and (ahead := wakes(journey)) and ahead[0].at < now - _GRACE:
            verdict.add(Fault.NOT_FIRED, f"{name}: {ahead[0]} at {now}")
    _check_messages(log, asked, letters, faults, verdict)
    verdict.figures |= {"rungs fired": fired, "of them late": late, "messages": len(asked), "letters": len(letters)}


def undelivered(log: EventLog, clients: Sequence[Client]) -> int:
    """Messages without a receipt."""
    asked = [
        message_stream(addressee.message)
        for client in clients
        for recorded in log.load(client.stream).history
        if isinstance(recorded.event, RungsFired)
        for addressee in recorded.event.addressees
    ]
    return sum(receipt_of(log, stream) is None for stream in asked)


def receipt_of(log: EventLog, stream: str) -> MessageSent | MessageDropped | None:
    events = [recorded.event for recorded in log.load(stream).history]
    receipts = [event for event in events if isinstance(event, MessageSent | MessageDropped)]
    return receipts[-1] if receipts else None


def _check_messages(
    log: EventLog,
    asked: dict[str, Addressee],
    letters: Sequence[Letter],
    faults: Sequence[Done],
    verdict: Verdict,
) -> None:
    arrived: dict[str, dict[str, list[Letter]]] = defaultdict(lambda: defaultdict(list))
    for letter in letters:
        arrived[letter.message][letter.recipient].append(letter)
    dropped: Counter[DropReason] = Counter()
    digests: set[str] = set()
    for message, addressee in asked.items():
        receipt = receipt_of(log, message_stream(addressee.message))
        if receipt is None:
            verdict.add(Fault.NOT_DELIVERED, message)
        elif isinstance(receipt, MessageDropped):
            dropped[receipt.reason] += 1
            if receipt.reason not in {DropReason.SUPERSEDED, DropReason.OVERTAKEN}:
                verdict.add(Fault.NOT_DELIVERED, f"{message}: dropped, {receipt.reason}")
        else:
            for staff in receipt.recipients:
                carriers = _carriers(log, addressee.message, staff, receipt)
                digests |= carriers
                if not any(arrived[each][_ADDRESSES[staff]] for each in (message, *carriers)):
                    verdict.add(Fault.RECEIPT_ALONE, f"{message} to {staff}")
    unknown = {message for message, found in arrived.items() if found} - asked.keys() - digests
    if unknown:  # a new date that followed a letter in flight
        unknown -= {str(moved_message(a.message, version)) for a in asked.values() for version in range(_MOVES)}
    verdict.add_all(Fault.UNFOUNDED, sorted(unknown))
    causes: Counter[Cause] = Counter()
    for copies in arrived.values():
        for same in copies.values():
            for first, second in itertools.pairwise(same):
                causes[_cause(first, second, faults)] += 1
    verdict.figures["reminders dropped as superseded"] = dropped[DropReason.SUPERSEDED]
    verdict.figures["reminders dropped as overtaken"] = dropped[DropReason.OVERTAKEN]
    verdict.figures["letters doubled"] = causes.total()
    verdict.figures |= {f"doubled: {cause}": count for cause, count in sorted(causes.items())}


def _carriers(log: EventLog, message: UUID, staff: UUID, receipt: MessageSent) -> set[str]:
    """The digests in which it may have gone to this person: of the receipt, and of the one of their copy."""
    copy = receipt_of(log, message_stream(copy_of(message, staff)))
    sent = [receipt, *([copy] if isinstance(copy, MessageSent) else [])]
    return {str(each.digest) for each in sent if each.digest is not None}


def _cause(first: Letter, second: Letter, faults: Sequence[Done]) -> Cause:
    """The likeliest of what happened from just before the first copy to the second."""
    near = [each for each in faults if each.until >= first.at - 0.5 and each.at <= second.at]
    letters = (Checkpoint.LETTER_TAKEN, Checkpoint.LETTER_ANSWERED)
    at_letter = [each for each in near if each.checkpoint in letters]
    for found in (at_letter, [each for each in near if each.kind in _TAKING_DOWN]):
        parts = {each.part for each in found}
        for part, cause in _BY_PART:
            if part in parts:
                return cause
    kinds = {each.kind for each in near}
    if kinds & {FaultKind.CUT, FaultKind.FREEZE, FaultKind.LOSE_REPLY, FaultKind.SLOW, FaultKind.PARTED}:
        return Cause.CONNECTION
    return Cause.MAIL if kinds & {FaultKind.MAIL_AWAY, FaultKind.MAIL_REFUSES} else Cause.OTHER


_TAKING_DOWN = (FaultKind.KILL, FaultKind.KILL_AT, FaultKind.TEMPORAL_LOST, FaultKind.DISK_FULL)
_BY_PART = (
    (Part.WORKER, Cause.WORKER_KILLED),
    (Part.POSTGRES, Cause.DATABASE_AWAY),
    (Part.TEMPORAL, Cause.TEMPORAL_KILLED),
)
