"""Each suite of a port runs over the real databases and over the port's memory twin."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from redis.asyncio import Redis

from tests.contracts.holders import House
from tests.contracts.people import AMINA, HASSAN, csv_lines
from webapp.adapters import redis_client
from webapp.adapters.accounts import PiccoloAccounts
from webapp.adapters.database.engine import connected
from webapp.adapters.database.migrate import migrate
from webapp.adapters.database.tables import TABLES
from webapp.adapters.keys import Keyring
from webapp.adapters.members_import import import_members
from webapp.adapters.memory_accounts import Books, MemoryAccounts, MemorySpace
from webapp.adapters.memory_sign_ins import MemorySignIns
from webapp.adapters.register import FileRow, references
from webapp.adapters.sign_ins import PiccoloSignIns
from webapp.adapters.space import PiccoloSpace

NOW = 1_795_000_000.0
DATABASES = ("sqlite", "postgres")
MEMORY = "memory"


@pytest.fixture
def keys() -> Keyring:
    return Keyring(["the one secret of this test run, long enough"])


@pytest.fixture
async def store(redis_url: str) -> AsyncIterator[Redis]:
    """A client of an empty store."""
    client = redis_client.connect(redis_url)
    yield client
    await redis_client.close(client)


@pytest.fixture
async def nowhere() -> AsyncIterator[Redis]:
    """A client of a store that is away."""
    client = redis_client.connect("redis://127.0.0.1:1")
    yield client
    await redis_client.close(client)


@pytest.fixture(params=DATABASES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind."""
    return _url(request.param, request, tmp_path)


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[str]:
    """A migrated and connected database of each kind; its address."""
    await migrate(database_url)
    async with connected(database_url):
        yield database_url


@pytest.fixture(params=[*DATABASES, MEMORY])
def place_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database of each kind, or none at all for the memory twin."""
    return MEMORY if request.param == MEMORY else _url(request.param, request, tmp_path)


@pytest.fixture
async def place(place_url: str) -> AsyncIterator[str]:
    """Where the adapter under test keeps its things; `MEMORY` for the twin."""
    if place_url == MEMORY:
        yield MEMORY
        return
    await migrate(place_url)
    async with connected(place_url):
        yield place_url


@pytest.fixture
async def house(place: str, keys: Keyring) -> House:
    """The adapters of accounts, without one yet; two members are in the register."""
    if place != MEMORY:
        return await settled(keys)
    books, amina, hassan = Books(), *(references(keys, row.registration_number)[0] for row in (AMINA, HASSAN))
    return House(MemoryAccounts(books), MemorySpace(books, keys), MemorySignIns(books), amina, hassan)


async def settled(keys: Keyring) -> House:
    """The same over the connected database."""
    await write_down(keys, AMINA, HASSAN)
    return served(keys, keys)


def served(keys: Keyring, imported: Keyring) -> House:
    """The database's adapters under some keys; the members were imported under others."""
    amina, hassan = (references(imported, row.registration_number)[0] for row in (AMINA, HASSAN))
    return House(PiccoloAccounts(keys), PiccoloSpace(keys), PiccoloSignIns(keys), amina, hassan)


def _url(kind: str, request: pytest.FixtureRequest, folder: Path) -> str:
    return f"sqlite:///{folder / 'house.sqlite'}" if kind == "sqlite" else str(request.getfixturevalue("postgres_url"))


async def write_down(keys: Keyring, *rows: FileRow, now: float = NOW) -> None:
    """Import rows that must all be good."""
    bad: list[object] = []
    await import_members(csv_lines(*rows), keys, now, bad.append)
    assert bad == []


def at_rest(folder: Path) -> bytes:
    """Every byte that SQLite has on disk: the database and its log."""
    return b"".join(file.read_bytes() for file in folder.glob("house.sqlite*"))


async def resting(folder: Path) -> bytes:
    """All that the connected database holds: SQLite's bytes on disk, and every row as it can be selected."""
    rows = [row for table in TABLES for row in await table.select()]
    values = [value for row in rows for value in row.values()]
    return at_rest(folder) + b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in values)
