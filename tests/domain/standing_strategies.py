"""Random commands about where a person stands: formal status, screening, residence."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from hypothesis import strategies as st

from domain.calendar import local_date
from domain.command import Command
from domain.journey.residence.codes import ApplicationOutcome, EndReason
from domain.journey.residence.commands import (
    ApplyForExtension,
    CorrectResidence,
    EndResidence,
    ExtendResidence,
    GrantResidence,
    RevokeResidence,
    SettleApplication,
)
from domain.journey.screening.saving import SaveScreening
from domain.journey.state import Journey
from domain.journey.status.events import CorrectFormalStatus, RecordFormalStatus
from domain.pathway.answers import Answer
from domain.pathway.formal_status import FormalStatus
from domain.pathway.model import Pathway

DOCUMENT = UUID("00000000-0000-4000-8000-0000000d0c01")
answers = st.one_of(
    st.builds(
        Answer,
        question=st.sampled_from(("alone", "company", "worries", "nowhere")),
        answer=st.sampled_from(("yes", "no", "unknown", "family", "other", "papers", "money", "nothing")),
    ),
    st.builds(Answer, question=st.just("days-away"), days=st.sampled_from((0, 6, 7, 30))),
    st.builds(Answer, question=st.sampled_from(("days-away", "alone"))),
)


@st.composite
def standing_commands(draw: st.DrawFn, journey: Journey, pathway: Pathway, now: datetime) -> Command:
    """Any command of the three parts; often one that makes sense."""
    today = local_date(now, pathway.zone)
    past = today - timedelta(days=draw(st.integers(-1, 400)))
    ahead = draw(st.none() | st.just(today + timedelta(days=draw(st.integers(-40, 400)))))
    occurred = draw(st.none() | st.just(now - timedelta(hours=draw(st.integers(-1, 400)))))
    status = draw(st.sampled_from(FormalStatus))
    decider = draw(st.sampled_from(("office", "office", "court", "nobody")))
    decided = [d.version for d in journey.formal_status.decisions] or [1]
    permits = [p.version for p in journey.permits.values()] or [1]
    seen = draw(st.none() | st.none() | st.sampled_from(permits))
    kind, ground = draw(
        st.sampled_from((("short", "rest"), ("long", "opinion"), ("long", "presence"), ("long", "rest"), ("odd", "no")))
    )
    document = draw(st.none() | st.just(DOCUMENT))
    saved = [s.version for s in journey.screenings] or [1]
    grant = GrantResidence(
        permit_kind=kind, ground=ground, valid_from=past, valid_until=ahead, document=document, occurred_at=occurred
    )
    correct = CorrectResidence(
        corrects=draw(st.sampled_from(permits)),
        permit_kind=draw(st.sampled_from((kind, None))),
        ground=draw(st.sampled_from((ground, None))),
        valid_until=ahead,
    )
    return draw(
        st.sampled_from(
            (
                grant,
                grant,
                ExtendResidence(valid_until=ahead, seen=seen, document=document, occurred_at=occurred),
                ApplyForExtension(applied_on=past, seen=seen, document=document),
                SettleApplication(outcome=draw(st.sampled_from(ApplicationOutcome)), seen=seen, occurred_at=occurred),
                RevokeResidence(ground=draw(st.sampled_from(("security", "rest"))), seen=seen, occurred_at=occurred),
                EndResidence(reason=draw(st.sampled_from(EndReason)), seen=seen, occurred_at=occurred),
                correct,
                correct,
                RecordFormalStatus(status=status, decider=decider, decided_on=past, document=document),
                RecordFormalStatus(status=status, decider=decider, decided_on=today, learned_on=past),
                CorrectFormalStatus(
                    corrects=draw(st.sampled_from(decided)), status=draw(st.none() | st.just(status)), decided_on=past
                ),
                SaveScreening(
                    form=draw(st.sampled_from(("talk", "talk", "nowhere"))),
                    answers=tuple(draw(st.lists(answers, min_size=1, max_size=5))),
                    corrects=draw(st.none() | st.sampled_from(saved)),
                    occurred_at=occurred,
                ),
            )
        )
    )
