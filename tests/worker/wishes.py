"""What staff chose where a test counts letters: each by itself, at any hour; nothing waits for a morning."""

from __future__ import annotations

from vault.preferences import Pace, Preferences

AT_ONCE = Preferences(pace=Pace.EACH, quiet_from=None, quiet_until=None)
