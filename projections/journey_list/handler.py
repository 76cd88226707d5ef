"""The row of a journey in the list."""

from __future__ import annotations

from projections.folded import Folded
from projections.names import ModelName
from projections.read_model import ReadModel, Rows, Table
from projections.versions import VERSIONS


def rows(folded: Folded) -> Rows:
    """Exactly one."""
    return {"": folded.summary}


MODEL = ReadModel(
    name=ModelName.JOURNEY_LIST,
    version=VERSIONS[ModelName.JOURNEY_LIST],
    package="projections.journey_list",
    tables=(Table("journey_list_v1", rows, keyed=False),),
)
