"""Every error of Putokaz that a caller may want to tell apart, in one tree.

    PutokazError
    ├── DefinitionError            a class or a file that we wrote is wrong; found at start, never at work
    │   └── PathwayInvalid         a pathway file does not hold together (line, step, cause)
    ├── EventUnreadable            a stored event that this release cannot read
    ├── LogError
    │   ├── StreamConflict         somebody else appended to the stream first: load again and decide again
    │   ├── ResourceBusy           a claim overlaps: the person or vehicle is already promised elsewhere
    │   └── IsolationRefused       the append was tried under another level than READ COMMITTED
    ├── DecisionBroke              a mistake of ours while a decision was made; said as such, not as an outage
    ├── PathwayMissing             a journey pins a pathway version that is not here, or one that differs
    ├── SealBroken                 a sealed text does not open: wrong key, moved, or altered
    │   └── KeyDestroyed           its key was destroyed on purpose
    ├── TextTooLong                a free text is larger than a sealed text may be; nothing was encrypted
    ├── PayloadRefused             a Temporal payload is not under our codec, or its key is not in the key ring
    ├── KeyRingFault               the key ring of the codec is missing, readable by others, or malformed
    ├── HeadsFault                 the key or the file of the signed heads is missing, open to others, or malformed
    │   └── LogTampered            the log no longer holds what the last signed head says; nothing is signed
    ├── BackupFault                a backup or a restore that cannot be done; nothing was changed
    │   ├── BackupDamaged          a file of a backup is missing, cut off, altered, or does not open
    │   ├── BackupForeign          a backup that this release or these keys cannot read
    │   └── TargetRefused          the databases to restore into hold something, or somebody still works with them
    └── Unavailable                a part cannot be reached now; nothing is lost, the same command may be sent again
        └── LogReplaced            the database behind the address is another one now: this process must start anew

A *refusal* is no error: it is an ordinary answer of a decider (`domain.refusal.Refused`).
The vault imports nothing of ours and keeps its few errors in `vault/errors.py`.
"""

from __future__ import annotations


class PutokazError(Exception):
    """The root of the tree."""


class DefinitionError(PutokazError):
    """A class or a file written by us breaks one of our own rules."""


class PathwayInvalid(DefinitionError):
    """A pathway file does not hold together. `problems` has one line for each fault, with the place."""

    def __init__(self, source: str, problems: tuple[str, ...]) -> None:
        super().__init__(f"{source}: " + "; ".join(problems))
        self.source = source
        self.problems = problems


class EventUnreadable(PutokazError):
    """A stored event has an unknown topic, a newer schema, or a body that does not parse. Holds no body text."""


class LogError(PutokazError):
    """The event log did not take an append."""


class StreamConflict(LogError):
    """The stream has moved on since it was loaded."""


class ResourceBusy(LogError):
    """A claim of this decision overlaps one that exists."""


class IsolationRefused(LogError):
    """Appends run under READ COMMITTED only: under a snapshot the order lock would protect nothing."""


class DecisionBroke(PutokazError):
    """Deciding met a mistake of ours. The worker's log has its kind and place; the same `command_id` counts once."""


class PathwayMissing(PutokazError):
    """No such pathway, version and sha256 on this machine."""


class SealBroken(PutokazError):
    """The sealed text does not open with this key in this place."""


class KeyDestroyed(SealBroken):
    """The key was destroyed: the text is erased for good."""


class TextTooLong(PutokazError):
    """The text has more bytes (UTF-8) than can be sealed; attach it as a document, or shorten it."""

    def __init__(self, size: int, limit: int) -> None:
        super().__init__(f"the text has {size} bytes, {limit} are the limit: shorten it or attach it as a document")
        self.size = size
        self.limit = limit


class PayloadRefused(PutokazError):
    """A payload from Temporal that we did not encrypt, or with a key that is not in the ring. Holds nothing of it."""


class KeyRingFault(PutokazError):
    """The codec's key ring cannot be used. The text says what to do."""


class HeadsFault(PutokazError):
    """The key or the file of the signed heads cannot be used. The text says what to do."""


class LogTampered(HeadsFault):
    """The log was cut off or rewritten since the last signed head: a new one would hide that."""


class BackupFault(PutokazError):
    """A backup or a restore cannot be done, and nothing was changed. The text says what to do."""


class BackupDamaged(BackupFault):
    """A file of a backup is missing, cut off, altered, or does not open with this key."""


class BackupForeign(BackupFault):
    """A backup of another time: this release, these keys or this ledger do not fit it."""


class TargetRefused(BackupFault):
    """The databases to restore into hold something, or somebody still works with them."""


class Unavailable(PutokazError):
    """A part cannot be reached now. Nothing is lost: send the same command (same `command_id`) again."""


class LogReplaced(Unavailable):
    """The database behind the address is another one than at the start of this process: it was restored or replaced.

    What this process remembers of journeys may never have happened there, so it does nothing more until it is started
    again.
    """
