"""What is held of an account and what becomes of it, as values: the rules that database and memory twin share."""

from dataclasses import dataclass, replace
from typing import Final, assert_never

from webapp.core.account import ChangePassword, CloseAccount, CreateAccount, ReplaceContact, ResetPassword
from webapp.core.limits import ACCOUNT
from webapp.core.state import OnFile, Slot
from webapp.ports import Summary

_MILLISECOND: Final = 0.001  # as exactly as a link tells its time
Later = ResetPassword | ReplaceContact | ChangePassword | CloseAccount  # what happens to an account that is there


@dataclass(frozen=True)
class Contact:
    """An address or number in clear, since when it is the account's, and the one before it."""

    address: str
    at: float
    before: str | None = None

    def on_file(self, now: float) -> str:
        """The one that can recover the account: within the hold the one before."""
        return self.before if self.before is not None and now < self.at + ACCOUNT.hold else self.address

    def replaced(self, address: str, now: float) -> "Contact":
        """A new one; what could recover the account before can do so until the hold is over."""
        return Contact(address, now, self.on_file(now))

    def settled(self, now: float) -> "Contact":
        """Without the one before, once the hold is over."""
        return self if now < self.at + ACCOUNT.hold else replace(self, before=None)

    def restored(self, now: float) -> "Contact":
        """As it was before a change within the hold."""
        before = self.on_file(now)
        return self if before == self.address else Contact(before, now)


@dataclass(frozen=True)
class Held:
    """An account. Times in Unix seconds; `alarmed_at`: "this was not me" links issued before it are void; `changed_by`
    stands for the journey of the last change; sign-ins and browsers of another `era` are dead; `revision` is the
    row's, for a write that may not be written over another."""

    number: str
    member: str
    email: Contact
    phone: Contact
    display: str
    created_at: float
    terms_version: str
    terms_accepted_at: float
    password_hash: str
    password_at: float
    opens_at: float | None = None
    frozen_at: float | None = None
    closes_at: float | None = None
    alarmed_at: float = 0.0
    changed_by: str = ""
    era: int = 0
    revision: int = 0

    def on_file(self, now: float) -> OnFile:
        """The contacts a recovery may write to."""
        return OnFile(self.email.on_file(now), self.phone.on_file(now), frozen=self.frozen_at is not None)

    def due(self, now: float) -> bool:
        """Whether it is to be erased by now; a frozen account is kept."""
        return self.frozen_at is None and self.closes_at is not None and self.closes_at <= now

    def summary(self) -> Summary:
        """The account as its member may see it."""
        return Summary(
            number=self.number,
            member=self.member,
            email=self.email.address,
            phone=self.phone.address,
            display=self.display,
            created_at=self.created_at,
            terms_version=self.terms_version,
            terms_accepted_at=self.terms_accepted_at,
            password_at=self.password_at,
            email_at=self.email.at,
            phone_at=self.phone.at,
            opens_at=self.opens_at,
            frozen_at=self.frozen_at,
            closes_at=self.closes_at,
        )


def forgotten(held: Held, now: float) -> Held:
    """The account without the contacts that were replaced longer ago than the hold."""
    return replace(held, email=held.email.settled(now), phone=held.phone.settled(now))


def created(number: str, change: CreateAccount, display: str, now: float) -> Held:
    """A new account."""
    return Held(
        number=number,
        member=change.member,
        email=Contact(change.email, now),
        phone=Contact(change.phone, now),
        display=display,
        created_at=now,
        terms_version=change.terms.version,
        terms_accepted_at=change.terms.accepted_at,
        password_hash=change.password_hash,
        password_at=now,
    )


def changed(held: Held, change: Later, now: float) -> Held | None:
    """The account after a change; None when it can not be made: a frozen account takes nothing but a recovery."""
    if isinstance(change, ResetPassword):
        return _recovered(held, change, now)
    if held.frozen_at is not None:
        return None
    match change:
        case ReplaceContact():
            return _with_contact(held, change.slot, change.address, now)
        case ChangePassword():
            return replace(held, password_hash=change.password_hash, password_at=now, era=held.era + 1)
        case CloseAccount():
            return replace(held, closes_at=change.at)
        case _:
            assert_never(change)


def frozen(held: Held, issued_at: float, now: float) -> Held | None:
    """The account after "this was not me"; None when the link is used up. The notice of a recovery carries a link made
    right after it, told to the millisecond: that one works."""
    if held.frozen_at is not None or issued_at <= held.alarmed_at - _MILLISECOND:
        return None
    return replace(
        held,
        email=held.email.restored(now),
        phone=held.phone.restored(now),
        frozen_at=now,
        alarmed_at=now,
        opens_at=None,
        closes_at=None,
        era=held.era + 1,
    )


def _recovered(held: Held, change: ResetPassword, now: float) -> Held:
    """A recovery proved the contacts on file: what somebody put in their place within the hold does not outlive it, nor
    does a wish to close the account."""
    after = replace(
        held,
        email=held.email.restored(now),
        phone=held.phone.restored(now),
        password_hash=change.password_hash,
        password_at=now,
        terms_version=change.terms.version,
        terms_accepted_at=change.terms.accepted_at,
        opens_at=change.opens_at,
        frozen_at=None,
        closes_at=None,
        alarmed_at=now,
        era=held.era + 1,
    )
    return after if change.replaced is None else _with_contact(after, change.replaced, change.address, now)


def _with_contact(held: Held, slot: Slot, address: str, now: float) -> Held:
    if slot == "email":
        return replace(held, email=held.email.replaced(address, now))
    return replace(held, phone=held.phone.replaced(address, now))
