"""`webapp check`: what would keep the product from serving, said before a member finds out."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from redis.exceptions import RedisError

from webapp import branding, i18n
from webapp.adapters import redis_client
from webapp.adapters.database import engine, migrate
from webapp.ports import Away
from webapp.settings import Misconfigured, Settings


@dataclass(frozen=True)
class Finding:
    """One part and what is wrong with it ("" for nothing)."""

    part: str
    fault: str


def examine(settings: Settings) -> list[Finding]:
    """Every part of the product under these settings, in the order in which they would fail."""
    return asyncio.run(_examine(settings))


async def _examine(settings: Settings) -> list[Finding]:
    parts: dict[str, Callable[[Settings], Awaitable[str]]] = {
        "catalogues": _catalogues,
        "branding": _branding,
        "database": _database,
        "store": _store,
    }
    return [Finding("settings", ""), *[Finding(part, await look(settings)) for part, look in parts.items()]]


async def _catalogues(_: Settings) -> str:
    missing = [language for language in i18n.DIRECTIONS if not i18n.compiled(language).exists()]
    return f"not compiled: {', '.join(missing)}; run `make catalogues`" if missing else ""


async def _branding(settings: Settings) -> str:
    try:
        branding.read(settings.branding)
    except Misconfigured as fault:
        return str(fault)
    return ""


async def _database(settings: Settings) -> str:
    try:
        async with engine.connected(settings.database):
            return "not up to date; run `webapp migrate`" if await migrate.pending() else ""
    except (Away, OSError) as fault:
        return str(fault) or "does not answer"


async def _store(settings: Settings) -> str:
    client = redis_client.connect(settings.store)
    try:
        await client.ping()
    except (RedisError, OSError):
        return "the embedded one runs with `webapp run` only" if settings.embedded_store else "does not answer"
    finally:
        await redis_client.close(client)
    return ""
