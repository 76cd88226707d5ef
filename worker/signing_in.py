"""Sign-in behind the pages (`staff.signing_in.SignIn`): the vault's parts in the order that `docs/sign-in.md` gives.

Instants are of this machine's clock, never of a demonstration's.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

from staff.ports import Person
from staff.signing_in import OwnSignIn, Place
from vault.attempts import normal_account
from vault.errors import SignInRefused
from vault.invitations import Link
from vault.passkeys import Ceremony, Passkey
from vault.refusals import SignInFault
from vault.second_factor import NewGenerator
from vault.sessions import NewSession, Proof, Session
from vault.sign_ins import SYSTEM, SignInAct, SignInPage
from vault.staff import StaffDirectory, StaffMember
from worker.proving import Proving, raise_with_alarm
from worker.sign_in_vault import NAME, SignInVault


class StaffSignIn:
    """`has_left` says whether somebody works here no more, by the log; asked at every request."""

    def __init__(
        self,
        vault: SignInVault,
        directory: StaffDirectory,
        has_left: Callable[[UUID], bool],
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._vault = vault
        self._directory = directory
        self._has_left = has_left
        self._clock = clock
        self._proving = Proving(vault, clock)

    def seen(self, token: str) -> Session | None:
        """As `SignIn.seen` says."""
        return self._of_one_at_work(self._vault.sessions.seen(token, now=self._clock()))

    def living(self, token: str) -> Session | None:
        """As `SignIn.living` says."""
        return self._of_one_at_work(self._vault.sessions.living(token, now=self._clock()))

    def person(self, staff: UUID) -> Person | None:
        """As `SignIn.person` says."""
        member = self._directory.get(staff)
        return None if member is None else Person(member.id, member.name, member.roles, member.locale)

    def by_password(self, name: str, password: str, code: str, *, place: Place) -> NewSession:
        """As `SignIn.by_password` says."""
        now = self._clock()
        attempt = self._proving.attempt(name, place.address, lambda: self._named(name), now)
        member = self._named(name)
        proof = self._proving.proven(member.id if member else None, password, code, now, place.device)
        assert member is not None  # nobody's password fits nobody
        made = self._begun(member.id, place, proof, now)
        self._vault.attempts.succeeded(attempt, now=now)
        return made

    def ask_passkey(self, *, address: str, staff: UUID | None = None) -> Ceremony:
        """As `SignIn.ask_passkey` says."""
        now = self._clock()
        self._vault.attempts.asking(address, now=now)
        return self._vault.passkeys.begin_assertion(now=now, staff=staff)

    def by_passkey(self, ceremony: str, answer: str, *, place: Place) -> NewSession:
        """As `SignIn.by_passkey` says."""
        passkey = self._proving.answered(ceremony, answer, place.address)
        return self._begun(passkey.staff, place, Proof.PASSKEY, self._clock())

    def end(self, staff: UUID, session: UUID) -> bool:
        """As `SignIn.end` says."""
        ended = self._vault.sessions.end(staff, session)
        if ended:
            self._vault.record.note(staff, SignInAct.SESSION_ENDED, session=session)
        return ended

    def end_others(self, kept: Session) -> int:
        """As `SignIn.end_others` says."""
        ended = self._vault.sessions.end_others(kept)
        if ended:
            self._vault.record.note(kept.staff, SignInAct.OTHERS_ENDED, session=kept.id)
        return ended

    def remove(self, staff: UUID) -> None:
        """As `SignIn.remove` says."""
        if self._vault.accounts.remove(staff):
            self._vault.record.note(staff, SignInAct.ACCOUNT_REMOVED, actor=SYSTEM)

    def stepped_up_by_password(self, token: str, password: str, code: str, *, address: str) -> NewSession:
        """As `SignIn.stepped_up_by_password` says."""
        now = self._clock()
        member = self._directory.get(self._living(token).staff)
        if member is None:
            raise SignInRefused(SignInFault.NO_ACCOUNT)
        attempt = self._proving.attempt(member.email, address, lambda: member, now)
        self._proving.proven(member.id, password, code, now)
        self._vault.attempts.succeeded(attempt, now=now)
        return self._anew(token)

    def stepped_up_by_passkey(self, token: str, ceremony: str, answer: str, *, address: str) -> NewSession:
        """As `SignIn.stepped_up_by_passkey` says."""
        if self._proving.answered(ceremony, answer, address).staff != self._living(token).staff:
            raise SignInRefused(SignInFault.PASSKEY_UNKNOWN)
        return self._anew(token)

    def has_stepped_up(self, session: Session) -> bool:
        """As `SignIn.has_stepped_up` says."""
        return session.has_stepped_up(self._clock())

    def redeem(self, invitation: str) -> Link:
        """As `SignIn.redeem` says."""
        link = self._vault.invitations.redeem(invitation, now=self._clock())
        if self._has_left(link.staff):
            self.remove(link.staff)
            raise SignInRefused(SignInFault.LINK_DEAD)
        self._vault.record.note(link.staff, SignInAct.LINK_USED)
        return link

    def enrolling(self, enrolment: str) -> UUID:
        """As `SignIn.enrolling` says."""
        return self._vault.invitations.enrolling(enrolment, now=self._clock())

    def complete(self, enrolment: str, *, place: Place) -> NewSession:
        """As `SignIn.complete` says."""
        now = self._clock()
        staff = self._vault.invitations.complete(enrolment, now=now)
        account = self._vault.accounts.get(staff)
        by_passkey = account is not None and account.passkeys > 0
        return self._begun(staff, place, Proof.PASSKEY if by_passkey else Proof.CODE, now)

    def own(self, staff: UUID) -> OwnSignIn | None:
        """As `SignIn.own` says."""
        account = self._vault.accounts.get(staff)
        if account is None:
            return None
        sessions = self._vault.sessions.listed(staff, now=self._clock())
        return OwnSignIn(account, tuple(sessions), tuple(self._vault.passkeys.of(staff)))

    def choose_password(self, staff: UUID, password: str) -> None:
        """As `SignIn.choose_password` says."""
        member = self._member(staff)
        self._vault.passwords.choose(staff, password, own=(member.name, member.email), now=self._clock())
        self._vault.record.note(staff, SignInAct.CHOSEN)

    def begin_generator(self, staff: UUID) -> NewGenerator:
        """As `SignIn.begin_generator` says."""
        label = self._member(staff).email
        return self._vault.generators.begin(staff, label=label, issuer=NAME, now=self._clock())

    def waiting_generator(self, staff: UUID) -> NewGenerator | None:
        """As `SignIn.waiting_generator` says."""
        return self._vault.generators.waiting(staff, label=self._member(staff).email, issuer=NAME)

    def confirm_generator(self, staff: UUID, code: str) -> None:
        """As `SignIn.confirm_generator` says."""
        self._vault.generators.confirm(staff, code, now=self._clock())
        self._vault.record.note(staff, SignInAct.TELEPHONE_SET)

    def issue_recovery_codes(self, staff: UUID) -> tuple[str, ...]:
        """As `SignIn.issue_recovery_codes` says."""
        codes = self._vault.recovery.issue(staff)
        self._vault.record.note(staff, SignInAct.CODES_ISSUED)
        return codes

    def ask_new_passkey(self, staff: UUID, *, address: str) -> Ceremony:
        """As `SignIn.ask_new_passkey` says."""
        now = self._clock()
        self._vault.attempts.asking(address, now=now)
        return self._vault.passkeys.begin_registration(staff, label=self._member(staff).email, now=now)

    def add_passkey(self, ceremony: str, answer: str, *, staff: UUID, name: str) -> Passkey:
        """As `SignIn.add_passkey` says."""
        try:
            made = self._vault.passkeys.finish_registration(ceremony, answer, name=name, now=self._clock())
        except SignInRefused as refused:
            raise_with_alarm(refused)
        if made.staff != staff:  # a ceremony that another person of this browser began
            self._vault.passkeys.remove(made.staff, made.id)
            raise SignInRefused(SignInFault.NOT_ASKED)
        self._vault.record.note(staff, SignInAct.PASSKEY_ADDED)
        return made

    def remove_passkey(self, staff: UUID, passkey: UUID) -> bool:
        """As `SignIn.remove_passkey` says."""
        account = self._vault.accounts.get(staff)
        if account is None or (account.passkeys < 2 and not (account.has_password and account.has_code_generator)):
            return False
        removed = self._vault.passkeys.remove(staff, passkey)
        if removed:
            self._vault.record.note(staff, SignInAct.PASSKEY_REMOVED)
        return removed

    def recorded(self, staff: UUID, *, before: int | None = None, most: int) -> SignInPage:
        """As `SignIn.recorded` says."""
        return self._vault.record.of(staff, before=before, most=most)

    def _of_one_at_work(self, session: Session | None) -> Session | None:
        if session is None or not self._has_left(session.staff):
            return session
        self.remove(session.staff)
        return None

    def _living(self, token: str) -> Session:
        session = self.living(token)
        if session is None:
            raise SignInRefused(SignInFault.NO_ACCOUNT)
        return session

    def _anew(self, token: str) -> NewSession:
        made = self._vault.sessions.step_up(token, now=self._clock())
        if made is None:
            raise SignInRefused(SignInFault.NO_ACCOUNT)
        return made

    def _named(self, name: str) -> StaffMember | None:
        """Everybody is looked at, whoever is meant: an address that two have is nobody's."""
        wanted = normal_account(name)
        found = [member for member in self._directory.all() if normal_account(member.email) == wanted]
        return found[0] if len(found) == 1 else None

    def _member(self, staff: UUID) -> StaffMember:
        member = self._directory.get(staff)
        if member is None:
            raise SignInRefused(SignInFault.NO_ACCOUNT)
        return member

    def _begun(self, staff: UUID, place: Place, proof: Proof, now: datetime) -> NewSession:
        if self._has_left(staff):
            self.remove(staff)
            raise SignInRefused(SignInFault.NO_ACCOUNT)
        made = self._vault.sessions.begin(staff, place.device, proof, now=now)
        # Where this cannot be written the token is given to nobody, and the session opens nothing.
        self._vault.record.note(staff, SignInAct.SIGNED_IN, proof=proof, device=place.device, session=made.session.id)
        return made
