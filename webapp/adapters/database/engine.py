"""Chooses the database by its address and binds the tables to it: from `connect` to `close`, or within `connected`."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from piccolo.apps.migrations.tables import Migration
from piccolo.table import Table

from webapp.adapters.database.postgres import PooledPostgres
from webapp.adapters.database.sqlite import KeptSQLite
from webapp.adapters.database.tables import TABLES

Engine = KeptSQLite | PooledPostgres

_BOUND: Final[tuple[type[Table], ...]] = (*TABLES, Migration)
_connected: list[Engine] = []  # the last one serves


def choose(url: str) -> Engine:
    """The engine for `sqlite:///path` or `postgresql://…`; nothing is opened yet. ValueError for any other address."""
    match urlsplit(url).scheme:
        case "sqlite":
            return KeptSQLite(str(Path(url.removeprefix("sqlite:///")).resolve()))
        case "postgresql" | "postgres":
            return PooledPostgres(url)
        case _:
            raise ValueError("a database address begins with sqlite:/// or postgresql://")


def connected_now() -> Engine | None:
    """The database that is connected, if any is."""
    return _connected[-1] if _connected else None


def current() -> Engine:
    """The database that is connected."""
    engine = connected_now()
    if engine is None:
        raise RuntimeError("no database is connected")
    return engine


async def connect(url: str) -> None:
    """Open the database and bind the tables to it. Raises Away when it does not answer."""
    engine = choose(url)
    await engine.start_connection_pool()
    _connected.append(engine)
    _bind(engine)


async def close() -> None:
    """Close what was connected last; the tables go back to what was connected before, if anything was."""
    engine = _connected.pop()
    _bind(connected_now())
    await engine.close_connection_pool()


@asynccontextmanager
async def connected(url: str) -> AsyncIterator[None]:
    """`connect` and `close` around a piece of work."""
    await connect(url)
    try:
        yield
    finally:
        await close()


def _bind(engine: Engine | None) -> None:
    for table in _BOUND:
        table._meta._db = engine  # noqa: SLF001 -- its setter takes no None; unbound, a table would go looking by itself
