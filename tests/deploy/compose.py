"""docker-compose.yml as the tests read it: parsed, with its defaults filled in."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import yaml

from tests.architecture.sources import ROOT

VARIABLE = re.compile(r"\$\{(?P<name>[A-Z_]+)(?::-(?P<default>[^}]*))?\}")
OURS = "putokaz"


@cache
def text() -> str:
    """The file as it stands."""
    return (ROOT / "docker-compose.yml").read_text(encoding="utf-8")


@cache
def document() -> dict[str, Any]:
    """The whole file; `${NAME:-default}` is replaced by its default, as compose does without a .env file."""
    filled = VARIABLE.sub(lambda m: m["default"] or "", text()).replace("$$", "$")
    parsed: dict[str, Any] = yaml.safe_load(filled)
    return parsed


def services() -> dict[str, dict[str, Any]]:
    """Every service by its name."""
    found: dict[str, dict[str, Any]] = document()["services"]
    return found


def our_services() -> dict[str, dict[str, Any]]:
    """Those that run our own image."""
    return {name: s for name, s in services().items() if s["image"].partition(":")[0] == OURS}


def secrets_of(service: dict[str, Any]) -> dict[str, str]:
    """From the name under /run/secrets to the name of the secret."""
    found: dict[str, str] = {}
    for secret in service.get("secrets", ()):
        if isinstance(secret, str):
            found[secret] = secret
        else:
            found[secret["target"]] = secret["source"]
    return found
