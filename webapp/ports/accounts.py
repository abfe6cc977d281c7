"""The accounts of members, and how a password is kept."""

from dataclasses import dataclass
from typing import Protocol

from webapp.core.account import Change
from webapp.core.state import OnFile


@dataclass(frozen=True)
class Summary:
    """An account as its member may see it; contacts in clear, times in Unix seconds, None for what never happened.
    `number` is the account's id."""

    number: str
    member: str
    email: str
    phone: str
    display: str
    created_at: float
    terms_version: str
    terms_accepted_at: float
    password_at: float
    email_at: float
    phone_at: float
    opens_at: float | None
    frozen_at: float | None
    closes_at: float | None

    @property
    def on_file(self) -> OnFile:
        """Its contacts as they are now."""
        return OnFile(self.email, self.phone, frozen=self.frozen_at is not None)


@dataclass(frozen=True)
class Credentials:
    """What a password is compared with."""

    member: str
    password_hash: str


class Accounts(Protocol):
    """Accounts, as journeys need them."""

    async def on_file(self, member: str, now: float) -> OnFile | None:
        """The contacts a recovery may write to; one replaced within the hold gives way to the one before. None when
        there is no account."""

    async def apply(self, change: Change, display: str, now: float) -> bool:
        """Write a change: true again for the same journey, false when the account is not there (or, to create it, when
        it is another journey's). Atomic, the end of sign-ins included."""

    async def number(self, member: str) -> str | None:
        """The id of the member's account."""


class Space(Protocol):
    """Accounts, as sign-in and the member's space need them."""

    async def credentials(self, registration_number: str) -> Credentials | None:
        """What belongs to a number; the same look-up for a number nobody has."""

    async def password_hash(self, member: str) -> str | None:
        """What the password of a member is compared with when it is asked again."""

    async def rehash(self, member: str, before: str, after: str) -> None:
        """The same password under a stronger hash, unless the password was changed meanwhile."""

    async def summary(self, member: str) -> Summary | None:
        """All that is held of a member."""

    async def prefer(self, member: str, display: str) -> None:
        """The display of mails and SMS from now on."""

    async def keep(self, member: str) -> bool:
        """Take back the wish to close the account; whether there was one."""

    async def freeze(self, number: str, issued_at: float, now: float) -> Summary | None:
        """Freeze the account of that id on the word of a link issued then: sign-ins end, a contact replaced within the
        hold is the one before again, a closing is taken back. The account as it is now; None when the link is used up
        (the account was frozen or recovered since) or the account is gone. Atomic."""

    async def forget(self, now: float) -> None:
        """Wipe contacts that were replaced longer ago than the hold: they can recover nothing any more."""

    async def due(self, now: float) -> list[str]:
        """Members whose account is to be erased by now."""

    async def erase(self, member: str, now: float) -> bool:
        """Erase an account that is due, with its sign-ins and browsers; whether it was there and due. Atomic."""


@dataclass(frozen=True)
class Verified:
    """Whether a password is the right one, and whether its hash should be made anew with today's parameters."""

    right: bool
    stale: bool = False


class Hasher(Protocol):
    """Passwords into Argon2id hashes, off the event loop."""

    async def hash(self, password: str) -> str:
        """The PHC string of a password."""

    async def verify(self, password: str, password_hash: str | None) -> Verified:
        """Compare; without a hash the same work, and never right."""
