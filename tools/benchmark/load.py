"""Many members at once: each load is metered, and none lasts longer than it may."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from tests.support.journey import PASSWORD, Member
from tools.benchmark.connection import connected
from tools.benchmark.journey import END, PASSWORD_SCREEN, Timings, walk
from tools.benchmark.mailbox import Mailbox
from tools.benchmark.meter import Servers, Spent
from webapp.adapters.hasher import Argon2Hasher

AT_ONCE: Final = (1, 8, 32)
WARM_UP: Final = 6  # journeys before anything is counted: each display twice
_LONGEST: Final = 300.0  # seconds for one load
_REST: Final = 0.5  # seconds after a load, for the worker to end what it has begun
_HASHES: Final = 20
_NULL_REQUESTS: Final = 3000

Item = TypeVar("Item")


@dataclass(frozen=True)
class Walked:
    """So many journeys, and what they cost."""

    journeys: int
    spent: Spent
    timings: Timings

    @property
    def cpu(self) -> float:
        """CPU seconds of all servers for one journey."""
        return self.spent.billed / self.journeys


@dataclass(frozen=True)
class Nothing:
    """So many requests to the null endpoint: seconds of each, and what they cost."""

    took: list[float]
    spent: Spent


@dataclass(frozen=True)
class Level:
    """All that was measured with so many members at once: whole journeys, those that end at the password, and none."""

    at_once: int
    whole: Walked
    short: Walked
    null: Nothing


@dataclass(frozen=True)
class Bench:
    """One product, the members who have not used it yet, and their mailboxes."""

    port: int
    fresh: Iterator[Member]
    mailbox: Mailbox
    servers: Servers

    async def warm(self) -> None:
        """Let every page, message and display be made once."""
        await self._walked(WARM_UP, 1, END)

    async def level(self, at_once: int, journeys: int) -> Level:
        """The three loads with so many members at once."""
        whole = await self._walked(journeys, at_once, END)
        short = await self._walked(journeys, at_once, PASSWORD_SCREEN)
        return Level(at_once, whole, short, await self._null(at_once))

    async def idle(self, seconds: float) -> Spent:
        """What the servers cost when nobody is there."""
        async with self.servers.metered() as spent:
            await asyncio.sleep(seconds)
        return spent

    async def _walked(self, journeys: int, at_once: int, until: str) -> Walked:
        timings, members = Timings(), [next(self.fresh) for _ in range(journeys)]
        spent = await self._all(members, at_once, lambda one: walk(one, self.port, self.mailbox, timings, until))
        return Walked(journeys, spent, timings)

    async def _null(self, at_once: int) -> Nothing:
        took: list[float] = []

        async def ask(requests: int) -> None:
            async with connected(self.port) as browser:
                took.extend([(await browser.get("/healthz")).took for _ in range(requests)])

        return Nothing(took, await self._all([_NULL_REQUESTS // at_once] * at_once, at_once, ask))

    async def _all(self, work: Iterable[Item], at_once: int, one: Callable[[Item], Awaitable[None]]) -> Spent:
        queue = iter(work)

        async def in_turn() -> None:
            for item in queue:
                await one(item)

        async with self.servers.metered() as spent, asyncio.timeout(_LONGEST):
            began = time.perf_counter()
            async with asyncio.TaskGroup() as members:
                for _ in range(at_once):
                    members.create_task(in_turn())
            busy = time.perf_counter() - began
            await asyncio.sleep(_REST)
        spent.seconds = busy
        return spent


async def hash_cpu() -> float:
    """CPU seconds of one password hash on this machine, as the product makes it."""
    hasher = Argon2Hasher()
    await hasher.hash(PASSWORD)
    began = time.process_time()
    for _ in range(_HASHES):
        await hasher.hash(PASSWORD)
    return (time.process_time() - began) / _HASHES
