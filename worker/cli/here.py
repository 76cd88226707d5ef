"""The settings of a command: from the environment, else those of the demo that runs from this checkout."""

from __future__ import annotations

import os
from pathlib import Path

from worker.development.state import DEFAULT_FOLDER, ENVIRONMENT_FILE
from worker.settings import Settings, read_settings


def state_folder(given: Path | None = None) -> Path:
    """The state folder of `demo` and `up`: the option, else PUTOKAZ_STATE, else `.putokaz/` in the checkout."""
    if given is not None:
        return given.absolute()
    named = os.environ.get("PUTOKAZ_STATE")
    return Path(named).absolute() if named else DEFAULT_FOLDER


def settings_here() -> Settings:
    """Raises `SettingsInvalid` where neither the environment nor a local stack says what is needed."""
    if "DATABASE_URL" in os.environ:
        return read_settings()
    file = state_folder() / ENVIRONMENT_FILE
    if not file.exists():
        return read_settings()
    local = dict(line.split("=", 1) for line in file.read_text(encoding="utf-8").splitlines())
    return read_settings({**os.environ, **local})
