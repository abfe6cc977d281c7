"""The hint to the workers that a message is due, through arq; only the row's id travels, in msgpack."""

from typing import Any, Final

import msgspec
from arq.connections import ArqRedis
from redis.asyncio import Redis

from webapp.adapters.redis_client import answering

DELIVER: Final = "deliver"
encode: Final = msgspec.msgpack.Encoder().encode
_decode: Final = msgspec.msgpack.Decoder().decode


def decode(raw: bytes) -> dict[str, Any]:
    """A job as it travelled; pickle is never read."""
    return dict(_decode(raw))


class ArqQueue:
    """ports.Queue."""

    def __init__(self, client: Redis) -> None:
        self._jobs = ArqRedis(client.connection_pool, job_serializer=encode, job_deserializer=decode)

    async def enqueue(self, row: str) -> None:
        """Ask for a row to be delivered; asked twice while it waits, it waits once."""
        async with answering():
            await self._jobs.enqueue_job(DELIVER, row, _job_id=f"{DELIVER}:{row}")
