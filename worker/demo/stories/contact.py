"""What clients agree about being reached."""

from __future__ import annotations

from datetime import time

from domain.journey.safety.contact import AgreeSafeContact
from domain.journey.safety.rules import Answerer, ContactChannel, ContactHours, ContactRule, LeftMessage, Weekday

WORKDAYS = tuple(Weekday)[:5]


def evenings() -> AgreeSafeContact:
    """Calls on weekdays from four to eight; a neutral message by text at any hour of the day."""
    calls = ContactRule(
        channel=ContactChannel.CALL,
        hours=(ContactHours(days=WORKDAYS, starts=time(16), ends=time(20)),),
        answerers=(Answerer.FRIEND,),
    )
    texts = ContactRule(
        channel=ContactChannel.TEXT_MESSAGE,
        hours=(ContactHours(days=tuple(Weekday), starts=time(8), ends=time(22)),),
        message=LeftMessage.NEUTRAL,
    )
    return AgreeSafeContact(rules=(calls, texts))


def by_daylight() -> AgreeSafeContact:
    """Calls on weekdays while she is out."""
    hours = (ContactHours(days=WORKDAYS, starts=time(9), ends=time(14)),)
    return AgreeSafeContact(rules=(ContactRule(channel=ContactChannel.CALL, hours=hours),))
