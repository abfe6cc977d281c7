"""The worker process: takes ids from the queue and sends what they stand for; sweeps up what no queue remembers."""

import asyncio
import logging
import time
from functools import partial
from typing import Any, Final

import uvloop
from arq import Retry, cron, func
from arq.connections import RedisSettings
from arq.worker import Worker

from webapp.adapters.database import engine
from webapp.adapters.queue import DELIVER, decode, encode
from webapp.closing import close_due
from webapp.composition import House, build, closing, delivery
from webapp.core.limits import DELIVERY_LADDER, DELIVERY_LEASE, SWEEP_EVERY, TIDY_EVERY
from webapp.delivery import deliver
from webapp.settings import Settings

_POLL: Final = 0.1  # seconds between two looks at the queue
_JOB_TIMEOUT: Final = DELIVERY_LEASE + 5  # seconds
_SWEEPS: Final = set(range(0, 60, SWEEP_EVERY))
_TIDIES: Final = set(range(0, 60, TIDY_EVERY))


async def deliver_row(ctx: dict[Any, Any], *rows: str, **_: Any) -> None:
    """Send one outbox row; arq brings it back when the provider could not take it."""
    (row,) = rows
    after = await deliver(row, ctx["delivery"])
    if after is not None:
        raise Retry(defer=after)


async def sweep(ctx: dict[Any, Any], *_: Any, **__: Any) -> None:
    """Ask again for rows that are due and that nobody holds: the queue is a hint, the outbox the truth."""
    for row in await ctx["outbox"].forgotten(ctx["clock"]()):
        await ctx["queue"].enqueue(row)


async def tidy(ctx: dict[Any, Any], *_: Any, **__: Any) -> None:
    """Erase the accounts whose time has come, forget the sign-ins and the old contacts that nobody needs any more."""
    await close_due(ctx["closing"])
    await ctx["sign_ins"].forget(ctx["clock"]())
    await ctx["space"].forget(ctx["clock"]())


def run(settings: Settings) -> None:
    """Work until a signal. The process ends when the store stays away; its supervisor starts it again."""
    logging.getLogger("arq").setLevel(logging.ERROR)  # arq logs arguments and results at INFO
    house = build(settings, time.time)
    asyncio.set_event_loop(uvloop.new_event_loop())
    Worker(
        [func(deliver_row, name=DELIVER, keep_result=0, timeout=_JOB_TIMEOUT, max_tries=len(DELIVERY_LADDER) + 1)],
        cron_jobs=[
            cron(sweep, second=_SWEEPS, keep_result=0, timeout=_JOB_TIMEOUT),
            cron(tidy, minute=_TIDIES, keep_result=0, timeout=_JOB_TIMEOUT),
        ],
        redis_settings=RedisSettings.from_dsn(settings.store),
        on_startup=partial(_begin, house=house),  # type: ignore[arg-type] # arq's type asks for a __qualname__
        on_shutdown=partial(_end, house=house),  # type: ignore[arg-type]
        poll_delay=_POLL,
        job_timeout=_JOB_TIMEOUT,
        keep_result=0,
        job_serializer=encode,
        job_deserializer=decode,
        log_results=False,
    ).run()


async def _begin(ctx: dict[Any, Any], house: House) -> None:
    await engine.connect(house.settings.database)
    services = house.services
    ctx |= {"outbox": services.outbox, "queue": services.queue, "clock": services.clock}
    ctx |= {"sign_ins": services.sign_ins, "space": services.space}
    ctx |= {"delivery": delivery(house), "closing": closing(house)}


async def _end(_: dict[Any, Any], house: House) -> None:
    await engine.close()
    await house.close()
