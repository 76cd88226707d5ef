"""What `putokaz doctor` and `/readyz` ask of every part."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta

import psycopg
from temporalio.service import RPCError

import eventlog.install
import projections.install
from activities.pathway_files import PathwayStore
from domain.errors import PutokazError
from eventlog.heads import cover
from eventlog.log import EventLog
from projections.audits import AuditFinding, last_audit, mended_lately
from projections.freshness import letters
from projections.reader import Reader
from projections.status import status
from vault.errors import VaultError
from worker.parts import opened
from worker.releasing import Releases, Standing
from worker.settings import Mode, Settings
from worker.temporal import temporal
from worker.webhooks.book import HaltCause, WebhookBook
from workflows.messages import OF_STREAMS

LAG_SECONDS = 30.0
"""A read model further behind than this is worth a look."""
_NAMED = 5
"""Journeys named where many could not be healed."""
LETTER_AGE = timedelta(hours=1)
"""A letter that has been on its way for longer is worth a look: the mail server, or one mailbox."""
SIGNATURE_AGE = timedelta(minutes=15)
"""An event that waits longer for a signature than this: three times the pause between two."""
BEHIND = 1000
"""Events that the follower of the webhooks may be behind without being asked about."""
_TEMPORAL_PATIENCE = timedelta(seconds=3)


@dataclass(frozen=True, slots=True)
class Finding:
    """One part: how it is, and what to do where it is not well."""

    part: str
    good: bool
    says: str
    do: str = ""


def examine(settings: Settings) -> list[Finding]:
    """Every part, in the order in which they depend on each other. Never raises for a part that is ill."""
    return [
        _asked("event log", lambda: _log(settings), "is PostgreSQL running? DATABASE_URL names it"),
        _asked("schema", lambda: _schema(settings), "run `putokaz migrate`"),
        _asked("signed heads", lambda: _heads(settings), "PUTOKAZ_HEADS_FILE names them"),
        _asked("vault", lambda: _vault(settings), "VAULT_DATABASE_URL and PUTOKAZ_KEK_FILE name database and key"),
        _asked("pathways", lambda: _pathways(settings), "run `putokaz pathway check` on the file"),
        _asked("Temporal", lambda: asyncio.run(_temporal(settings)), "decisions are recorded; reminders wait for it"),
        _asked("audit", lambda: _audit(settings), "is a worker running? it keeps the schedule of audits; see its log"),
        _asked("relay", lambda: _relay(settings), "is PostgreSQL running?"),
        _asked("read models", lambda: _read_models(settings), "is `putokaz projections run` (or the worker) running?"),
        _asked("mail", lambda: _mail(settings), "is PostgreSQL running?"),
        _asked("webhooks", lambda: _webhooks(settings), "is PostgreSQL running?"),
    ]


def _asked(part: str, ask: Callable[[], Finding], do: str) -> Finding:
    try:
        return ask()
    except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedFunction, psycopg.errors.InvalidSchemaName):
        return Finding(part, False, "its tables are not in this database", "run `putokaz migrate`")
    except psycopg.errors.InsufficientPrivilege:
        return Finding(part, False, "this database role may not read it", "docs/running.md says which address is whose")
    except (PutokazError, VaultError, RPCError, RuntimeError, OSError) as error:
        return Finding(part, False, str(error) or type(error).__name__, do)


def _log(settings: Settings) -> Finding:
    with EventLog(settings.reader, size=1) as log:
        head, real = log.head(), log.clock_is_real()
    if settings.mode is Mode.PRODUCTION and not real:
        return Finding("event log", False, "runs on a demonstration clock", "give production a database of its own")
    clock = "real clock" if real else "demonstration clock"
    return Finding("event log", True, f"{head} events, {clock}")


def _schema(settings: Settings) -> Finding:
    admin = settings.database_url.get_secret_value()
    due = (*eventlog.install.pending(admin), *projections.install.pending(admin))
    if due:
        return Finding("schema", False, f"{len(due)} files have not been run", "run `putokaz migrate`")
    return Finding("schema", True, "level with this release")


def _heads(settings: Settings) -> Finding:
    """Whether the end of the log can be proved. A demonstration clock says nothing about how long that takes."""
    part, demo = "signed heads", settings.mode is Mode.DEMO
    if settings.heads_file is None or settings.heads_key_file is None:
        do = "set PUTOKAZ_HEADS_FILE and PUTOKAZ_HEADS_KEY_FILE for the worker"
        return Finding(part, demo, "the log is not signed: a cut-off end would not show", do)
    found = cover(settings.reader, settings.heads_file)
    if not found.holds:
        says = f"the log does not hold what was signed at position {found.signed}: it was cut off or rewritten"
        return Finding(part, False, says, "leave all as it is and run `putokaz log verify`")
    says = f"signed up to position {found.signed}, {found.beyond} events since"
    late = found.seconds > SIGNATURE_AGE.total_seconds() and not demo
    return Finding(part, not late, says, "is a worker running? its log says what keeps it from signing")


def _vault(settings: Settings) -> Finding:
    with opened(settings, connections=1) as parts:
        members = parts.directory.all()
    on_call = sum("on-call" in member.roles for member in members)
    if not on_call:
        return Finding("vault", False, f"{len(members)} members of staff, nobody on call", "every ladder ends there")
    return Finding("vault", True, f"{len(members)} members of staff, {on_call} on call")


def _pathways(settings: Settings) -> Finding:
    store = PathwayStore(settings.pathways)
    here = store.all()
    changed = store.changed()
    if changed:
        return Finding("pathways", False, f"published files were changed: {', '.join(changed)}", "restore them")
    return Finding("pathways", bool(here), f"{len(here)} versions", "pathways/<name>/<version>.yaml")


async def _temporal(settings: Settings) -> Finding:
    client = await temporal(settings, lazy=True)
    running = f'{OF_STREAMS} AND ExecutionStatus = "Running"'
    count = await client.count_workflows(running, rpc_timeout=_TEMPORAL_PATIENCE)
    says = f"{count.count} workflows running at {settings.temporal_address}"
    return judged(says, await Releases(client).standings())


def judged(says: str, standings: Iterable[Standing]) -> Finding:
    """Whether somebody is there for new runs and for those that are pinned to a release."""
    standings = list(standings)
    left = sum(each.open_runs for each in standings if each.stranded)
    if not any(each.current and each.workers for each in standings):
        return Finding("Temporal", False, f"{says}; no worker for new ones", "run `putokaz worker`")
    if left:
        do = "`putokaz release move` restarts them; `putokaz release status` names the releases"
        return Finding("Temporal", False, f"{says}, {left} of them of releases without a worker", do)
    return Finding("Temporal", True, says)


def _audit(settings: Settings) -> Finding:
    """When the workflows were last compared with the log, and what came of it."""
    keeper = "is a worker running? it keeps the schedule of audits; `putokaz audit` runs one now"
    with Reader(settings.reader, size=1) as reader:
        last, mended = last_audit(reader), mended_lately(reader)
    if last is None:
        return Finding("audit", False, "workflows were never compared with the log", keeper)
    says = f"{last.audit.workflows} workflows compared with {last.audit.journeys} journeys {_ago(last.age)} ago"
    if mended:
        says += f"; healed in the last day: {_by_fault(mended)}"
    if last.audit.unmended:
        streams = ", ".join(finding.stream for finding in last.audit.unmended[:_NAMED])
        says += f"; not healed: {_by_fault(last.audit.unmended)} ({streams})"
        return Finding("audit", False, says, "`putokaz audit` tries again; the worker's log and `log show` say more")
    return Finding("audit", not last.is_overdue, says, keeper)


def _by_fault(findings: Iterable[AuditFinding]) -> str:
    return ", ".join(f"{count} {fault.value}" for fault, count in Counter(f.fault for f in findings).most_common())


def _ago(age: timedelta) -> str:
    minutes = int(age.total_seconds() // 60)
    return f"{minutes} minutes" if minutes else "a moment"


def _read_models(settings: Settings) -> Finding:
    with Reader(settings.reader, size=1) as reader:
        models = status(reader)
    behind = [m for m in models if m.lag_seconds > LAG_SECONDS and m.lag_events]
    parked = sum(m.parked for m in models)
    if behind:
        worst = max(behind, key=lambda m: m.lag_seconds)
        says = f"{worst.name.value} is {worst.lag_events} events behind"
        return Finding("read models", False, says, "is `putokaz projections run` (or the worker) running?")
    if parked:
        return Finding("read models", False, f"{parked} streams are parked", "see `putokaz projections parked`")
    return Finding("read models", True, f"{len(models)} level with the log")


def _relay(settings: Settings) -> Finding:
    with Reader(settings.reader, size=1) as reader:
        ((behind, still),) = reader.rows("worker", "relay_lag")
    if behind and (still is None or still > LAG_SECONDS):
        says = f"{behind} events behind, and has not moved for {still or 0:.0f} s"
        return Finding("relay", False, says, "is `putokaz relay` running? its log says what keeps it")
    return Finding("relay", True, "level with the log" if not behind else f"{behind} events behind, and moving")


def _webhooks(settings: Settings) -> Finding:
    """Whether every partner hears what it asked for."""
    with closing(WebhookBook(settings.reader)) as book, EventLog(settings.reader, size=1) as log:
        found, head = list(book.endpoints().values()), log.head()
    working = [e for e in found if e.halted_at is None]
    lost = [e for e in found if e.halted_for in {HaltCause.FAILING, HaltCause.GONE}]
    says = f"{len(working)} partners, {sum(e.waiting for e in working)} messages waiting"
    if lost:
        names = ", ".join(str(e.subscription) for e in lost[:_NAMED])
        do = "ask the partner, then `putokaz webhooks enable` and `resend`"
        return Finding("webhooks", False, f"{says}; {len(lost)} halted, nothing was taken for days ({names})", do)
    if failing := [e for e in working if e.failing_since is not None]:
        since = min(e.failing_since for e in failing if e.failing_since is not None)
        says += f"; {len(failing)} not answering, the first since {since:%Y-%m-%d %H:%M} UTC"
    if given_up := sum(e.given_up for e in working):
        says += f"; {given_up} given up"
    behind = max((head - e.planned_to for e in working), default=0)
    if behind > BEHIND:
        return Finding("webhooks", False, f"{says}; {behind} events behind", "is `putokaz webhooks run` running?")
    return Finding("webhooks", True, says)


def _mail(settings: Settings) -> Finding:
    if settings.smtp_host is None:
        return Finding("mail", False, "no mail server: reminders are kept and not sent", "set PUTOKAZ_SMTP_HOST")
    with Reader(settings.reader, size=1) as reader, EventLog(settings.reader, size=1) as log:
        found, now = letters(reader), log.now()
    doubted = "".join(f", {count} possibly twice ({cause})" for cause, count in sorted(found.doubles.items()))
    says = f"{settings.smtp_host}:{settings.smtp_port}, {found.waiting} letters on their way{doubted}"
    if found.oldest is not None and now - found.oldest > LETTER_AGE:
        return Finding(
            "mail", False, f"{says}, the first since {found.oldest:%Y-%m-%d %H:%M} UTC", "see the worker's log"
        )
    return Finding("mail", True, says)
