"""The database's connections, binding and migrations."""

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.support.processes import start, tail
from webapp.adapters.database import engine
from webapp.adapters.database.migrate import migrate, pending
from webapp.adapters.database.sqlite import KeptSQLite
from webapp.adapters.database.tables import TABLES, Account, Event, Member, Outbox
from webapp.ports import Away

ROW = "00000000-0000-4000-8000-000000000000"
INCREMENTS = f"""
import asyncio, sys
from webapp.adapters.database import engine
from webapp.adapters.database.tables import Outbox

async def main():
    async with engine.connected(sys.argv[1]):
        for _ in range(200):
            await Outbox.update({{Outbox.tries: Outbox.tries + 1}}).where(Outbox.id == "{ROW}")

asyncio.run(main())
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "new" / "house.sqlite"


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, file: Path) -> str:
    return f"sqlite:///{file}" if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


@pytest.fixture
async def database(url: str) -> AsyncIterator[str]:
    await migrate(url)
    async with engine.connected(url):
        await Outbox.insert(Outbox(id=ROW, key="k"))
        yield url


@pytest.fixture
def lock(file: Path) -> Iterator[sqlite3.Connection]:
    """Another process's connection, so to speak."""
    other = sqlite3.connect(file, isolation_level=None)
    yield other
    other.close()


async def tries() -> int:
    row = await Outbox.select(Outbox.tries).first()
    assert row is not None
    return int(row["tries"])


async def pragma(name: str) -> object:
    """What the writing connection says."""
    kept = engine.current()
    assert isinstance(kept, KeptSQLite)
    (row,) = await kept.writer.execute(f"PRAGMA {name}")
    return next(iter(row.values()))


async def run_twice(code: str, url: str, folder: Path) -> None:
    """Two processes at once, both of which must end well."""
    log = folder / "log"
    with log.open("wb") as words:
        pair = [start([sys.executable, "-c", code, url], words) for _ in range(2)]
        ended = [await asyncio.to_thread(process.wait, 60) for process in pair]
    assert ended == [0, 0], tail(log)


async def add_one_slowly() -> None:
    """Read, let others run, write: only a transaction makes this safe."""
    async with engine.current().transaction():
        await engine.current().alone()
        before = await tries()
        await asyncio.sleep(0)
        await Outbox.update({Outbox.tries: before + 1}, force=True)


async def test_a_hundred_increments_at_once_lose_nothing(database: str) -> None:
    increment = Outbox.update({Outbox.tries: Outbox.tries + 1}, force=True)
    await asyncio.gather(*(increment.run() for _ in range(100)))
    assert await tries() == 100


async def test_a_hundred_transactions_that_read_and_write_lose_nothing(database: str) -> None:
    await asyncio.gather(*(add_one_slowly() for _ in range(100)))
    assert await tries() == 100


async def test_two_processes_write_to_the_same_database_and_lose_nothing(database: str, tmp_path: Path) -> None:
    await run_twice(INCREMENTS, database, tmp_path)
    assert await tries() == 400


async def test_a_transaction_that_fails_leaves_nothing_behind(database: str) -> None:
    async def fail() -> None:
        async with engine.current().transaction():
            await Outbox.update({Outbox.tries: 7}, force=True)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await tries() == 0
    await add_one_slowly()
    assert await tries() == 1


async def test_a_request_cut_off_in_its_transaction_holds_up_nobody(database: str) -> None:
    inside = asyncio.Event()

    async def cut_off() -> None:
        async with engine.current().transaction():
            await Outbox.update({Outbox.tries: 7}, force=True)
            inside.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(cut_off())
    await inside.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await tries() == 0
    await asyncio.wait_for(add_one_slowly(), 5)


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_sqlite_logs_ahead_syncs_fully_and_holds_to_foreign_keys(database: str) -> None:
    assert await pragma("journal_mode") == "wal"
    assert await pragma("synchronous") == 2
    assert await pragma("foreign_keys") == 1
    assert await pragma("busy_timeout") == 10_000


async def test_an_account_without_a_member_is_refused(database: str) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await Account.insert(Account(id=ROW, member="nobody"))


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_reader_neither_waits_for_a_writer_nor_sees_half_of_its_work(
    database: str, lock: sqlite3.Connection
) -> None:
    lock.execute("BEGIN IMMEDIATE")
    lock.execute("UPDATE outbox SET tries = 5")
    assert await asyncio.wait_for(tries(), 1) == 0
    lock.execute("COMMIT")
    assert await tries() == 5


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_write_waits_for_the_other_process_while_the_loop_goes_on(
    database: str, lock: sqlite3.Connection
) -> None:
    lock.execute("BEGIN IMMEDIATE")
    write = asyncio.create_task(Outbox.update({Outbox.tries: 3}, force=True).run())
    for _ in range(100):
        assert await tries() == 0
        assert not write.done()
    lock.execute("COMMIT")
    await write
    assert await tries() == 3


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_the_reading_connection_can_not_write(database: str) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        engine.current()._reader.execute("DELETE FROM outbox")  # type: ignore[union-attr]


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_the_file_is_for_its_owner_only(database: str, file: Path) -> None:
    assert {path.stat().st_mode & 0o777 for path in file.parent.iterdir()} == {0o600}


@pytest.mark.parametrize("url", ["sqlite"], indirect=True)
async def test_a_file_that_can_not_be_is_away(url: str) -> None:
    with pytest.raises(Away):
        await engine.connect("sqlite:////proc/nowhere/house.sqlite")


async def test_a_server_that_is_not_there_is_away() -> None:
    with pytest.raises(Away):
        await engine.connect("postgresql://nobody@127.0.0.1:1/nothing")


def test_an_address_of_another_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="sqlite:///"):
        engine.choose("mysql://localhost/house")


async def test_migrations_run_once_and_make_every_table(url: str) -> None:
    async with engine.connected(url):
        assert await pending()
        await migrate(url)
        assert not await pending()
        await migrate(url)
        assert [await table.count() for table in TABLES] == [0] * len(TABLES)


async def test_migrations_say_nothing(url: str, capfd: pytest.CaptureFixture[str]) -> None:
    await migrate(url)
    assert capfd.readouterr() == ("", "")


async def test_two_processes_that_migrate_at_once_both_succeed(url: str, tmp_path: Path) -> None:
    code = (
        "import asyncio, sys; from webapp.adapters.database.migrate import migrate; asyncio.run(migrate(sys.argv[1]))"
    )
    await run_twice(code, url, tmp_path)
    async with engine.connected(url):
        assert not await pending()


async def test_the_tables_of_the_code_are_those_of_the_migrations(database: str) -> None:
    for table in TABLES:
        names = [column._meta.name for column in table._meta.columns]
        assert await table.select(*names).run() is not None


async def test_tables_follow_the_database_that_was_connected_last(url: str, tmp_path: Path) -> None:
    other = f"sqlite:///{tmp_path / 'other.sqlite'}"
    await migrate(url)
    await migrate(other)
    async with engine.connected(url):
        await Event.insert(Event(event="here"))
        async with engine.connected(other):
            assert await Event.count() == 0
        assert await Event.count() == 1
    with pytest.raises(RuntimeError, match="no database"):
        engine.current()
    assert Member._meta._db is None
