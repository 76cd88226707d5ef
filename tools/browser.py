"""Finds a Chromium for the browser tests, or gets one; where neither works those tests count as *not run*.

In this order: ``PUTOKAZ_BROWSER``, an installed one, as root on Debian its package, Playwright's own.
``PUTOKAZ_REQUIRE_BROWSER=1`` (CI) makes a missing one a failure. A failed attempt is not repeated for a day.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

TOOLS = Path(__file__).resolve().parents[1] / ".putokaz-tools"
FAILED_MARK = TOOLS / "no-browser"
RETRY_SECONDS = 24 * 3600
INSTALL_SECONDS = 300
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge")
MAC = ("Google Chrome", "Chromium", "Microsoft Edge")


def find() -> str | None:
    """Path of a Chromium-like browser on this machine, or of Playwright's; None when there is none."""
    given = os.environ.get("PUTOKAZ_BROWSER")
    if given:
        return given
    installed = next((path for name in NAMES if (path := shutil.which(name))), None)
    mac = next((path for app in MAC if os.path.exists(path := f"/Applications/{app}.app/Contents/MacOS/{app}")), None)
    return installed or mac or _playwrights_own()


def is_required() -> bool:
    """Whether a missing browser is a failure."""
    return os.environ.get("PUTOKAZ_REQUIRE_BROWSER") == "1"


def _playwrights_own() -> str | None:
    places = [os.environ.get("PLAYWRIGHT_BROWSERS_PATH"), "~/.cache/ms-playwright", "~/Library/Caches/ms-playwright"]
    for place in places:
        for program in ("chrome", "chrome-headless-shell", "headless_shell", "Chromium", "Google Chrome for Testing"):
            found = sorted(Path(place).expanduser().glob(f"chromium*/**/{program}")) if place else []
            if found:
                return str(found[-1])
    return None


def _get_one() -> None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        if _try(["apt-get", "update", "-qq"], quiet):
            _try(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], quiet)
    if find() is None:
        _try([sys.executable, "-m", "playwright", "install", "chromium"], dict(os.environ))


def _try(command: list[str], environment: dict[str, str]) -> bool:
    print(f"  getting a browser for the tests: {' '.join(command)}", flush=True)
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=INSTALL_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        print(f"  did not work: {error}", flush=True)
        return False
    if done.returncode != 0:
        print(f"  did not work: {(done.stderr or done.stdout).strip()[-300:]}", flush=True)
    return done.returncode == 0


def _failed_lately() -> bool:
    return FAILED_MARK.exists() and time.time() - FAILED_MARK.stat().st_mtime < RETRY_SECONDS


def main() -> int:
    """Exit 1 only when a browser is required and none can be had."""
    if find() is None and (is_required() or not _failed_lately()):
        _get_one()
    if find() is not None:
        return 0
    TOOLS.mkdir(exist_ok=True)
    FAILED_MARK.touch()
    print("No Chromium: the browser tests will be reported as NOT RUN. Next: install chromium, or set PUTOKAZ_BROWSER.")
    return 1 if is_required() else 0


if __name__ == "__main__":
    sys.exit(main())
