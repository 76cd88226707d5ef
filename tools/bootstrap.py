"""Makes ``.venv`` from ``uv.lock`` on a machine that has only Python (3.11 or newer) and make.

Usage: ``bootstrap.py [--quick] demo|test|all``. Needs neither pip, ``venv``, ``ensurepip`` nor uv: it downloads one
pinned, checksummed program (uv, see ``uv_program.py``), which does the rest and verifies each package against
``uv.lock``. When nothing changed since the last time it returns within milliseconds; ``--quick`` only asks whether
that is so (exit 3 if not), which lets the Makefile skip the search for a Python.
"""

import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
STAMP = VENV / "putokaz-stamp.json"
INPUTS = (ROOT / "uv.lock", ROOT / "pyproject.toml")
GROUPS = {"demo": ["stack"], "test": ["stack", "test"], "all": ["stack", "test", "lint"]}
NOT_CURRENT = 3


def main(arguments: list[str]) -> int:
    """Exit code: 0 when the environment is ready, 3 when ``--quick`` finds work to do, 1 with a message otherwise."""
    quick, wanted = arguments[:-1] == ["--quick"], GROUPS[arguments[-1]]
    stamp = _read_stamp()
    if _is_current(stamp, wanted):
        return 0
    if quick:
        return NOT_CURRENT
    # Only here: the everyday call above must not pay for these imports.
    sys.path.insert(0, str(ROOT))
    from tools.installer import InstallError, install

    groups = sorted({*wanted, *stamp.get("groups", [])})  # what another target installed stays
    try:
        install(ROOT, groups, made_at=stamp.get("root"))
    except InstallError as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    STAMP.write_text(json.dumps({"root": str(ROOT), "groups": groups, "times": _times(), "hashes": _hashes()}))
    return 0


def _read_stamp() -> dict[str, Any]:
    """What was installed last, and where; empty when unknown."""
    try:
        stamp: dict[str, Any] = json.loads(STAMP.read_text())
    except (OSError, ValueError):
        return {}
    return stamp


def _is_current(stamp: dict[str, Any], wanted: list[str]) -> bool:
    # The environment's programs and its link to our own code hold this path; bin/python is a link to outside.
    if stamp.get("root") != str(ROOT) or not VENV.joinpath("bin/python").exists():
        return False
    return set(wanted) <= set(stamp["groups"]) and (stamp["times"] == _times() or stamp["hashes"] == _hashes())


def _times() -> list[list[int]]:
    return [[path.stat().st_mtime_ns, path.stat().st_size] for path in INPUTS]


def _hashes() -> list[str]:
    import hashlib

    return [hashlib.sha256(path.read_bytes()).hexdigest() for path in INPUTS]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
