"""The JSON Schema of a pathway file, made from the models, so that an editor completes and checks while one types."""

from __future__ import annotations

import json

from domain.pathway.model import Pathway


def schema_text() -> str:
    """The text of `pathways/schema.json`: JSON Schema 2020-12 with a final newline."""
    schema = Pathway.model_json_schema(by_alias=True)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$comment": "made from domain/pathway/model.py"}
    return json.dumps({**head, **schema}, ensure_ascii=False, indent=2) + "\n"
