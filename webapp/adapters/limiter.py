"""Budgets that span requests and processes, counted by `limits` in Redis's own time."""

import math

from limits import RateLimitItem, parse
from limits.aio.storage import RedisStorage
from limits.aio.strategies import FixedWindowRateLimiter
from redis.asyncio import Redis

from webapp.adapters.keys import Keyring
from webapp.adapters.redis_client import answering
from webapp.core.limits import BUDGETS
from webapp.ports import Limited


class RedisLimiter:
    """ports.Limiter. `scale` multiplies every budget, for rehearsals and measurements."""

    def __init__(self, client: Redis, keys: Keyring, scale: int = 1) -> None:
        # The address is not used: the house's own pool is, with its patience.
        storage = RedisStorage(
            "async+redis://",
            implementation="redispy",
            connection_pool=client.connection_pool,  # type: ignore[arg-type] # handed on to redis-py as it is
        )
        self._strategy = FixedWindowRateLimiter(storage)
        self._keys = keys
        self._rows = {
            row: tuple(_scaled(parse(window), scale) for window in windows) for row, windows in BUDGETS.items()
        }

    def _name(self, row: str, key: str) -> tuple[str, str]:
        return row, self._keys.digest("limits", row, key)

    async def hit(self, row: str, key: str) -> Limited | None:
        """Charge every window; the one that opens again last speaks."""
        name = self._name(row, key)
        async with answering():
            full = [window for window in self._rows[row] if not await self._strategy.hit(window, *name)]
            ends = [(await self._strategy.get_window_stats(window, *name)).reset_time for window in full]
        return Limited(row, math.ceil(max(ends))) if ends else None

    async def clear(self, row: str, key: str) -> None:
        """Forget what was charged."""
        async with answering():
            for window in self._rows[row]:
                await self._strategy.clear(window, *self._name(row, key))


def _scaled(window: RateLimitItem, scale: int) -> RateLimitItem:
    return type(window)(window.amount * scale, window.multiples)
