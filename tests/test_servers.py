"""The servers the suites stand on are the real ones."""

import sys
from pathlib import Path

import asyncpg
import pytest
import redis

from tests.support.processes import start, stop, wait_until


async def test_each_test_gets_an_empty_postgresql_database_of_its_own(postgres_url: str) -> None:
    connection = await asyncpg.connect(postgres_url)
    try:
        assert "PostgreSQL" in await connection.fetchval("select version()")
        assert await connection.fetchval("select count(*) from pg_tables where schemaname = 'public'") == 0
    finally:
        await connection.close()


def test_the_store_runs_lua_and_starts_empty(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0
        assert client.register_script("return redis.call('INCR', KEYS[1])")(keys=["n"]) == 1


def test_a_server_that_dies_at_its_start_says_why(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with log.open("wb") as words:
        server = start([sys.executable, "-c", "raise SystemExit('no room at the inn')"], words)
        with pytest.raises(RuntimeError, match="no room at the inn"):
            wait_until(lambda: False, server, log, seconds=10)
    assert stop(server) == 1
