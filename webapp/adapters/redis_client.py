"""One pool of connections to the Redis-protocol server, and one meaning for its silence: `Away`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from redis.asyncio import ConnectionPool, Redis
from redis.exceptions import RedisError

from webapp.ports import Away

_PATIENCE: Final = 1.0  # seconds for any answer; redis-py itself would wait for ever


def connect(url: str) -> Redis:
    """A client for `redis://`, `rediss://` or `unix://`; nothing is opened yet."""
    pool: ConnectionPool = ConnectionPool.from_url(url, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE)
    return Redis(connection_pool=pool)


async def close(client: Redis) -> None:
    """Close every connection of the pool."""
    await client.aclose(close_connection_pool=True)


@asynccontextmanager
async def answering() -> AsyncIterator[None]:
    """Run store commands; a store that is away or broken raises `Away`, without the command's data."""
    try:
        yield
    except (RedisError, OSError, TimeoutError) as silence:
        raise Away("store") from silence
