"""What the pages see of the processes behind, as a test wants it."""

from __future__ import annotations

from dataclasses import dataclass, field

from staff.office import RelayLag, Signed


@dataclass
class QuietUpkeep:
    """All is well, until a test says otherwise."""

    workflows: int | None = 12
    lag: RelayLag = field(default_factory=lambda: RelayLag(0, None))
    heads: Signed | None = field(default_factory=lambda: Signed(True, 0, 0.0))
    mail: bool = True

    async def temporal(self) -> int | None:
        return self.workflows

    def relay(self) -> RelayLag:
        return self.lag

    def signed(self) -> Signed | None:
        return self.heads

    def sends_mail(self) -> bool:
        return self.mail
