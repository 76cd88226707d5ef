"""Random commands of this part, often ones that make sense."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from domain.calendar import local_date
from domain.command import Command
from domain.journey.proceedings.basis import TriggerDay
from domain.journey.proceedings.codes import (
    FeeKind,
    FeeOutcome,
    HolderKind,
    Interrupted,
    Limits,
    PowerEnd,
    PowerForgoing,
    ProceedingsOutcome,
    ProceedingsStage,
    PropertyClaimStatus,
    Protection,
    ProtectionStatus,
    TermOverrideReason,
    WaiverReason,
)
from domain.journey.proceedings.commands import (
    DescribeProceedings,
    EndProceedings,
    ForgoPower,
    GivePower,
    LinkProceedings,
    MoveProceedings,
    OweFee,
    RecordPropertyClaim,
    RecordProtection,
    ResumeProceedings,
    RevokePower,
    SettleFee,
    StartProceedings,
    UnlinkProceedings,
)
from domain.journey.proceedings.term_commands import (
    ConfirmTerm,
    CorrectLimitation,
    CorrectTerm,
    InterruptLimitation,
    MeetTerm,
    MissTerm,
    OverrideTerm,
    RecomputeDeadlines,
    ReopenTerm,
    RestoreTerm,
    StartLimitation,
    StartTerm,
    SuspendLimitation,
    WaiveTerm,
)
from domain.journey.state import Journey
from domain.law import TERM_RULES, Crime, InterruptionGround, Standing, SuspensionGround, Trigger
from domain.pathway.hearings import Matter
from tests.proceedings_examples import ATTORNEY, COURT, OGNJEN

numbers = st.integers(1, 4)
standings = st.lists(st.sampled_from(Standing), max_size=2).map(tuple)


def _days(day: st.SearchStrategy[date]) -> st.SearchStrategy[tuple[TriggerDay, ...]]:
    limited = (Trigger.DAMAGE_KNOWN, Trigger.DAMAGE_SUFFERED, Trigger.CRIME_COMMITTED, Trigger.JUDGMENT_FINAL)
    one = st.builds(TriggerDay, trigger=st.sampled_from(limited), on=day)
    return st.lists(one, max_size=3, unique_by=lambda d: d.trigger).map(tuple)


def proceedings_commands(journey: Journey, now: datetime) -> st.SearchStrategy[Command]:
    """Any command of the part; numbers and versions are often those there are."""
    today = local_date(now, "Europe/Belgrade")
    day = st.integers(-700, 40).map(lambda n: today + timedelta(days=n))
    term = st.sampled_from([*journey.terms, *journey.terms, 1, 9])
    which = st.sampled_from([*journey.proceedings, *journey.proceedings, 1, 9])
    versions = [v for t in journey.terms.values() for v in (t.counted_version, t.settled_version) if v]
    versions += [v for p in journey.proceedings.values() if (v := p.over_version)]
    version = st.sampled_from([*versions, 1])
    read = [d for t in journey.terms.values() for d in t.days_read]
    some_trigger = st.none() | st.sampled_from(Trigger)
    rule = st.sampled_from(sorted(TERM_RULES))
    crime = st.none() | st.sampled_from(Crime)
    return st.one_of(
        st.builds(
            StartProceedings,
            matter=st.sampled_from(Matter),
            standings=standings,
            stage=st.sampled_from(ProceedingsStage),
        ),
        st.just(StartProceedings(matter=Matter.CRIMINAL, standings=(Standing.INJURED_PARTY,))),
        st.just(StartProceedings(matter=Matter.CIVIL, standings=(Standing.PLAINTIFF,))),
        st.builds(DescribeProceedings, proceedings=which, standings=st.none() | standings, court=st.just(COURT)),
        st.builds(MoveProceedings, proceedings=which, stage=st.sampled_from(ProceedingsStage)),
        st.builds(EndProceedings, proceedings=which, outcome=st.sampled_from(ProceedingsOutcome)),
        st.builds(ResumeProceedings, proceedings=which, corrects=version),
        st.builds(LinkProceedings, proceedings=which, other=numbers),
        st.builds(UnlinkProceedings, proceedings=which, other=numbers),
        st.builds(
            RecordProtection,
            proceedings=which,
            protection=st.sampled_from(Protection),
            status=st.sampled_from(ProtectionStatus),
        ),
        st.builds(RecordPropertyClaim, proceedings=which, status=st.sampled_from(PropertyClaimStatus)),
        st.builds(
            GivePower,
            proceedings=which,
            holder=st.sampled_from((ATTORNEY, OGNJEN)),
            holder_kind=st.sampled_from(HolderKind),
            given_on=day,
        ),
        st.builds(
            RevokePower, proceedings=which, power=numbers, reason=st.sampled_from(PowerEnd), ended_on=st.just(today)
        ),
        st.builds(ForgoPower, proceedings=which, reason=st.sampled_from(PowerForgoing)),
        st.builds(
            OweFee,
            proceedings=which,
            fee_kind=st.sampled_from(FeeKind),
            amount=st.just(Decimal("1000.00")),
            due_on=day,
        ),
        st.builds(SettleFee, fee=numbers, outcome=st.sampled_from(FeeOutcome)),
        st.builds(StartTerm, proceedings=which, rule=rule, on=day, trigger=some_trigger),
        st.builds(
            StartTerm,
            proceedings=which,
            rule=st.sampled_from(("zkp-432-appeal", "zpp-367-appeal", "zpp-297-reply", "zkp-336-reply")),
            on=day,
        ),
        st.builds(CorrectTerm, term=term, corrects=version, on=day, trigger=some_trigger),
        st.builds(ConfirmTerm, term=term, on=st.sampled_from(read) if read else day),
        st.builds(OverrideTerm, term=term, on=day, reason=st.sampled_from(TermOverrideReason)),
        st.builds(MeetTerm, term=term),
        st.builds(WaiveTerm, term=term, reason=st.sampled_from(WaiverReason)),
        st.builds(MissTerm, term=term, obstacle_ended_on=st.none() | day),
        st.builds(RestoreTerm, term=term),
        st.builds(ReopenTerm, term=term, corrects=version),
        st.builds(StartLimitation, limits=st.sampled_from(Limits), days=_days(day), crime=crime),
        st.builds(CorrectLimitation, term=term, corrects=version, days=_days(day), crime=crime),
        st.builds(
            InterruptLimitation,
            term=term,
            on=day,
            ground=st.sampled_from(InterruptionGround),
            ended_on=st.none() | day,
            interrupts=st.sampled_from(Interrupted),
        ),
        st.builds(SuspendLimitation, term=term, starts=day, ends=day, ground=st.sampled_from(SuspensionGround)),
        st.just(RecomputeDeadlines()),
    )
