"""A deliverer for tales in which the mail server is away for days."""

from __future__ import annotations

from uuid import UUID

from activities.delivering import Deliverer
from activities.postbox import NotHanded
from eventlog.log import EventLog
from tests.fix_mail import MailSink
from tests.journeys.tale import Tale, staff_of
from workflows.messages import Delivery


class PatientDeliverer(Deliverer):
    """Makes each letter's first attempt, and each while somebody is at the mail server's address.

    Those between, thousands in three days, would all end as the first: they fail at once, and their activity is tried
    again as its policy has it.
    """

    def __init__(self, log: EventLog, tale: Tale, sink: MailSink) -> None:
        super().__init__(log, staff_of(tale), sink.postbox, lambda code: f"https://p.example/j/{code}")
        self._sink = sink
        self._tried: set[UUID] = set()

    async def deliver(self, delivery: Delivery) -> None:
        """As the deliverer's."""
        message = delivery.letter.message
        if message in self._tried and not self._sink.is_there:
            raise NotHanded("nobody is at the mail server's address")
        self._tried.add(message)
        await super().deliver(delivery)
