"""What the pages need to know of where they run; the composition root reads the environment, not we."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

LOOPBACK = frozenset({"127.0.0.1", "localhost", "[::1]"})
"""The only names under which pages without sign-in answer: a foreign name that resolves to us is a rebinding. Only
under these do pages with sign-in answer without https."""
NEUTRAL = "https://www.hidmet.gov.rs/"
"""The weather in Serbia."""


class AppMode(StrEnum):
    """Demo: invented people, a person is chosen in the header. Production: everybody signs in."""

    DEMO = "demo"
    PRODUCTION = "production"


@dataclass(frozen=True, slots=True)
class AppSettings:
    """`secret` signs form tokens: give the same to every web process. `hosts` are names without port."""

    mode: AppMode = AppMode.DEMO
    hosts: frozenset[str] = LOOPBACK
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    workflows_url: str | None = None
    release: str = "0.1.0"
    patience: float = 2.0
    """Seconds that a page waits for its read model after a command."""
    document_limit: int = 20 * 1024 * 1024
    """The largest file that is filed as a document, in bytes."""
    exit_to: str = NEUTRAL
    """Where somebody arrives who leaves quickly: a public page of which nobody asks anything."""
    live_every: float = 15.0
    """Seconds after which an open page asks whether it has changed; 0: it never does."""
    exports: Path | None = None
    """The folder in which files of exports lie for a day; without one they are gone with the process."""
