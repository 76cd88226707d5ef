"""`putokaz letters …` on a real log and mail server: the book of messages, one more time, what somebody wants."""

from __future__ import annotations

import asyncio
from uuid import UUID

from domain.codes import StepOutcome
from domain.journey.advancing import AdvanceStep
from tests.activities.letters import deliverer, fire_next
from tests.fix_engine import MILA
from tests.fix_mail import MailSink
from tests.worker.test_cli import Shell, own_logs, shell

__all__ = ["own_logs", "shell"]


async def _sent(shell: Shell, sink: MailSink) -> UUID:
    journey = shell.bench.opened()
    (delivery,) = fire_next(shell.bench, journey)
    await deliverer(shell.bench, sink.postbox).deliver(delivery)
    return journey


def test_the_book_of_a_journey_and_one_more_time(shell: Shell, mail_sink: MailSink) -> None:
    """Sent, and sent again on request; not once the date holds no longer, and not what nobody asked for."""
    journey = str(asyncio.run(_sent(shell, mail_sink)))
    (entry,) = shell.json("letters", "list", journey)
    assert (entry["channel"], entry["recipients"], entry["reason"]) == ("email", [str(MILA)], None)
    mail = {"PUTOKAZ_SMTP_HOST": "127.0.0.1", "PUTOKAZ_SMTP_PORT": str(mail_sink.port)}
    again = ("letters", "resend", journey, entry["message"])
    assert shell.run(*again).exit_code == 2  # no mail server is configured
    assert shell.run(*again, **mail).exit_code == 0
    assert len(mail_sink.mails) == 2
    assert len(shell.json("letters", "list", journey)) == 2
    assert shell.run("letters", "resend", journey, str(MILA), **mail).exit_code == 2
    shell.bench.record(UUID(journey), AdvanceStep(step="contact", outcome=StepOutcome.DONE))
    assert shell.run(*again, **mail).exit_code == 3
    assert len(mail_sink.mails) == 2


def test_how_somebody_wants_to_be_told(shell: Shell) -> None:
    """Shown, changed in parts, refused where it does not fit; a wrong number is not repeated."""
    mine = ("letters", "wishes", "--staff", "mila@example.org")
    before = shell.json(*mine)
    assert (before["pace"], before["digest_at"], before["quiet_from"]) == ("digest", "08:30:00", "21:00:00")
    changed = shell.json(
        *mine, "--pace", "each", "--phone", "+381600000001", "--channel", "sms", "--quiet", "22:00-06:30"
    )
    assert shell.json(*mine) == changed
    assert (changed["pace"], changed["quiet_until"], changed["channel"]) == ("each", "06:30:00", "sms")
    assert shell.json(*mine, "--quiet", "")["quiet_from"] is None
    for wrong in (
        ("--phone", "0600"),
        ("--pace", "hourly"),
        ("--quiet", "night"),
        ("--zone", "Nowhere"),
        ("--phone", ""),
    ):
        refused = shell.run(*mine, *wrong)
        assert refused.exit_code == 2
        assert "0600" not in refused.output
    assert shell.run("letters", "wishes", "--staff", "nobody@example.org").exit_code == 2
