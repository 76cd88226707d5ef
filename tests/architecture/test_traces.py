"""Whatever fails leaves a trace that somebody reads: no handler of an error lets it go without a word.

A handler raises, or logs. Any other one stands below with where its error is read instead: an event, a parked stream, a
finding of the audit or the doctor, an answer. Left out is what runs at a terminal (`worker/cli`, the development
stack): an error is a line there, which `tests/worker/test_every_error.py` holds.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import NamedTuple

import pytest

from tests.architecture.sources import Source, sources

ROOMS = ("activities", "workflows", "projections", "eventlog", "vault", "worker")
AT_A_TERMINAL = ("worker/cli/", "worker/development/", "worker/demo/")
_SAYS = frozenset({"info", "warning", "error", "critical", "exception"})


class Handler(NamedTuple):
    """A place at which an error ends: `except`, `suppress(…)`, or `gather(…, return_exceptions=True)`."""

    module: str
    function: str
    caught: str


READ_ELSEWHERE: Mapping[str, Mapping[str, str]] = {
    "activities/delivering.py": {
        "Deliverer._tell: gather": "the gravest is raised when both have ended",
        "Deliverer._send: _Withdrawn": "the receipt says superseded",
        "Deliverer._round: Waits": "raised once nothing else is missing",
        "Deliverer._round: NotHanded": "raised after the others of the circle",
    },
    "activities/withdrawing.py": {
        "Withdrawals.tell: Waits": "raised after the others",
        "Withdrawals.tell: NotHanded": "raised after the others",
        "Withdrawals.tell: gather": "the gravest is raised",
    },
    "worker/searching/serving.py": {
        "_route.answer: NumberInvalid": "the page says so beside what was typed",
        "_route.answer: ValidationError": "answered with 400; the page says that the search is away",
    },
    "activities/texts.py": {
        "Texts.send: gather": "the gravest is raised",
    },
    "activities/lines.py": {
        "Lines._first: InDoubt": "marked as in doubt; its own delivery goes on, and says so",
        "Lines.turn: suppress(Unavailable)": "the server leaves the line as the session ends",
    },
    "activities/postbox.py": {
        "_part: suppress(SMTPException, OSError)": "the fate is known by then",
    },
    "activities/receipts.py": {
        "Receipts._append: suppress(StreamConflict)": "another worker's receipt stands",
    },
    "activities/sms.py": {
        "HttpGateway._receipt: ValueError": "accepted all the same; only without a number",
        "_is_here: ValueError": "a question: is this an address of this machine",
    },
    "activities/webhooks/posting.py": {
        "post: AddressRefused": "the failure of this delivery, in the book",
        "post: TimeoutError, TimeoutException": "as above",
        "post: NetworkError, ProtocolError, OSError, SSLError, UnicodeError": "as above",
    },
    "activities/webhooks/address.py": {
        "_literal: ValueError": "a question: is this host an IP address",
    },
    "activities/recording.py": {
        "Recorder._append: StreamConflict": "decided again, raised after so many",
        "Recorder._append: ResourceBusy": "recorded as the refusal `resource-busy`",
    },
    "activities/pathway_reading.py": {
        "read_pathway: YamlInvalid": "the faults of the reading",
        "read_pathway: ValidationError": "the faults of the reading",
    },
    "activities/pathway_yaml.py": {
        "_composed: suppress(YAMLError)": "the other parser raises it in words",
    },
    "workflows/loop.py": {
        "StreamLoop._slept_anew: TimeoutError": "no fault: the sleep is over",
        "StreamLoop._persistently: _LOCAL_FAILED": "the activity logs each failed attempt",
    },
    "projections/folding.py": {
        "fold_passage: Exception": "parked with its code",
    },
    "projections/rendering.py": {
        "render: Exception": "parked with its code",
        "_past: Exception": "parked with its code",
        "_until_it_stops: Exception": "parked with its code",
    },
    "projections/journey_file/queries.py": {
        "_body: EventUnreadable": "the file's line says a newer release wrote it",
        "_row: EventUnreadable": "the file's line says a newer release wrote it",
    },
    "projections/loop.py": {
        "Projector.run: Exception": "`_failed` logs it, the process's `fault` shows it",
        "Projector._turn: PositionMoved": "no fault: another projector was faster",
    },
    "projections/ahead.py": {
        "Ahead.look: Unavailable": "only looked ahead: the page's own query raises it",
    },
    "projections/listening.py": {
        "Listening._run: Unavailable": "raised to whoever waits",
    },
    "projections/audits.py": {
        "AuditFinding.journey: ValueError": "a question: is the stream a journey",
        "AuditFinding.code: ValueError": "nobody's stream: the doctor names it as it is",
    },
    "projections/comparing.py": {
        "_is_well_named: ValueError": "the stream is counted as one that differs",
    },
    "worker/desk.py": {
        "StaffDesk.provider_name: VaultUnavailable": "the page shows the code in place of the name",
        "StaffDesk.provider_name: Unavailable": "the page shows the code in place of the name",
    },
    "worker/audit/auditor.py": {
        "_each.work: Exception": "raised once all have been looked at",
    },
    "worker/audit/expected.py": {
        "_expected: EventUnreadable": "the finding `unreadable`",
    },
    "worker/audit/watching.py": {
        "Runs._agenda: RPCError, WorkflowQueryFailedError": "the finding `stuck`",
    },
    "worker/audit/schedule.py": {
        "_ensure: ScheduleAlreadyRunningError": "no fault: it is there",
        "keep_schedule: TimeoutError": "no fault: the pause is over",
    },
    "worker/document_sweep.py": {
        "sweep_documents: TimeoutError": "no fault: the pause is over",
    },
    "worker/heads.py": {
        "sign_heads: TimeoutError": "no fault: the pause is over",
    },
    "worker/releasing.py": {
        "Releases.care: TimeoutError": "no fault: the pause is over",
        "Releases.care: ReleaseNotReady": "the doctor names a release without workers",
    },
    "worker/restored.py": {
        "watch_for_restore: TimeoutError": "no fault: the pause is over",
        "watch_for_restore: Unavailable": "every other part says that the log is away",
    },
    "worker/services/waiting.py": {
        "patient_client: TimeoutError": "no fault: the pause is over",
    },
    "worker/services/clock.py": {
        "require_real_clock_when_up: suppress(TimeoutError)": "no fault: the pause is over",
    },
    "worker/relay.py": {
        "LogRelay._step.tell: RPCError": "raised when the page has been told",
    },
    "worker/health.py": {
        "_asked: InsufficientPrivilege": "the doctor's line, with what to do",
        "_asked: UndefinedTable, UndefinedFunction, InvalidSchemaName": "the doctor's line, with what to do",
        "_asked: PutokazError, VaultError, RPCError, RuntimeError, OSError": "the doctor's line, with what to do",
    },
    "worker/pinned.py": {
        "require_pinned_pathways: PathwayMissing": "all of them are raised in one",
    },
    "worker/settings.py": {
        "read_settings: ValidationError": "`SettingsInvalid` names each variable",
    },
    "worker/web.py": {
        "is_loopback: ValueError": "a question: is this an address",
    },
    "worker/signing_in.py": {
        "StaffSignIn.add_passkey: SignInRefused": "raised again, after an alarm where it is worth one",
    },
    "worker/sign_in_letters.py": {
        "tell_of_sign_ins: TimeoutError": "no fault: the pause is over",
    },
    "worker/proving.py": {
        "Proving.answered: SignInRefused": "raised again, after an alarm where it is worth one",
    },
    "worker/backup/drill.py": {
        "_judge_workflows: DevelopmentError": "the drill's report: not run",
        "_readable: Unavailable, UndefinedTable": "the drill's report: not compared",
    },
    "worker/backup/restoring.py": {
        "restore: suppress(Unavailable)": "the last lines say what is left to do",
    },
    "worker/backup/taking.py": {
        "_signed_head: HeadsFault": "`log verify` and the doctor name the broken line",
    },
    "worker/backup/tools.py": {
        "Tools.load: BrokenPipeError": "the program's exit code is looked at next",
        "_folders: PartMissing": "raised where no program is found at all",
        "_major: OSError, CalledProcessError": "as above",
    },
    "eventlog/appender.py": {
        "Appender.append_many: Exception": "each is tried alone, and its own error raised",
        "Appender._lead: Exception": "each is tried alone, and its own error raised",
        "Appender._lead: Unavailable": "raised in the thread of each request",
    },
    "eventlog/bodies.py": {
        "decode: ValidationError": "raised as `EventUnreadable`, outside the handler",
        "decode: _FAULTS": "raised as `EventUnreadable`, outside the handler",
        "decoded: _FAULTS": "read one by one, which raises at the one",
    },
    "eventlog/follow.py": {
        "Follower._heard: Unavailable": "the next read raises it, if it is still so",
    },
    "eventlog/log.py": {
        "EventLog.wait: IndexError": "no fault: no idle follower yet",
    },
    "eventlog/handovers.py": {
        "Handovers._in_session: OperationalError": "tried on a fresh session",
    },
    "eventlog/heads.py": {
        "check_heads: HeadsFault": "a fault of `log verify`, with its line",
        "cover: suppress(FileNotFoundError)": "the doctor says that no head was signed",
    },
    "eventlog/heads_key.py": {
        "HeadsPublicKey.confirms: InvalidSignature": "the answer: not signed by this key",
    },
    "eventlog/verify.py": {
        "_Walk.over: error": "a fault of `log verify`",
        "_Walk.broke: error": "a fault of `log verify`",
        "_when: OverflowError, error": "a fault of `log verify`",
    },
    "vault/callers.py": {
        "Callers.is_number: NumberInvalid": "a question: is this a number",
    },
    "vault/database.py": {
        "Database.run: IndexError": "no fault: no idle connection yet",
    },
    "vault/keys.py": {
        "Keys.destroy: suppress(VaultUnavailable)": "no fault: nobody opens them, and the sweep removes their rows",
    },
    "vault/documents.py": {
        "Documents._is_first: UniqueViolation": "no fault: another upload of it was kept, and its answer is given",
    },
    "vault/searching.py": {
        "Searching._bring_level: RecordBroken": "`unreadable` names the journey",
    },
    "vault/shredding.py": {
        "ShredLedger._lines: FileNotFoundError": "nothing was shredded yet",
    },
    "vault/passwords.py": {
        "_matches: VerifyMismatchError": "a question: is it this password",
    },
    "vault/staff_register.py": {
        "StaffRegister._replace: _NothingToDo": "looks again; after the last try `StaffConflict` is raised",
        "StaffRegister.revoke_feed: _NothingToDo": "no fault: it was revoked already, and the answer says so",
    },
    "worker/office.py": {
        "ProcessUpkeep.temporal: RPCError, RuntimeError, OSError": "the health page says that Temporal is away",
    },
}
"""By module, function and what it catches: where the error is read, or why it is none."""


def handlers(source: Source) -> Iterator[Handler]:
    """The handlers of a module that neither raise nor log."""
    yield from _below(source.place, source.tree, ())


def _below(place: str, node: ast.AST, names: tuple[str, ...]) -> Iterator[Handler]:
    for child in ast.iter_child_nodes(node):
        inner = names
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            inner = (*names, child.name)
        elif isinstance(child, ast.ExceptHandler) and not _speaks(child):
            yield Handler(place, ".".join(names), _names(child.type))
        elif isinstance(child, ast.Call) and (swallows := _swallows(child)):
            yield Handler(place, ".".join(names), swallows)
        yield from _below(place, child, inner)


def _names(caught: ast.expr | None) -> str:
    """`TimeoutError, NetworkError`: without the modules that they are of."""
    if isinstance(caught, ast.Tuple):
        return ", ".join(map(_names, caught.elts))
    return ast.unparse(caught).rpartition(".")[2] if caught is not None else "everything"


def _swallows(call: ast.Call) -> str | None:
    name = ast.unparse(call.func).rpartition(".")[2]
    if name == "suppress":
        return f"suppress({', '.join(map(_names, call.args))})"
    return "gather" if any(word.arg == "return_exceptions" for word in call.keywords) else None


def _speaks(handler: ast.ExceptHandler) -> bool:
    return any(isinstance(node, ast.Raise) or _is_log(node) for each in handler.body for node in ast.walk(each))


def _is_log(node: ast.AST) -> bool:
    """`_log.warning(…)`, `workflow.logger.error(…)`."""
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
        return False
    return node.func.attr in _SAYS and ast.unparse(node.func.value).rpartition(".")[2] in {"_log", "log", "logger"}


def silent() -> set[Handler]:
    """Of all rooms in which something goes on without anybody at a terminal."""
    found = (s for s in sources(*ROOMS) if not s.place.startswith(AT_A_TERMINAL))
    return {handler for source in found for handler in handlers(source)}


def excepted() -> set[Handler]:
    """What stands in the list above."""
    return {Handler(module, *place.split(": ", 1)) for module, places in READ_ELSEWHERE.items() for place in places}


def test_no_error_is_let_go_without_a_word() -> None:
    """A new handler raises, logs, or is put above with the place where a person reads of it."""
    assert sorted(silent() - excepted()) == []


def test_every_exception_is_one_still() -> None:
    """One that was mended, or is gone, goes from the list."""
    assert sorted(excepted() - silent()) == []


@pytest.mark.parametrize(
    ("body", "speaks"),
    [
        ("pass", False),
        ("return None", False),
        ("counter += 1", False),
        ("_log.debug('x')", False),  # nobody sees it
        ("_log.warning('x')", True),
        ("workflow.logger.warning('x')", True),
        ("log.error('x')", True),
        ("catalogue.error('x')", False),
        ("raise", True),
        ("raise Unavailable from None", True),
    ],
)
def test_what_counts_as_a_word(body: str, speaks: bool) -> None:
    """The rule itself."""
    text = f"class A:\n    def b(self):\n        try:\n            c()\n        except OSError:\n            {body}\n"
    source = Source(sources("domain")[0].path, text, ast.parse(text))
    assert [h.function for h in handlers(source)] == ([] if speaks else ["A.b"])
