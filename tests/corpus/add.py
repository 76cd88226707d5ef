"""Brings the corpus level with the event classes: `python -m tests.corpus.add`.

Lines that no release has frozen are written anew, so that a body may change freely until its first release. After it,
a change needs a new version and an upcaster, and only a line is added.

`python -m tests.corpus.add --release 0.2.0` freezes the lines of today under that name. Run it when a release is made.
"""

from __future__ import annotations

import argparse
import sys

from domain.event import EVENT_TYPES
from eventlog.bodies import topic_column
from tests.corpus.example import example
from tests.corpus.files import add, drop_unreleased, event_classes, lines, release


def main(arguments: list[str]) -> None:
    """Adds what is missing, writes anew what is not frozen, and freezes when asked to."""
    parser = argparse.ArgumentParser(description="Brings the frozen corpus level with the event classes.")
    parser.add_argument("--release", metavar="VERSION", help="freeze the lines of today under this name")
    options = parser.parse_args(arguments)
    classes = event_classes()
    current = {topic_column(cls) for cls in classes}
    drop_unreleased(
        topic for line in lines() if (topic := line.topic) in current or topic.partition("@")[0] not in EVENT_TYPES
    )
    known = {line.topic for line in lines()}
    for cls in classes:
        if topic_column(cls) not in known:
            sys.stdout.write(f"added {add(example(cls)).topic}\n")
    if options.release:
        release(options.release)
        sys.stdout.write(f"froze {len(lines())} lines as {options.release}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
