"""Erases accounts whose members wished it, once the days to think again are over, and tells their addresses so."""

from dataclasses import dataclass

from webapp.ports import Audit, Clock, Letter, Outbox, Post, Queue, Space, Summary


@dataclass(frozen=True)
class Closing:
    """All that a worker needs to close accounts."""

    space: Space
    outbox: Outbox
    queue: Queue
    audit: Audit
    clock: Clock


async def close_due(house: Closing) -> int:
    """Erase what is due; how many accounts that were."""
    erased = 0
    for member in await house.space.due(house.clock()):
        account = await house.space.summary(member)
        if account and await _close(account, house):
            erased += 1
    return erased


async def _close(account: Summary, house: Closing) -> bool:
    """The last messages are written first, since nobody knows the addresses afterwards; they go out only then."""
    rows = [await house.outbox.put(_last(account, letter, house)) for letter in _letters(account)]
    if not await house.space.erase(account.member, house.clock()):
        for row in rows:
            await house.outbox.withdraw(row)
        return False
    await house.audit.note("account.erased", account.member, house.clock())
    for row in rows:
        await house.queue.enqueue(row)
    return True


def _letters(account: Summary) -> tuple[Letter, Letter]:
    return (
        Letter("email", "closed_email", account.email, account.display),
        Letter("sms", "closed_sms", account.phone, account.display),
    )


def _last(account: Summary, letter: Letter, house: Closing) -> Post:
    return Post(f"closed|{account.number}|{account.closes_at}|{letter.channel}", letter, house.clock())
