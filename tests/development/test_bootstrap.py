"""The bootstrap behind make: quick when nothing changed, clear when it cannot, and complete on a bare machine."""

from __future__ import annotations

import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tools.uv_program import VERSION, WHEELS

ROOT = Path(__file__).resolve().parents[2]
FAKE_UV = """#!/bin/sh
echo "$@" >> "$(dirname "$UV_PROJECT_ENVIRONMENT")/calls"
if [ -n "$FAKE_ERROR" ]; then echo "$FAKE_ERROR" >&2; exit 2; fi
mkdir -p "$UV_PROJECT_ENVIRONMENT/bin"
ln -sf "$REAL_PYTHON" "$UV_PROJECT_ENVIRONMENT/bin/python"
"""


class Checkout:
    """A copy of what the bootstrap needs, with a uv that only notes what it is asked."""

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir()
        shutil.copytree(ROOT / "tools", root / "tools", ignore=shutil.ignore_patterns("__pycache__"))
        for name in ("Makefile", "pyproject.toml", "uv.lock"):
            shutil.copy(ROOT / name, root / name)
        self.uv = root / "fake-uv"
        self.uv.write_text(FAKE_UV)
        self.uv.chmod(0o755)

    def bootstrap(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-IS", self.root / "tools/bootstrap.py", *arguments],
            env={"PATH": os.defpath, "UV": str(self.uv), "REAL_PYTHON": sys.executable, **environment},
            capture_output=True,
            text=True,
            check=False,
        )

    def calls(self) -> list[str]:
        return self.root.joinpath("calls").read_text().splitlines()


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    """A checkout in which nothing is installed yet."""
    return Checkout(tmp_path / "checkout")


@pytest.fixture
def index(tmp_path: Path) -> Iterator[str]:
    """A package index that offers uv's wheels with other contents."""
    folder = tmp_path / "index" / "uv"
    folder.mkdir(parents=True)
    names = [f"uv-{VERSION}-py3-none-{tag}.whl" for tag, _ in WHEELS.values()]
    folder.joinpath("index.html").write_text("".join(f'<a href="{name}">{name}</a>' for name in names))
    for name in names:
        folder.joinpath(name).write_bytes(b"not what was pinned")

    handler = partial(http.server.SimpleHTTPRequestHandler, directory=str(folder.parent))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_what_is_installed_is_not_installed_again(checkout: Checkout) -> None:
    """The second call asks nobody; a file only touched (git checkout) is no change."""
    assert checkout.bootstrap("--quick", "demo").returncode == 3
    assert checkout.bootstrap("demo").returncode == 0
    assert len(checkout.calls()) == 1
    os.utime(checkout.root / "uv.lock")
    assert checkout.bootstrap("--quick", "demo").returncode == 0
    assert checkout.bootstrap("demo").returncode == 0
    assert len(checkout.calls()) == 1


def test_the_everyday_call_is_quick(checkout: Checkout) -> None:
    """Some 20 ms between make and the command, beside a Python that does nothing; the best of five each.

    The bound leaves room for a slow machine with other tests beside this one: to look through packages takes seconds.
    """
    checkout.bootstrap("demo")
    seconds, bare = [], []
    for _ in range(5):
        began = time.perf_counter()
        assert checkout.bootstrap("--quick", "demo").returncode == 0
        seconds.append(time.perf_counter() - began)
        began = time.perf_counter()
        subprocess.run([sys.executable, "-IS", "-c", ""], check=True)
        bare.append(time.perf_counter() - began)
    assert min(seconds) < min(bare) + 0.1


def test_a_changed_lock_file_is_installed(checkout: Checkout) -> None:
    """After a pull that moved a version."""
    checkout.bootstrap("demo")
    with checkout.root.joinpath("uv.lock").open("a") as lock:
        lock.write("\n")
    assert checkout.bootstrap("--quick", "demo").returncode == 3


def test_another_target_keeps_what_was_there(checkout: Checkout) -> None:
    """demo after test does not take pytest away."""
    checkout.bootstrap("test")
    assert checkout.bootstrap("--quick", "demo").returncode == 0
    checkout.bootstrap("all")
    assert "--group lint --group stack --group test" in checkout.calls()[-1]


def test_a_moved_checkout_gets_a_new_environment(checkout: Checkout) -> None:
    """Programs in an environment hold its old path."""
    checkout.bootstrap("demo")
    checkout.root.joinpath(".venv/marker").touch()
    moved = checkout.root.rename(checkout.root.with_name("moved"))
    checkout.root, checkout.uv = moved, moved / "fake-uv"
    assert checkout.bootstrap("demo").returncode == 0
    assert not moved.joinpath(".venv/marker").exists()
    assert json.loads(moved.joinpath(".venv/putokaz-stamp.json").read_text())["root"] == str(moved)


def test_an_environment_whose_python_has_gone_is_made_again(checkout: Checkout) -> None:
    """The operating system's upgrade replaced the interpreter."""
    checkout.bootstrap("demo")
    checkout.root.joinpath(".venv/marker").touch()
    checkout.root.joinpath(".venv/bin/python").unlink()
    assert checkout.bootstrap("demo").returncode == 0
    assert not checkout.root.joinpath(".venv/marker").exists()


def test_a_hand_made_environment_is_completed_not_emptied(checkout: Checkout) -> None:
    """Somebody ran uv, or their editor did, before make."""
    programs = checkout.root / ".venv" / "bin"
    programs.mkdir(parents=True)
    programs.joinpath("python").symlink_to(sys.executable)
    programs.joinpath("theirs").touch()
    assert checkout.bootstrap("demo").returncode == 0
    assert "--inexact" in checkout.calls()[-1]
    assert programs.joinpath("theirs").exists()


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        ("error: No space left on device (os error 28)", "Next: free some disk space"),
        (
            "error: The lockfile at `uv.lock` needs to be updated",
            "Next: pyproject.toml and uv.lock differ: run 'uv lock'",
        ),
        ("error: dns error", "Next: if the network was the cause, run the same command again"),
    ],
)
def test_a_failure_is_shown_with_what_to_do_next(checkout: Checkout, said: str, advice: str) -> None:
    """Never a stack trace, and nothing that claims to be installed."""
    done = checkout.bootstrap("demo", FAKE_ERROR=said)
    assert done.returncode == 1
    assert said in done.stderr
    assert advice in done.stderr
    assert "Traceback" not in done.stderr
    assert checkout.bootstrap("--quick", "demo").returncode == 3


def test_a_forged_uv_is_not_used(checkout: Checkout, index: str) -> None:
    """The checksum decides, whoever serves the index."""
    done = checkout.bootstrap("demo", UV="", PIP_INDEX_URL=index)
    assert done.returncode == 1
    assert "does not have the expected checksum: not used" in done.stderr
    assert not checkout.root.joinpath(".putokaz-tools").exists()


def test_without_a_network_it_says_so(checkout: Checkout) -> None:
    """And which settings there are; a password in the index's address is not repeated."""
    done = checkout.bootstrap("demo", UV="", PIP_INDEX_URL="http://me:secret@127.0.0.1:1/simple")
    assert done.returncode == 1
    assert "No connection to the package index http://127.0.0.1:1/simple" in done.stderr
    assert "Next: check the network" in done.stderr
    assert "secret" not in done.stderr


def test_an_old_python_is_refused_in_words(tmp_path: Path) -> None:
    """Before any syntax error could be."""
    old = tmp_path / "python3"
    old.write_text('#!/bin/sh\n[ "$1" = -V ] && echo Python 3.9.2\nexit 1\n')
    old.chmod(0o755)
    done = subprocess.run(
        [ROOT / "tools/find-python"],
        env={"PATH": os.defpath, "PYTHON": str(old)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "needs Python 3.11 or newer; found: Python 3.9.2" in done.stderr
    assert "Next:" in done.stderr


def test_make_explains_every_target() -> None:
    """make alone is the help."""
    done = subprocess.run(["make", "-C", ROOT], capture_output=True, text=True, check=True)
    targets = re.findall(r"^([a-z]+):", ROOT.joinpath("Makefile").read_text(), re.MULTILINE)
    assert {"install", "demo", "test", "check", "bench", "soak", "lint", "types", "imports", "docs"} <= set(targets)
    assert all(f"\n  {target} " in done.stdout for target in targets)


@pytest.mark.soak
def test_a_bare_machine_gets_everything(tmp_path: Path) -> None:
    """From the package index, with an empty home, no uv, and a Python without pip, venv and ensurepip."""
    checkout = tmp_path / "checkout"
    listing = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    tracked = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for name in tracked.strip("\0").split("\0"):
        checkout.joinpath(name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, checkout / name)
    without = (
        "import runpy, sys; sys.modules.update(pip=None, venv=None, ensurepip=None, virtualenv=None); "
        "sys.argv = ['bootstrap.py', 'test']; runpy.run_path('tools/bootstrap.py', run_name='__main__')"
    )
    kept = ("SSL_CERT_FILE", "PIP_INDEX_URL", "HTTPS_PROXY", "https_proxy")
    environment = {"PATH": os.defpath, "HOME": str(tmp_path), **{k: os.environ[k] for k in kept if k in os.environ}}
    done = subprocess.run(
        [sys.executable, "-IS", "-c", without],
        cwd=checkout,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    imports = "import temporalio, psycopg, pytest, worker.development.postgres as p; print(p.find_programs(None))"
    found = subprocess.run(
        [checkout / ".venv/bin/python", "-c", imports],
        cwd="/",
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.startswith(str(checkout))
