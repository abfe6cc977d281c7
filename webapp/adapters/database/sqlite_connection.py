"""What SQLite's connections do: run statements to their end, write in a thread, and say when the file is away."""

import asyncio
import sqlite3
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any, Final

from webapp.ports import Away

_AWAY: Final = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_READONLY,
}

Row = dict[str, Any]


class Writer:
    """The one connection that writes, in a thread of its own: what is handed in runs in that order, even when nobody
    waits for it any more."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="sqlite")

    async def execute(self, statement: str, values: Sequence[Any] = ()) -> list[Row]:
        """Run one statement to its end; the rows it returns."""
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, run, self._connection, statement, values)

    async def execute_many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Run one statement for each row, in order."""
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, _run_many, self._connection, statement, rows)

    def settle(self) -> None:
        """Undo whatever is left open, nothing when all ended well. Takes its turn in the thread, awaited by nobody."""
        self._thread.submit(_roll_back, self._connection)

    def close(self) -> None:
        """Finish what was handed in, then close."""
        self._thread.shutdown(wait=True)
        self._connection.close()


@contextmanager
def answering() -> Iterator[None]:
    """A file that is locked, full or gone raises `Away`, without the statement's data."""
    try:
        yield
    except OSError as silence:
        raise Away("the database can not serve") from silence
    except sqlite3.OperationalError as refusal:
        if refusal.sqlite_errorcode & 0xFF in _AWAY:
            raise Away("the database can not serve") from refusal
        raise


def run(connection: sqlite3.Connection, statement: str, values: Sequence[Any] = ()) -> list[Row]:
    """Run one statement and fetch all of it, so that nothing stays locked."""
    with answering():
        cursor = connection.execute(statement, values)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _run_many(connection: sqlite3.Connection, statement: str, rows: Sequence[Sequence[Any]]) -> None:
    with answering():
        connection.executemany(statement, rows)


def _roll_back(connection: sqlite3.Connection) -> None:
    if connection.in_transaction:
        connection.rollback()
