"""`putokaz …`: one command line for everything. Commands import what they need when they run, so that help is quick."""

from __future__ import annotations

import logging

import typer

from worker.cli.audit import register as register_audit
from worker.cli.backup import register as register_backup
from worker.cli.caseload import register as register_caseload
from worker.cli.config import register as register_config
from worker.cli.contacts import register as register_contacts
from worker.cli.demo import register as register_demo
from worker.cli.doctor import register as register_doctor
from worker.cli.feed import register as register_feed
from worker.cli.journeys import register as register_journeys
from worker.cli.keyring import register as register_keyring
from worker.cli.letters import register as register_letters
from worker.cli.logs import register as register_logs
from worker.cli.missions import register as register_missions
from worker.cli.pathways import register as register_pathways
from worker.cli.providers import register as register_providers
from worker.cli.readmodels import register as register_readmodels
from worker.cli.release import register as register_release
from worker.cli.run import register as register_run
from worker.cli.sms import register as register_sms
from worker.cli.staff import register as register_staff
from worker.cli.webhooks import register as register_webhooks
from worker.collecting import collect_rarely
from worker.logs import configure

app = typer.Typer(
    name="putokaz",
    help="Putokaz: client support pathways that nobody gets lost on.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
)


@app.callback()
def _begin() -> None:
    # What a command has to say it says itself; only warnings of the parts below it are shown, on standard error.
    configure(level=logging.WARNING, json=False)
    collect_rarely()


register_demo(app)
register_run(app)
register_doctor(app)
register_audit(app)
register_journeys(app)
register_providers(app)
register_contacts(app)
register_missions(app)
register_staff(app)
register_caseload(app)
register_pathways(app)
register_readmodels(app)
register_logs(app)
register_backup(app)
register_release(app)
register_keyring(app)
register_config(app)
register_feed(app)
register_sms(app)
register_webhooks(app)
register_letters(app)

__all__ = ["app"]
