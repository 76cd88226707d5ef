"""The store of published pathways: a folder for each, a file for each version, which never changes.

    store = PathwayStore(Path("pathways"))
    pinned = store.latest("astra")        # for a new journey
    pinned = store.find(journey.pin)      # for one that runs: exactly the text that it pins

`pathways/PUBLISHED.sha256` lists what was published, in the form of `sha256sum`; `sha256sum -c` checks it as well.
"""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

from activities.pathway_reading import Pinned, Reading, read_pathway
from domain.errors import PathwayInvalid, PathwayMissing
from domain.pathway.model import Pin

LOCK = "PUBLISHED.sha256"
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_FILE = re.compile(r"([1-9][0-9]{0,8})\.yaml")
_LOCK_LINE = re.compile(r"([0-9a-f]{64})  (\S+)")


class PathwayStore:
    """The pathways in a folder. What was read once stays in memory under its pin: a pinned text cannot change."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[tuple[str, int, str], Pinned] = {}

    def names(self) -> list[str]:
        """The pathways that have at least one version."""
        folders = (f for f in self._folder.iterdir() if f.is_dir() and _NAME.fullmatch(f.name))
        return sorted(folder.name for folder in folders if self.versions(folder.name))

    def versions(self, name: str) -> list[int]:
        """The versions of a pathway, ascending; none for an unknown name."""
        folder = self._folder / name
        if not _NAME.fullmatch(name) or not folder.is_dir():
            return []
        return sorted(int(found[1]) for file in folder.iterdir() if (found := _FILE.fullmatch(file.name)))

    def load(self, name: str, version: int) -> Pinned:
        """A version as its file is now. Raises `PathwayMissing` without a file, `PathwayInvalid` with every fault."""
        content = self._content(name, version)
        key = (name, version, sha256(content).hexdigest())
        if key not in self._read:
            reading = read_pathway(content, name=name, version=version)
            if reading.pinned is None:
                raise PathwayInvalid(f"{name}/{version}.yaml", reading.problems)
            self._read[key] = reading.pinned
        return self._read[key]

    def latest(self, name: str) -> Pinned:
        """The newest version, which new journeys pin. Raises as `load`."""
        versions = self.versions(name)
        if not versions:
            raise PathwayMissing(f"no pathway {name} in {self._folder}; there are: {', '.join(self.names()) or 'none'}")
        return self.load(name, versions[-1])

    def all(self) -> list[Pinned]:
        """Every version of every pathway, by name and version. Raises as `load`, at the first that is invalid."""
        return [self.load(name, version) for name in self.names() for version in self.versions(name)]

    def find(self, pin: Pin) -> Pinned:
        """Exactly what a journey pins. Raises `PathwayMissing` when it is not here or its text differs."""
        known = self._read.get((pin.name, pin.version, pin.sha256))
        if known is not None:
            return known
        here = sha256(self._content(pin.name, pin.version)).hexdigest()
        if here != pin.sha256:
            raise PathwayMissing(
                f"pathway {pin.name}/{pin.version}.yaml differs from what a journey pins (here {here[:12]}, pinned "
                f"{pin.sha256[:12]}): restore the published file and publish the change as a new version"
            )
        return self.load(pin.name, pin.version)

    def changed(self) -> list[str]:
        """One sentence for each published file that is gone or altered, and each file that was never published."""
        return sorted([*self.broken(), *self._drafts()])

    def broken(self) -> list[str]:
        """One sentence for each published file that is gone or altered."""
        listed, here = self._published(), self._files()
        gone = [f"{file} is gone: a published version stays, restore it" for file in listed if file not in here]
        altered = [
            f"{file} was changed after it was published: restore it and publish a new version"
            for file, content in here.items()
            if file in listed and listed[file] != sha256(content).hexdigest()
        ]
        return sorted([*gone, *altered])

    def _drafts(self) -> list[str]:
        listed = self._published()
        return [f"{file} is not published: add its sha256 to {LOCK}" for file in self._files() if file not in listed]

    def _files(self) -> dict[str, bytes]:
        return {f"{name}/{v}.yaml": self._content(name, v) for name in self.names() for v in self.versions(name)}

    def unpublished(self) -> list[Pinned]:
        """The versions that the lock does not list yet. Raises as `load`."""
        listed = self._published()
        return [p for p in self.all() if f"{p.pin.name}/{p.pin.version}.yaml" not in listed]

    def _published(self) -> dict[str, str]:
        lines = (self._folder / LOCK).read_text("utf-8").splitlines()
        return {found[2]: found[1] for line in lines if (found := _LOCK_LINE.fullmatch(line))}

    def _content(self, name: str, version: int) -> bytes:
        if version not in self.versions(name):
            raise PathwayMissing(
                f"no pathway {name} version {version} in {self._folder}: install the release that brought it"
            )
        return (self._folder / name / f"{version}.yaml").read_bytes()


def read_file(path: Path) -> Reading:
    """Reads one file anywhere, as `putokaz pathway check FILE` does. Raises `OSError` when it cannot be read."""
    return read_pathway(path.read_bytes())
