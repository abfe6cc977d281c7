"""Real servers for any test that asks: each test sees an empty one."""

from collections.abc import Iterator

import pytest
import redis

from tests.support.postgres import Cluster, postgres
from tests.support.servers import valkey


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    """One PostgreSQL for the run."""
    with postgres() as cluster:
        yield cluster


@pytest.fixture
def postgres_url(postgres_cluster: Cluster) -> str:
    """A new, empty PostgreSQL database."""
    return postgres_cluster.new_database()


@pytest.fixture(scope="session")
def valkey_url() -> Iterator[str]:
    """One store for the run; tests take `redis_url`."""
    with valkey() as url:
        yield url


@pytest.fixture
def redis_url(valkey_url: str) -> str:
    """An empty store speaking the Redis protocol."""
    with redis.Redis.from_url(valkey_url) as client:
        client.flushall()
    return valkey_url
