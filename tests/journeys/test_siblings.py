"""Two sisters: one tie, two journeys. What one decides or is summoned to is never in the other's file."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from domain.codes import ConsentPurpose, Relation, StepOutcome
from domain.journey.advancing import AdvanceStep, OpenStep
from domain.journey.consent import GiveConsent, WithdrawConsent
from domain.journey.linking import LinkJourney, LinkMirrored, UnlinkJourney, UnlinkMirrored
from domain.journey.state import journey_stream
from domain.refusal import RefusalCode
from tests.domain.given import MILA, OTHER, begun
from tests.fix_engine import Bench
from tests.fix_mail import MailSink
from tests.journeys.hand_clock import Told
from tests.journeys.lived import Life
from tests.journeys.tale import Tale


def two_sisters() -> Tale:
    """The elder's journey; the younger has one of her own."""
    story = Told(begun())

    # They came together. The tie is recorded once, and a second time it is refused.
    story.do(LinkJourney(other=OTHER, relation=Relation.SIBLING))
    story.refused(LinkJourney(other=OTHER, relation=Relation.SIBLING), RefusalCode.ALREADY_LINKED)
    story.do(GiveConsent(purpose=ConsentPurpose.ASSISTANCE), AdvanceStep(step="contact", outcome=StepOutcome.DONE))

    # A hearing of the elder's in five weeks. Every letter goes to who works with her.
    story.later(days=2)
    story.do(OpenStep(step="hearing", appointment=story.here.now + timedelta(days=35)))
    story.later(days=34)
    assert any(rung.rung == "before-1-calendar-days" for rung in story.letters)
    assert {who for letter in story.letters for who in letter.to} <= {MILA, None}

    # She moves on by herself: her own consent, and the tie, end.
    story.do(WithdrawConsent(purpose=ConsentPurpose.ASSISTANCE), UnlinkJourney(other=OTHER))
    story.refused(UnlinkJourney(other=OTHER), RefusalCode.NOT_LINKED)
    story.later(days=3)
    return Tale.of(story.here)


def test_two_sisters() -> None:
    """As above."""
    two_sisters()


async def test_the_younger_hears_of_the_tie_and_of_nothing_else(
    bench: Bench, time_skipping_server: Path, mail_sink: MailSink, tmp_path: Path
) -> None:
    """Lived: of the whole journey of the elder, the younger's has that the tie began and that it ended."""
    async with Life(two_sisters(), bench.dsn, tmp_path, time_skipping_server, mail_sink) as life:
        await life.live()
        younger = [recorded.event for recorded in life.log.load(journey_stream(OTHER)).history]
    from_her = [event for event in younger if isinstance(event, LinkMirrored | UnlinkMirrored)]
    assert [type(event) for event in from_her] == [LinkMirrored, UnlinkMirrored]
    assert isinstance(from_her[0], LinkMirrored)
    assert from_her[0].relation is Relation.SIBLING
    assert not any(event.topic in _ELDERS for event in younger)


_ELDERS = {"journey.consent-given", "journey.consent-withdrawn", "journey.step-advanced"}
