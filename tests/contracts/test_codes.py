"""ports.Codes: five guesses compared, one accepted, however many at once through however many stores."""

import asyncio
from collections import Counter
from dataclasses import replace

import pytest
from redis.asyncio import Redis

from tests.contracts.conftest import MEMORY, NOW
from webapp.adapters.codes import RedisCodes
from webapp.adapters.keys import Keyring
from webapp.adapters.memory_store import MemoryCodes
from webapp.core.codes import Challenge
from webapp.ports import Codes, Guess

CHALLENGE = Challenge("a journey's secret", "email", "activation", 1, "amina@exemple.ma")


@pytest.fixture(params=["redis", MEMORY])
def codes(request: pytest.FixtureRequest, store: Redis, keys: Keyring) -> Codes:
    return MemoryCodes(keys.key("code"), lambda: NOW) if request.param == MEMORY else RedisCodes(store, keys)


def other(code: str, by: int = 1) -> str:
    return f"{(int(code) + by) % 1_000_000:06}"


async def test_a_code_that_was_never_opened_is_closed(codes: Codes) -> None:
    assert (await codes.guess(CHALLENGE, codes.derive(CHALLENGE))).guess is Guess.CLOSED
    assert not await codes.usable(CHALLENGE)


async def test_the_right_code_is_accepted_once(codes: Codes) -> None:
    await codes.open(CHALLENGE)
    assert await codes.usable(CHALLENGE)
    assert (await codes.guess(CHALLENGE, codes.derive(CHALLENGE))).guess is Guess.RIGHT
    assert (await codes.guess(CHALLENGE, codes.derive(CHALLENGE))).guess is Guess.TAKEN
    assert not await codes.usable(CHALLENGE)


async def test_each_guess_takes_a_try_and_none_is_compared_after_the_fifth(codes: Codes) -> None:
    code = codes.derive(CHALLENGE)
    await codes.open(CHALLENGE)
    left = [(await codes.guess(CHALLENGE, other(code, n))).left for n in range(1, 6)]
    assert left == [4, 3, 2, 1, 0]
    assert (await codes.guess(CHALLENGE, code)).guess is Guess.SPENT
    assert not await codes.usable(CHALLENGE)


async def test_the_fifth_guess_may_still_be_right(codes: Codes) -> None:
    code = codes.derive(CHALLENGE)
    await codes.open(CHALLENGE)
    for n in range(1, 5):
        await codes.guess(CHALLENGE, other(code, n))
    assert (await codes.guess(CHALLENGE, code)).guess is Guess.RIGHT


@pytest.mark.parametrize("spend", ["right", "wrong"])
async def test_opening_again_gives_no_new_tries(codes: Codes, spend: str) -> None:
    code = codes.derive(CHALLENGE)
    await codes.open(CHALLENGE)
    for n in range(6):
        await codes.guess(CHALLENGE, code if spend == "right" else other(code, n + 1))
    await codes.open(CHALLENGE)
    assert (await codes.guess(CHALLENGE, code)).guess is (Guess.TAKEN if spend == "right" else Guess.SPENT)


async def test_one_challenge_says_nothing_of_another(codes: Codes) -> None:
    await codes.open(CHALLENGE)
    later = replace(CHALLENGE, generation=2)
    assert not await codes.usable(later)
    await codes.open(later)
    for n in range(1, 6):
        await codes.guess(later, other(codes.derive(later), n))
    assert await codes.usable(CHALLENGE)


@pytest.mark.parametrize("typed", ["", "1", "abc", "٣" * 6, "0" * 4000])
async def test_any_text_is_a_wrong_guess(codes: Codes, typed: str) -> None:
    await codes.open(CHALLENGE)
    assert (await codes.guess(CHALLENGE, typed)).guess is Guess.WRONG


async def test_200_wrong_guesses_at_once_are_compared_five_times(codes: Codes) -> None:
    code = codes.derive(CHALLENGE)
    await codes.open(CHALLENGE)
    guesses = await asyncio.gather(*(codes.guess(CHALLENGE, other(code, n)) for n in range(1, 201)))
    assert Counter(one.guess for one in guesses) == {Guess.WRONG: 5, Guess.SPENT: 195}


async def test_200_right_guesses_at_once_are_accepted_once(codes: Codes) -> None:
    await codes.open(CHALLENGE)
    guesses = await asyncio.gather(*(codes.guess(CHALLENGE, codes.derive(CHALLENGE)) for _ in range(200)))
    assert Counter(one.guess for one in guesses)[Guess.RIGHT] == 1


async def test_a_code_that_an_older_key_signed_is_still_right(store: Redis) -> None:
    old, new = "the secret of yesterday, long enough too", "the secret of today, also long enough"
    before, after = RedisCodes(store, Keyring([old])), RedisCodes(store, Keyring([new, old]))
    await after.open(CHALLENGE)
    assert before.derive(CHALLENGE) != after.derive(CHALLENGE)
    assert (await after.guess(CHALLENGE, before.derive(CHALLENGE))).guess is Guess.RIGHT


async def test_a_code_ends_with_its_life(store: Redis, keys: Keyring) -> None:
    await RedisCodes(store, keys).open(CHALLENGE)
    (name,) = await store.keys("code:*")
    assert 590 < await store.ttl(name) <= 600
    assert b"amina" not in name
