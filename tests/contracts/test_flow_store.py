"""ports.FlowStore: journeys found by a cookie, saved by whoever is first, moved at each gain of trust, over in time."""

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest
from msgspec.structs import replace
from redis.asyncio import Redis

from tests.contracts.conftest import MEMORY, NOW
from webapp.adapters.flow_store import RedisFlowStore
from webapp.adapters.keys import Keyring
from webapp.adapters.memory_store import MemoryFlow
from webapp.core.limits import JOURNEY
from webapp.core.state import Contact, Door, State
from webapp.ports import FlowStore, Stored

STATE = State("a journey's secret", Door.ACTIVATION, NOW)
NEXT = replace(STATE, member="a member")


@pytest.fixture(params=["redis", MEMORY])
def flow(request: pytest.FixtureRequest, store: Redis, keys: Keyring) -> FlowStore:
    return MemoryFlow(lambda: NOW) if request.param == MEMORY else RedisFlowStore(store, keys)


@dataclass(frozen=True)
class Kept:
    cookie: str
    stored: Stored


@pytest.fixture
async def kept(flow: FlowStore) -> Kept:
    cookie = await flow.start(STATE, NOW)
    stored = await flow.load(cookie, NOW)
    assert stored is not None
    return Kept(cookie, stored)


async def test_a_journey_is_found_by_its_cookie_only(flow: FlowStore, kept: Kept) -> None:
    assert kept.stored.state == STATE
    for cookie in ("", "attackerchosen", kept.cookie[:-1], kept.cookie + "x", STATE.journey):
        assert await flow.load(cookie, NOW) is None


async def test_no_two_journeys_share_a_cookie(flow: FlowStore, kept: Kept) -> None:
    assert await flow.start(STATE, NOW) != kept.cookie


async def test_what_is_saved_is_found(flow: FlowStore, kept: Kept) -> None:
    contact = Contact("amina@exemple.ma", 1, NOW, NOW)
    assert await flow.save(kept.cookie, kept.stored, replace(STATE, email=contact), NOW)
    found = await flow.load(kept.cookie, NOW)
    assert found is not None
    assert found.state.email == contact


async def test_a_save_on_an_older_version_changes_nothing(flow: FlowStore, kept: Kept) -> None:
    assert await flow.save(kept.cookie, kept.stored, NEXT, NOW)
    assert not await flow.save(kept.cookie, kept.stored, STATE, NOW)
    found = await flow.load(kept.cookie, NOW)
    assert found is not None
    assert found.state == NEXT


async def test_of_20_saves_at_once_one_wins(flow: FlowStore, kept: Kept) -> None:
    saves = await asyncio.gather(*(flow.save(kept.cookie, kept.stored, NEXT, NOW) for _ in range(20)))
    assert saves.count(True) == 1


async def test_of_20_moves_at_once_one_wins_and_the_old_cookie_is_dead(flow: FlowStore, kept: Kept) -> None:
    moves = await asyncio.gather(*(flow.rotate(kept.cookie, kept.stored, NEXT, NOW, "sent") for _ in range(20)))
    (cookie,) = [one for one in moves if one]
    assert cookie != kept.cookie
    assert await flow.load(kept.cookie, NOW) is None
    found = await flow.load(cookie, NOW)
    assert found is not None
    assert found.state == NEXT


async def test_only_the_submission_that_moved_a_journey_is_led_after_it(flow: FlowStore, kept: Kept) -> None:
    cookie = await flow.rotate(kept.cookie, kept.stored, NEXT, NOW, "sent")
    assert await flow.moved(kept.cookie, "sent") == cookie
    assert await flow.moved(kept.cookie, "another") is None
    assert await flow.moved("attackerchosen", "sent") is None


@pytest.mark.parametrize(("state", "last"), [(STATE, JOURNEY.absolute), (replace(STATE, done=True), JOURNEY.absolute)])
async def test_a_journey_ends_an_hour_after_its_start(flow: FlowStore, state: State, last: int) -> None:
    cookie = await flow.start(state, NOW)
    assert await flow.load(cookie, NOW + last) is None
    stored = Stored(state, 1)
    assert not await flow.save(cookie, stored, NEXT, NOW + last)


async def test_at_rest_nothing_can_be_read_and_nothing_lasts(store: Redis, keys: Keyring) -> None:
    flow = RedisFlowStore(store, keys)
    cookie = await flow.start(replace(STATE, email=Contact("amina@exemple.ma", 1, NOW, NOW)), NOW)
    stored = await flow.load(cookie, NOW)
    assert stored is not None
    fresh = await flow.rotate(cookie, stored, stored.state, NOW, "sent")
    assert fresh is not None
    for name in await store.keys("*"):
        content = name + bytes(await store.dump(name))
        assert not [word for word in (b"amina", b"secret", cookie.encode(), fresh.encode()) if word in content]
        assert 0 < await store.ttl(name) <= JOURNEY.idle


async def test_a_journey_sealed_by_a_key_that_was_dropped_is_unknown(store: Redis, keys: Keyring) -> None:
    cookie = await RedisFlowStore(store, keys).start(STATE, NOW)
    other = Keyring(["another secret altogether, long enough as well"])
    assert await RedisFlowStore(store, other).load(cookie, NOW) is None


async def test_a_sealed_journey_moved_to_another_cookie_does_not_open(store: Redis, keys: Keyring) -> None:
    flow = RedisFlowStore(store, keys)
    mine, theirs = await flow.start(STATE, NOW), await flow.start(NEXT, NOW)
    one, other = await store.keys("flow:*")
    raw: Any = store
    await raw.hset(one, "d", await raw.hget(other, "d"))
    found = [await flow.load(cookie, NOW) for cookie in (mine, theirs)]
    assert found.count(None) == 1
