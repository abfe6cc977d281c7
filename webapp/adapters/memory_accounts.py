"""Twins of the accounts' adapters that live in memory, for tests; each passes the suite of its port."""

from dataclasses import dataclass, field, replace
from uuid import uuid4

from webapp.adapters import holding
from webapp.adapters.holding import Held
from webapp.adapters.keys import Keyring
from webapp.adapters.register import references
from webapp.adapters.sign_in_life import Gate, Life
from webapp.core.account import Change, ChangePassword, CreateAccount
from webapp.core.state import OnFile
from webapp.ports import Credentials, Summary


@dataclass(frozen=True)
class Opened:
    """A sign-in; `browser` is its browser's cookie."""

    id: str
    member: str
    browser: str
    agent: str
    life: Life


@dataclass
class Books:
    """What the twins share: accounts by member, the journeys that made them; sign-ins by cookie; known browsers (era,
    last use) by member and cookie."""

    accounts: dict[str, Held] = field(default_factory=dict)
    makers: dict[str, str] = field(default_factory=dict)
    sign_ins: dict[str, Opened] = field(default_factory=dict)
    browsers: dict[tuple[str, str], tuple[int, float]] = field(default_factory=dict)

    def gate(self, member: str) -> Gate | None:
        """The account's word on sign-ins."""
        held = self.accounts.get(member)
        if held is None:
            return None
        return Gate(held.era, held.password_at, held.alarmed_at, held.opens_at, held.frozen_at, held.closes_at)

    def carry(self, member: str, kept: str, era: int) -> None:
        """Take one sign-in and its browser along into a new era."""
        for token, opened in self.sign_ins.items():
            if (opened.member, opened.id, opened.life.era) == (member, kept, era - 1):
                self.sign_ins[token] = replace(opened, life=replace(opened.life, era=era))
                if known := self.browsers.get((member, opened.browser)):
                    self.browsers[member, opened.browser] = era, known[1]

    def erase(self, member: str) -> None:
        """An account and what refers to it."""
        del self.accounts[member], self.makers[member]
        self.sign_ins = {token: opened for token, opened in self.sign_ins.items() if opened.member != member}
        self.browsers = {pair: known for pair, known in self.browsers.items() if pair[0] != member}


@dataclass
class MemoryAccounts:
    """ports.Accounts."""

    books: Books = field(default_factory=Books)

    async def on_file(self, member: str, now: float) -> OnFile | None:
        """The contacts a recovery may write to."""
        held = self.books.accounts.get(member)
        return held.on_file(now) if held else None

    async def apply(self, change: Change, display: str, now: float) -> bool:
        """Write a change, once for its journey."""
        held = self.books.accounts.get(change.member)
        if isinstance(change, CreateAccount):
            if held is None:
                self.books.accounts[change.member] = holding.created(str(uuid4()), change, display, now)
                self.books.makers[change.member] = change.journey
            return self.books.makers[change.member] == change.journey
        if held is None or held.changed_by == change.journey:
            return held is not None
        after = holding.changed(held, change, now)
        if after is None:
            return False
        self.books.accounts[change.member] = replace(after, changed_by=change.journey)
        if isinstance(change, ChangePassword):
            self.books.carry(change.member, change.kept, after.era)
        return True

    async def number(self, member: str) -> str | None:
        """The id of the member's account."""
        held = self.books.accounts.get(member)
        return held.number if held else None


@dataclass
class MemorySpace:
    """ports.Space."""

    books: Books
    keys: Keyring

    async def credentials(self, registration_number: str) -> Credentials | None:
        """What belongs to a number."""
        members = [member for member in references(self.keys, registration_number) if member in self.books.accounts]
        return Credentials(members[0], self.books.accounts[members[0]].password_hash) if members else None

    async def password_hash(self, member: str) -> str | None:
        """What the password of a member is compared with."""
        held = self.books.accounts.get(member)
        return held.password_hash if held else None

    async def rehash(self, member: str, before: str, after: str) -> None:
        """Unless the password was changed."""
        if await self.password_hash(member) == before:
            self.books.accounts[member] = replace(self.books.accounts[member], password_hash=after)

    async def summary(self, member: str) -> Summary | None:
        """All that is held of a member."""
        held = self.books.accounts.get(member)
        return held.summary() if held else None

    async def prefer(self, member: str, display: str) -> None:
        """The display of mails and SMS from now on."""
        if held := self.books.accounts.get(member):
            self.books.accounts[member] = replace(held, display=display)

    async def keep(self, member: str) -> bool:
        """Take back the wish to close the account."""
        held = self.books.accounts.get(member)
        if held is None or held.closes_at is None:
            return False
        self.books.accounts[member] = replace(held, closes_at=None)
        return True

    async def freeze(self, number: str, issued_at: float, now: float) -> Summary | None:
        """Freeze an account on the word of a link."""
        for member, held in self.books.accounts.items():
            if held.number == number and (after := holding.frozen(held, issued_at, now)):
                self.books.accounts[member] = after
                return after.summary()
        return None

    async def forget(self, now: float) -> None:
        """Old contacts, once they count no longer."""
        for member, held in self.books.accounts.items():
            self.books.accounts[member] = holding.forgotten(held, now)

    async def due(self, now: float) -> list[str]:
        """The longest due first."""
        due = [(held.closes_at or 0.0, member) for member, held in self.books.accounts.items() if held.due(now)]
        return [member for _, member in sorted(due)]

    async def erase(self, member: str, now: float) -> bool:
        """Erase an account that is due."""
        held = self.books.accounts.get(member)
        if held is None or not held.due(now):
            return False
        self.books.erase(member)
        return True
