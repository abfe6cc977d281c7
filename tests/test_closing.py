"""An account is erased once its time has come, its addresses hear of it, and whoever thinks again in time keeps it."""

from dataclasses import dataclass, field

import pytest

from webapp.adapters.keys import Keyring
from webapp.adapters.memory import MemoryAudit, MemoryOutbox
from webapp.adapters.memory_accounts import Books, MemoryAccounts, MemorySpace
from webapp.adapters.memory_store import MemoryQueue
from webapp.closing import Closing, close_due
from webapp.core.account import CloseAccount, CreateAccount
from webapp.core.state import Terms
from webapp.ports import Letter

NOW, DUE = 1_795_000_000.0, 1_795_000_100.0
KEYS = Keyring(["a secret of this test, long enough for anybody"])


@dataclass
class Desk:
    """The half of the house that erases, over memory twins; `now` is moved by the test."""

    now: float = NOW
    books: Books = field(default_factory=Books)
    outbox: MemoryOutbox = field(default_factory=MemoryOutbox)
    queue: MemoryQueue = field(default_factory=MemoryQueue)
    audit: MemoryAudit = field(default_factory=MemoryAudit)

    def __post_init__(self) -> None:
        self.accounts, self.space = MemoryAccounts(self.books), MemorySpace(self.books, KEYS)
        self.house = Closing(self.space, self.outbox, self.queue, self.audit, lambda: self.now)

    async def sent(self) -> list[Letter]:
        """What the workers were asked to send and would."""
        claimed = [await self.outbox.claim(row, self.now) for row in self.queue.waiting]
        return [one.letter for one in claimed if one]


class ThinksAgain(MemorySpace):
    """A member who keeps the account at the very moment it is about to be erased."""

    async def erase(self, member: str, now: float) -> bool:
        """Kept first."""
        await self.keep(member)
        return await super().erase(member, now)


@pytest.fixture
async def desk() -> Desk:
    """Amina has an account and wishes it closed."""
    desk = Desk()
    terms = Terms("2026-11", NOW)
    await desk.accounts.apply(
        CreateAccount("amina", "j1", "amina@example.org", "+212612345642", "$hash", terms), "ar", NOW
    )
    await desk.accounts.apply(CloseAccount("amina", "j2", DUE), "ar", NOW)
    return desk


async def test_nothing_is_erased_before_its_time(desk: Desk) -> None:
    desk.now = DUE - 1
    assert await close_due(desk.house) == 0
    assert await desk.space.summary("amina") is not None
    assert await desk.sent() == []


async def test_an_account_that_is_due_is_erased_once_and_both_addresses_hear_of_it(desk: Desk) -> None:
    desk.now = DUE
    assert await close_due(desk.house) == 1
    assert await desk.space.summary("amina") is None
    assert [(one.message, one.address, one.display) for one in await desk.sent()] == [
        ("closed_email", "amina@example.org", "ar"),
        ("closed_sms", "+212612345642", "ar"),
    ]
    assert [event[:2] for event in desk.audit.events] == [("account.erased", "amina")]
    assert await close_due(desk.house) == 0


async def test_whoever_keeps_the_account_at_the_last_moment_hears_of_nothing(desk: Desk) -> None:
    desk.now = DUE
    house = Closing(ThinksAgain(desk.books, KEYS), desk.outbox, desk.queue, desk.audit, lambda: desk.now)
    assert await close_due(house) == 0
    assert await desk.space.summary("amina") is not None
    assert await desk.sent() == []
    assert await desk.outbox.forgotten(DUE + 3600) == [], "the letters that were written are given up"
