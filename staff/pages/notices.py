"""What a page says first where it does not show all there is: the data are safe, the view is not whole."""

from __future__ import annotations

from uuid import UUID

from domain.journey.state import journey_stream
from projections.freshness import freshness, silent_partners
from projections.names import ModelName
from staff.visit import Visit


def notices(visit: Visit, model: ModelName, journey: UUID | None = None) -> list[str]:
    """The sentences, in the visit's language; none where all is as it should be."""
    found = freshness(visit.parts.reader, model, None if journey is None else journey_stream(journey))
    words, said = visit.words, list[str]()
    if found.behind_since is not None:
        said.append(words("notice.behind", moment=words.near_moment(found.behind_since, visit.now)))
    if found.parked_since is not None and journey is None:
        said.append(words.count("notice.parked-some", found.parked))
    elif found.parked_since is not None:
        said.append(words("notice.parked", moment=words.near_moment(found.parked_since, visit.now)))
    if model is ModelName.STALLED_BOARD and (silent := silent_partners(visit.parts.reader)).since is not None:
        said.append(words.count("notice.silent-partners", silent.count))
    return said
