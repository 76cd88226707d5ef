"""Fills ``.venv`` with exactly what ``uv.lock`` names, and says what to do next where that fails."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from tools.uv_program import DEFAULT_INDEX, VERSION, UvError, configured_index, find_or_download

TOOLS = ".putokaz-tools"
NEEDED_MEGABYTES = 1300
# Only these of uv's settings may come from outside: others (an index, say) would contradict the lock file.
KEPT_SETTINGS = ("UV_CACHE_DIR", "UV_LINK_MODE", "UV_CONCURRENT_DOWNLOADS", "UV_HTTP_TIMEOUT", "UV_SYSTEM_CERTS")


class InstallError(Exception):
    """The environment cannot be made; the text says what to do next."""


def install(root: Path, groups: list[str], made_at: str | None) -> None:
    """Bring ``root/.venv`` level with the lock file for these dependency groups.

    ``made_at`` is the path the present environment was made for, None when it was not made by us: then what else
    it holds is left in it.
    """
    venv, tools = root / ".venv", root / TOOLS
    print("Preparing the Python environment (first time, or something changed)", flush=True)
    _check_disk(root)
    began = time.monotonic()
    try:
        uv = find_or_download(tools)
        if _is_useless(venv) or made_at not in {None, str(root)}:
            _make_room(venv)
        _done(f"uv {VERSION}", began)
        began = time.monotonic()
        print(f"  packages for {', '.join(groups)}: up to 230 MB to fetch, less if some are cached …", flush=True)
        environment = _environment(venv, tools)
        if configured_index() == DEFAULT_INDEX:
            _sync(uv, root, groups, environment, exact=made_at is not None)
        else:
            _sync_from_mirror(uv, root, groups, environment)
    except UvError as error:
        raise InstallError(str(error)) from error
    except PermissionError as error:
        raise InstallError(
            f"No right to write {error.filename}.\n"
            "Next: work as the owner of this folder, or in a clone of your own: git clone <this folder> <yours>"
        ) from error
    except OSError as error:
        raise InstallError(f"{error}\nNext: check disk space (df -h {root}) and rights, then run it again.") from error
    _done(f"packages ({', '.join(groups)}), checksums verified", began)


def _sync(uv: Path, root: Path, groups: list[str], environment: dict[str, str], *, exact: bool) -> None:
    command = [str(uv), "sync", "--locked", *_choice(groups), "--python", sys.executable]
    if not exact:
        command.append("--inexact")
    try:
        _run(command, root, environment)
    except InstallError as error:
        if "certificate" not in str(error).lower():
            raise
        # A company's own certificate authority is in the system's store, not in uv's.
        _run(command, root, {**environment, "UV_SYSTEM_CERTS": "1"})


def _sync_from_mirror(uv: Path, root: Path, groups: list[str], environment: dict[str, str]) -> None:
    """The lock file names PyPI's addresses; from another index the same files are taken by name and checksum."""
    venv, wanted = str(root / ".venv"), str(root / TOOLS / "requirements.txt")
    from_index = ["--python", f"{venv}/bin/python", "--default-index", configured_index()]
    export = ["export", "--frozen", *_choice(groups), "--no-emit-project", "--quiet", "--output-file", wanted]
    for command in (
        export,
        ["venv", "--allow-existing", "--python", sys.executable, venv],
        ["pip", "sync", *from_index, "--require-hashes", wanted],
        ["pip", "install", *from_index, "--no-deps", "--editable", "."],
    ):
        _run([str(uv), *command], root, environment)


def _choice(groups: list[str]) -> list[str]:
    return ["--no-default-groups", *(part for group in groups for part in ("--group", group))]


def _run(command: list[str], root: Path, environment: dict[str, str]) -> None:
    on_terminal = sys.stderr.isatty()
    quietly = [] if on_terminal else ["--no-progress"]
    done = subprocess.run(
        [*command, *quietly],
        cwd=root,
        env=environment,
        stderr=None if on_terminal else subprocess.PIPE,
        stdout=None if on_terminal else subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = "" if on_terminal else done.stderr.strip() + "\n"
        raise InstallError(f"{said}The packages could not be installed.\nNext: {_advice(said)}")


def _advice(said: str) -> str:
    if "lockfile" in said and "needs to be updated" in said:
        return "pyproject.toml and uv.lock differ: run 'uv lock' and commit the result."
    if "No space left" in said:
        return "free some disk space (about 1 GB is needed), then run the same command again."
    return (
        "if the network was the cause, run the same command again: what has arrived is kept. "
        "Behind a proxy set HTTPS_PROXY; for another package index set PIP_INDEX_URL."
    )


def _environment(venv: Path, tools: Path) -> dict[str, str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if name in KEPT_SETTINGS or not name.startswith(("UV_", "PYTHON", "VIRTUAL_ENV"))
    }
    environment |= {"UV_PROJECT_ENVIRONMENT": str(venv), "UV_PYTHON_DOWNLOADS": "never"}
    if "UV_CACHE_DIR" not in environment and not _can_cache():
        environment["UV_CACHE_DIR"] = str(tools / "cache")
    return environment


def _can_cache() -> bool:
    """Whether the person's usual cache folder can be written (HOME may be missing, or another user's)."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"))
    if not folder.is_absolute():
        return False
    while not folder.exists():
        folder = folder.parent
    if folder.stat().st_uid != os.geteuid():
        return False  # as root in a user's home, files of root's would stay there
    return os.access(folder, os.W_OK | os.X_OK)


def _is_useless(venv: Path) -> bool:
    """Whether there is something at this path that cannot be brought level: no environment, or another user's."""
    if not os.path.lexists(venv):
        return False
    if venv.stat().st_uid != os.geteuid() and os.geteuid() != 0:
        return True
    try:
        return (
            subprocess.run([venv / "bin" / "python", "-IS", "-c", ""], capture_output=True, check=False).returncode != 0
        )
    except OSError:
        return True


def _make_room(venv: Path) -> None:
    """Put an environment of another place, Python or user out of the way; deleting may need its owner."""
    # Beside it: another user's folder can be renamed, but not moved.
    aside = venv.with_name(f".venv-old-{os.getpid()}")
    venv.rename(aside)
    if aside.is_symlink():
        aside.unlink()
    shutil.rmtree(aside, ignore_errors=True)
    if aside.exists():
        print(f"  {aside} belongs to another user, who can delete it", flush=True)


def _check_disk(root: Path) -> None:
    free = shutil.disk_usage(root).free // 1_000_000
    if free < NEEDED_MEGABYTES:
        raise InstallError(
            f"Only {free} MB are free on the disk of {root}; about {NEEDED_MEGABYTES} MB are needed.\n"
            "Next: free some space, then run the same command again."
        )


def _done(what: str, began: float) -> None:
    print(f"  {what:<46} {time.monotonic() - began:5.1f} s", flush=True)
