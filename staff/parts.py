"""What one application works with, given once by the composition root."""

from __future__ import annotations

from dataclasses import dataclass, field

from projections.reader import Reader
from staff.counting import Counters
from staff.exports.runs import Runs
from staff.identities import ClientIdentities
from staff.office import Office
from staff.ports import Clock, Desk, Feeds, Hotline, Letters, Probes, Rights
from staff.settings import AppSettings
from staff.signing_in import SignIn
from staff.subscriptions import Subscriptions
from staff.what_ifs import WhatIfs
from vault.documents import Documents
from vault.drafts import Drafts
from vault.saved_views import SavedViews


@dataclass(frozen=True, slots=True)
class Parts:
    desk: Desk
    feeds: Feeds
    reader: Reader
    clock: Clock
    settings: AppSettings
    probes: Probes
    counters: Counters
    letters: Letters
    subscriptions: Subscriptions
    rights: Rights
    identities: ClientIdentities
    drafts: Drafts
    documents: Documents
    hotline: Hotline
    views: SavedViews
    office: Office
    sign_in: SignIn | None = None
    what_ifs: WhatIfs = field(default_factory=WhatIfs)
    exports: Runs = field(default_factory=Runs)
