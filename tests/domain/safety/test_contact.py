"""Safe contact: agreed, asked again in time, suspended at once; and what is stale or missing never allows a call."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as st
from pydantic import ValidationError

from domain.codes import ObligationKind
from domain.journey import obligations
from domain.journey.safety.contact import (
    AgreeSafeContact,
    SafeContactAgreed,
    SafeContactVerified,
    SuspendSafeContact,
    VerifySafeContact,
)
from domain.journey.safety.rules import (
    Agreement,
    Allowed,
    Bar,
    ContactChannel,
    ContactHours,
    ContactRule,
    LeftMessage,
    NotAllowed,
    Suspension,
    Weekday,
    may_contact,
)
from domain.refusal import RefusalCode
from tests.domain.careful import ALL_DAYS, agree, calls, careful
from tests.domain.given import Given
from tests.domain.safety_strategies import contact_rules

CALL = ContactChannel.CALL
BELGRADE = "Europe/Belgrade"
FAR = datetime(2030, 1, 1, tzinfo=UTC)


def _ask(here: Given, at: datetime, channel: ContactChannel = CALL) -> Allowed | NotAllowed:
    contact = here.state.safe_contact
    return may_contact(contact.agreement if contact else None, channel, at)


def _due(here: Given) -> list[date]:
    return [o.clockwork.deadline.due_on for o in obligations(here.state) if o.kind is ObligationKind.SAFE_CONTACT]


def test_the_client_is_called_in_the_agreed_hours_only() -> None:
    """Monday from five to seven in Belgrade, to the minute; what may be left is said with it."""
    here = careful().having(agree())
    five, seven = datetime(2026, 3, 2, 16, tzinfo=UTC), datetime(2026, 3, 2, 18, tzinfo=UTC)
    assert _ask(here, five) == Allowed(seven, LeftMessage.NEUTRAL, ())
    assert _ask(here, five - timedelta(seconds=1)) == NotAllowed(Bar.OUTSIDE_HOURS)
    assert _ask(here, seven) == NotAllowed(Bar.OUTSIDE_HOURS)
    assert _ask(here, five - timedelta(days=1)) == NotAllowed(Bar.OUTSIDE_HOURS), "a Sunday"
    assert _ask(here, five, ContactChannel.TEXT_MESSAGE) == NotAllowed(Bar.OTHER_CHANNEL)


def test_nothing_agreed_allows_nothing() -> None:
    """Fails closed."""
    assert _ask(careful(), FAR) == NotAllowed(Bar.NOTHING_AGREED)


def test_hours_are_those_of_the_clients_clock() -> None:
    """A client in London is called at five there, also in the weeks in which only one of the two has summer time."""
    here = careful().having(AgreeSafeContact(rules=(calls(),), zone="Europe/London"))
    assert isinstance(_ask(here, datetime(2026, 3, 30, 16, tzinfo=UTC)), Allowed)
    assert _ask(here, datetime(2026, 3, 27, 16, tzinfo=UTC)) == NotAllowed(Bar.OUTSIDE_HOURS)
    assert isinstance(_ask(here, datetime(2026, 3, 27, 17, tzinfo=UTC)), Allowed)


@pytest.mark.parametrize(
    ("night", "hours"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 3, 22), 24)], ids=str
)
def test_a_whole_day_is_open_from_midnight_to_midnight(night: date, hours: int) -> None:
    """Over a change of the clocks it has 23 or 25 hours, and every minute of it is open."""
    rule = calls(on=(Weekday.SUNDAY,), starts=time(0), ends=time(0))
    agreement = Agreement(BELGRADE, (rule,), FAR)
    middle = datetime(night.year, night.month, night.day, 10, tzinfo=UTC)
    minutes = [middle + timedelta(minutes=n) for n in range(-14 * 60, 14 * 60)]
    assert sum(isinstance(may_contact(agreement, CALL, at), Allowed) for at in minutes) == hours * 60


def test_it_is_believed_for_a_while_and_asked_for_before() -> None:
    """Thirty days, with reminders a week and two days before the last of them; then every call is refused."""
    here = careful().having(agree())
    assert _due(here) == [date(2026, 4, 1)]
    owed = next(o for o in obligations(here.state) if o.kind is ObligationKind.SAFE_CONTACT)
    assert [r.rung for r in owed.ahead][:3] == ["before-7-calendar-days", "before-2-calendar-days", "due"]
    assert isinstance(_ask(here, datetime(2026, 4, 1, 15, 30, tzinfo=UTC)), Allowed)
    assert _ask(here, datetime(2026, 4, 2, 15, 30, tzinfo=UTC)) == NotAllowed(Bar.STALE)


def test_asking_again_renews_it() -> None:
    """From the day on which the client said so."""
    here = careful().having(agree()).later(days=28).having(VerifySafeContact())
    assert _due(here) == [date(2026, 4, 29)]
    assert isinstance(_ask(here, datetime(2026, 4, 29, 15, 30, tzinfo=UTC)), Allowed)


def test_it_may_be_believed_for_less_but_never_for_longer() -> None:
    """The client says until Friday; the pathway says no longer than thirty days."""
    friday = careful().having(AgreeSafeContact(rules=(calls(),), valid_until=date(2026, 3, 6)))
    assert _due(friday) == [date(2026, 3, 6)]
    years = careful().having(AgreeSafeContact(rules=(calls(),), valid_until=date(2029, 3, 6)))
    assert _due(years) == [date(2026, 4, 1)]


def test_what_was_agreed_long_ago_is_not_entered_as_new() -> None:
    """It is stale already."""
    here = careful().later(days=60)
    long_ago = AgreeSafeContact(rules=(calls(),), occurred_at=here.now - timedelta(days=31))
    here.when(long_ago).then_refused(RefusalCode.DATE_IN_THE_PAST)


def test_a_suspension_stops_every_contact_until_somebody_has_asked_again() -> None:
    """And by when is a matter of hours."""
    here = careful().having(agree(), SuspendSafeContact(reason=Suspension.OVERHEARD))
    at = datetime(2026, 3, 2, 17, tzinfo=UTC)
    assert _ask(here, at) == NotAllowed(Bar.SUSPENDED)
    assert _due(here) == [date(2026, 3, 2)]
    here.when(SuspendSafeContact(reason=Suspension.DEVICE_LOST)).then_nothing()
    asked = here.later(hours=1).having(VerifySafeContact())
    assert isinstance(_ask(asked, at), Allowed)


def test_what_the_client_said_before_a_suspension_does_not_end_it() -> None:
    """Somebody enters last week's talk today."""
    here = careful().having(agree()).later(days=3).having(SuspendSafeContact(reason=Suspension.DEVICE_LOST))
    said = here.now - timedelta(days=1)
    here.later(hours=1).when(VerifySafeContact(occurred_at=said)).then_refused(RefusalCode.SAID_BEFORE)
    here.later(hours=1).when(AgreeSafeContact(rules=(calls(),), occurred_at=said)).then_refused(RefusalCode.SAID_BEFORE)


def test_what_was_never_agreed_is_neither_verified_nor_suspended() -> None:
    """There is nothing that could hold."""
    careful().when(VerifySafeContact()).then_refused(RefusalCode.NO_SAFE_CONTACT)
    careful().when(SuspendSafeContact(reason=Suspension.CLIENT_ASKED)).then_refused(RefusalCode.NO_SAFE_CONTACT)


def test_a_form_that_shows_an_old_agreement_is_refused() -> None:
    """The loser sees both."""
    here = careful().having(agree())
    here.when(VerifySafeContact(seen=1)).then_refused(RefusalCode.PART_CHANGED, part="safe-contact")


def test_hours_that_end_before_they_start_are_not_taken() -> None:
    """A night is two entries; read from a log, such hours would never be open."""
    night = ContactHours(days=ALL_DAYS, starts=time(22), ends=time(2))
    rule = ContactRule(channel=CALL, hours=(night,))
    with pytest.raises(ValidationError, match="a night as two entries"):
        AgreeSafeContact(rules=(rule,))
    assert night.window(datetime(2026, 3, 2, 22, tzinfo=UTC), BELGRADE) is None


def test_an_instant_has_a_zone() -> None:
    """Or it is none."""
    with pytest.raises(ValueError, match="no instant"):
        may_contact(None, CALL, datetime.fromisoformat("2026-03-02T17:00"))


_INSTANTS = st.integers(0, 60 * 24 * 365).map(lambda n: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=n))


@settings(deadline=None)
@drawn(
    rules=st.lists(contact_rules(), min_size=1, max_size=3),
    at=_INSTANTS,
    until=_INSTANTS,
    channel=st.sampled_from(ContactChannel),
    suspended=st.sampled_from((None, None, *Suspension)),
    zone=st.sampled_from((BELGRADE, "America/New_York", "UTC")),
)
def test_stale_or_suspended_always_refuses(
    rules: list[ContactRule],
    at: datetime,
    until: datetime,
    channel: ContactChannel,
    suspended: Suspension | None,
    zone: str,
) -> None:
    """Whatever was agreed; and what is allowed is in one of the agreed hours of that channel."""
    answer = may_contact(Agreement(zone, tuple(rules), until, suspended), channel, at)
    if at >= until or suspended is not None:
        assert isinstance(answer, NotAllowed)
    if isinstance(answer, Allowed):
        assert at < answer.until <= until
        assert any(
            rule.channel is channel and hours.window(at, zone) is not None for rule in rules for hours in rule.hours
        )


@settings(deadline=None, max_examples=40)
@drawn(data=st.data(), minutes=st.integers(0, 60 * 24 * 400))
def test_time_alone_never_makes_a_contact_safe_again(data: st.DataObject, minutes: int) -> None:
    """However long one waits after the last word of the client."""
    rules = tuple(data.draw(st.lists(contact_rules(), min_size=1, max_size=2)))
    here = careful().having(AgreeSafeContact(rules=rules))
    contact = here.state.safe_contact
    assert contact is not None
    late = contact.agreement.valid_until + timedelta(minutes=minutes)
    for channel in ContactChannel:
        assert _ask(here, late, channel) == NotAllowed(Bar.STALE)


def test_the_events_say_what_holds_from_then_on() -> None:
    """Zone of the pathway where the client named none."""
    here = careful()
    agreed = here.when(agree()).events[0]
    assert isinstance(agreed, SafeContactAgreed)
    assert (agreed.zone, agreed.valid_until) == (BELGRADE, datetime(2026, 4, 1, 22, tzinfo=UTC))
    verified = here.having(agree()).when(VerifySafeContact()).events[0]
    assert isinstance(verified, SafeContactVerified)
    assert verified.valid_until == agreed.valid_until
