"""What the model of the hotline's section cannot see: codes listed twice, ladders that end nowhere, titles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from domain.codes import Role
from domain.pathway.common import Title
from domain.pathway.hotline import CallBackRule, Hotline
from domain.pathway.problem import Path, Problem


def check_hotline(hotline: Hotline | None) -> Iterator[Problem]:
    """Every fault of the section; none where there is no hotline."""
    if hotline is None:
        return
    for name, codes in _lists(hotline).items():
        twice = sorted({code for code in codes if codes.count(code) > 1})
        if twice:
            yield Problem(("hotline", name), f"listed twice: {', '.join(twice)}; each is counted under one name")
    if not any(caller.brief for caller in hotline.callers):
        yield Problem(
            ("hotline", "callers"), "no kind of caller is `brief`: a silent call could not be logged by one key"
        )
    for name, rule in (("ordinary", hotline.call_backs.ordinary), ("urgent", hotline.call_backs.urgent)):
        yield from _ends(rule, ("hotline", "call_backs", name, "escalate"))
    if Role.SUPERVISOR not in hotline.dangers.chain.call:
        text = "the chain never reaches a supervisor: add one, the last of it is called until somebody answers"
        yield Problem(("hotline", "dangers", "chain", "call"), text)


def hotline_titles(hotline: Hotline | None) -> Iterator[tuple[Title, Path]]:
    """Every title of the section with its place."""
    if hotline is None:
        return
    groups: dict[str, Iterable[Title]] = {
        "callers": (c.title for c in hotline.callers),
        "topics": (t.title for t in hotline.topics),
        "windows": (w.title for w in hotline.windows),
        "duties": (d.title for d in hotline.duties),
    }
    for name, titles in groups.items():
        for number, title in enumerate(titles):
            yield title, ("hotline", name, number, "title")
    for number, sign in enumerate(hotline.dangers.signs):
        yield sign.title, ("hotline", "dangers", "signs", number, "title")


def _lists(hotline: Hotline) -> dict[str, list[str]]:
    return {
        "callers": [c.kind for c in hotline.callers],
        "topics": [t.topic for t in hotline.topics],
        "windows": [w.window for w in hotline.windows],
        "signs": [s.sign for s in hotline.dangers.signs],
        "duties": [d.duty for d in hotline.duties],
        "languages": list(hotline.languages),
    }


def _ends(rule: CallBackRule, path: Path) -> Iterator[Problem]:
    if not rule.escalate or rule.escalate[-1].to is not Role.ON_CALL:
        yield Problem(path, "the escalation of a promised call does not end with `to: on-call`: add that rung")
