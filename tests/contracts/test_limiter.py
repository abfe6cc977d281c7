"""ports.Limiter: every row lets exactly its budget through, says when it opens again, and forgets on demand."""

import asyncio
import time

import pytest
from limits import parse
from redis.asyncio import Redis

from tests.contracts.conftest import MEMORY
from webapp.adapters.keys import Keyring
from webapp.adapters.limiter import RedisLimiter
from webapp.adapters.memory_store import MemoryLimiter
from webapp.core.limits import BUDGETS
from webapp.ports import Away, Limiter


@pytest.fixture(params=["redis", MEMORY])
def limiter(request: pytest.FixtureRequest, store: Redis, keys: Keyring) -> Limiter:
    return MemoryLimiter(time.time) if request.param == MEMORY else RedisLimiter(store, keys)


@pytest.mark.parametrize("row", BUDGETS)
async def test_a_row_lets_its_smallest_budget_through_at_once_and_no_more(limiter: Limiter, row: str) -> None:
    smallest = min(parse(window).amount for window in BUDGETS[row])
    hits = await asyncio.gather(*(limiter.hit(row, "somebody") for _ in range(smallest + 10)))
    assert hits.count(None) == smallest


@pytest.mark.parametrize("row", BUDGETS)
async def test_a_refusal_names_the_moment_when_the_row_opens_again(limiter: Limiter, row: str) -> None:
    refusals = [one for _ in range(40) if (one := await limiter.hit(row, "somebody"))]
    longest = max(parse(window).get_expiry() for window in BUDGETS[row])
    assert time.time() < refusals[-1].until <= time.time() + longest + 1


async def test_one_key_is_not_charged_for_another_and_a_cleared_one_starts_anew(limiter: Limiter) -> None:
    for _ in range(6):
        await limiter.hit("identity-answers", "somebody")
    assert await limiter.hit("identity-answers", "somebody") is not None
    assert await limiter.hit("identity-answers", "somebody else") is None
    await limiter.clear("identity-answers", "somebody")
    assert await limiter.hit("identity-answers", "somebody") is None


async def test_what_is_counted_can_not_be_read_from_the_store(store: Redis, keys: Keyring) -> None:
    await RedisLimiter(store, keys).hit("send-destination", "amina@exemple.ma")
    names = await store.keys("*")
    assert names
    assert not [name for name in names if b"amina" in name]


async def test_a_store_that_is_away_is_never_a_silent_pass(nowhere: Redis, keys: Keyring) -> None:
    with pytest.raises(Away):
        await RedisLimiter(nowhere, keys).hit("identity-answers", "somebody")
