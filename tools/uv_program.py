"""One pinned uv: downloaded from the configured package index, accepted only with the checksum below.

A wheel is a zip file and uv's holds one program, so no installer is needed to get at it.
"""

import base64
import configparser
import hashlib
import html.parser
import io
import os
import platform
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

VERSION = "0.13.9"
DEFAULT_INDEX = "https://pypi.org/simple"
TIMEOUT_SECONDS = 60
_GNU_ARM = "manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64"
WHEELS = {
    ("Linux", "x86_64"): (
        "manylinux_2_17_x86_64.manylinux2014_x86_64",
        "d7f459fe4fd247d830351c75686d3996ace3c6f3f728eb0e85a30b7ada0cef19",
    ),
    ("Linux", "aarch64"): (_GNU_ARM, "5435c5ce14a56431208ca0996416d310f1598e8c2c8ba707688985a16bb82dbe"),
    ("Darwin", "x86_64"): (
        "macosx_10_12_x86_64",
        "c16ed11e013557536b3e60065f1b912f6407bd6518e041b961e23ef9e6b4fbf5",
    ),
    ("Darwin", "arm64"): (
        "macosx_11_0_arm64",
        "66c512266d633bef48384a1f53003f41f2a8e7b36fe6e7fbfd3e0fd52d96fa63",
    ),
}


class UvError(Exception):
    """uv cannot be had; the text says what to do next."""


def find_or_download(folder: Path) -> Path:
    """The uv program, downloaded into ``folder`` on first use. ``UV=/path/to/uv`` names one instead."""
    given = os.environ.get("UV")
    if given:
        return Path(given)
    target = folder / f"uv-{VERSION}"
    if target.exists():
        return target
    wheel = _download_wheel()
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        program = archive.read(f"uv-{VERSION}.data/scripts/uv")
    folder.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(f".{os.getpid()}")
    fresh.write_bytes(program)
    fresh.chmod(0o755)
    fresh.replace(target)
    return target


def configured_index() -> str:
    """The package index of this person or machine, as uv and pip are told of it."""
    for name in ("UV_DEFAULT_INDEX", "UV_INDEX_URL", "PIP_INDEX_URL"):
        if os.environ.get(name):
            return os.environ[name].rstrip("/")
    config = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    files = [os.environ.get("PIP_CONFIG_FILE"), f"{config}/pip/pip.conf", os.path.expanduser("~/.pip/pip.conf")]
    for file in [*files, "/etc/pip.conf"]:
        parser = configparser.RawConfigParser()
        try:
            parser.read(file or [])
        except configparser.Error:
            continue  # pip's own file, not ours to judge: another may hold the index
        if parser.has_option("global", "index-url"):
            return parser.get("global", "index-url").strip().rstrip("/")
    return DEFAULT_INDEX


def _download_wheel() -> bytes:
    machine = (platform.system(), platform.machine())
    if machine not in WHEELS:
        raise UvError(
            f"No pinned uv for {machine[0]} {machine[1]}.\n"
            f"Next: install uv {VERSION} yourself and run: UV=$(command -v uv) make …"
        )
    tag, checksum = WHEELS[machine]
    name = f"uv-{VERSION}-py3-none-{tag}.whl"
    index = configured_index()
    try:
        page_url, page = _get(f"{index}/uv/")
        links = _Links(name)
        links.feed(page.decode(errors="replace"))
        if links.found is None:
            raise UvError(
                f"The package index {_public(index)} has no {name}.\nNext: PIP_INDEX_URL={DEFAULT_INDEX} make …"
            )
        wheel = _get(urllib.parse.urljoin(page_url, links.found))[1]
    except OSError as error:
        raise UvError(
            f"No connection to the package index {_public(index)}: {error}\n"
            "Next: check the network (behind a proxy: HTTPS_PROXY; another index: PIP_INDEX_URL; own certificates: "
            "SSL_CERT_FILE), then run the same command again; nothing is half done."
        ) from error
    if hashlib.sha256(wheel).hexdigest() != checksum:
        raise UvError(f"{name} from {_public(index)} does not have the expected checksum: not used.")
    return wheel


class _Links(html.parser.HTMLParser):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.found: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        link = dict(attrs).get("href") if tag == "a" else None
        if link is not None and urllib.parse.unquote(urllib.parse.urlsplit(link).path).rpartition("/")[2] == self.name:
            self.found = link


def _get(url: str) -> tuple[str, bytes]:
    """The address after redirects, and the content."""
    parts = urllib.parse.urlsplit(url)
    bare = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    request = urllib.request.Request(bare, headers={"Accept": "text/html", "User-Agent": "putokaz-bootstrap"})
    if parts.username:
        pair = f"{urllib.parse.unquote(parts.username)}:{urllib.parse.unquote(parts.password or '')}"
        request.add_header("Authorization", "Basic " + base64.b64encode(pair.encode()).decode())
    try:
        return _read(request, _certificates())
    except urllib.error.URLError as error:
        if not isinstance(error.reason, ssl.SSLCertVerificationError) or parts.username:
            raise
        # A bare machine may have no certificates at all. What counts is the checksum above: a forged page or file
        # cannot match it, so the connection only needs to carry bytes. Never done when it would carry a password.
        print("  (no certificates to check the index by; the checksum decides)", file=sys.stderr)
        return _read(request, ssl._create_unverified_context())


def _read(request: urllib.request.Request, context: ssl.SSLContext) -> tuple[str, bytes]:
    with urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS, context=context) as answer:
        return answer.geturl(), answer.read()


def _certificates() -> ssl.SSLContext:
    named = [os.environ.get(name) for name in ("SSL_CERT_FILE", "PIP_CERT", "REQUESTS_CA_BUNDLE")]
    file = next((path for path in named if path and Path(path).is_file()), None)
    return ssl.create_default_context(cafile=file)


def _public(index: str) -> str:
    """The address without a password in it."""
    parts = urllib.parse.urlsplit(index)
    return parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
