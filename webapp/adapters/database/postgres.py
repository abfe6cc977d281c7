"""PostgreSQL through a pool that opens with the house and closes with it."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

import asyncpg
from piccolo.engine.postgres import PostgresEngine
from piccolo.querystring import QueryString
from typing_extensions import override

from webapp.ports import Away

PATIENCE: Final = 10.0  # seconds for a connection or an answer
_CONNECTIONS: Final = 10
_ALONE: Final = 0x6D6F6E2D  # the advisory lock of those who may not meet: "mon-"


class PooledPostgres(PostgresEngine):
    """Piccolo's engine over a pool, from `start_connection_pool` to `close_connection_pool`."""

    def __init__(self, url: str) -> None:
        super().__init__(
            {"dsn": url, "min_size": 1, "max_size": _CONNECTIONS, "timeout": PATIENCE, "command_timeout": PATIENCE}
        )

    @override
    async def check_version(self) -> None:
        """Nothing is asked while no pool is there: Piccolo would open a connection in another thread to warn."""

    @override
    async def start_connection_pool(self, **_: Any) -> None:
        """Open the pool. Raises Away."""
        async with answering():
            await super().start_connection_pool()

    async def alone(self) -> None:
        """Within a transaction: hold off whoever else calls this, in any process, until the transaction ends."""
        await self.run_ddl(f"SELECT pg_advisory_xact_lock({_ALONE})")

    async def many(self, template: str, rows: Sequence[Sequence[Any]]) -> None:
        """Within a transaction: run a statement with `{}` for each value, once for each row, in order."""
        statement = template.format(*(f"${place}" for place in range(1, len(rows[0]) + 1)))
        transaction = self.current_transaction.get()
        if transaction is None:
            raise RuntimeError("many rows are written within a transaction")
        async with answering():
            await transaction.connection.executemany(statement, rows)

    @override
    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> Any:
        """Run a query. Raises Away."""
        async with answering():
            return await super().run_querystring(querystring, in_pool)

    @override
    async def run_ddl(self, ddl: str, in_pool: bool = True) -> Any:
        """Run a statement as it is. Raises Away."""
        async with answering():
            return await super().run_ddl(ddl, in_pool)


@asynccontextmanager
async def answering() -> AsyncIterator[None]:
    """A server that is gone, going, full or silent raises `Away`, without the statement's data."""
    try:
        yield
    except (
        OSError,
        TimeoutError,
        asyncpg.InterfaceError,
        asyncpg.PostgresConnectionError,
        asyncpg.InsufficientResourcesError,
        asyncpg.OperatorInterventionError,
    ) as silence:
        raise Away("the database can not serve") from silence
