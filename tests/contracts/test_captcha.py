"""ports.Captcha: a solution passes once; nothing, nonsense, somebody else's or a used one does not."""

import base64
import json
import time

import altcha
import pytest
from redis.asyncio import Redis

from webapp.adapters.captcha_altcha import AltchaCaptcha
from webapp.adapters.captcha_off import NoCaptcha
from webapp.adapters.keys import Keyring
from webapp.core.limits import PROOF_LIFE
from webapp.ports import Away, Proof


@pytest.fixture
def captcha(store: Redis, keys: Keyring) -> AltchaCaptcha:
    return AltchaCaptcha(store, keys)


def solved(puzzle: str) -> str:
    challenge = altcha.Challenge.from_dict(json.loads(puzzle))
    solution = altcha.solve_challenge(challenge)
    assert solution is not None
    return altcha.Payload(challenge, solution).to_base64()


async def test_a_solution_passes_once(captcha: AltchaCaptcha) -> None:
    answer = solved(captcha.challenge(time.time()))
    assert await captcha.check(answer, time.time()) is Proof.PASSED
    assert await captcha.check(answer, time.time()) is Proof.FAILED


async def test_a_used_solution_written_another_way_does_not_pass_again(captcha: AltchaCaptcha) -> None:
    answer = solved(captcha.challenge(time.time()))
    content = json.loads(base64.b64decode(answer))
    again = base64.b64encode(json.dumps({**content, "more": 1}, indent=1).encode()).decode()
    assert await captcha.check(answer, time.time()) is Proof.PASSED
    assert await captcha.check(again, time.time()) is Proof.FAILED


@pytest.mark.parametrize("answer", ["x", "e30=", "é", "A" * 5000, base64.b64encode(b"[]").decode(), "\x00"])
async def test_nonsense_fails(captcha: AltchaCaptcha, answer: str) -> None:
    assert await captcha.check(answer, time.time()) is Proof.FAILED


async def test_no_answer_is_missing(captcha: AltchaCaptcha) -> None:
    assert await captcha.check("", time.time()) is Proof.MISSING


async def test_a_puzzle_of_our_own_making_only(captcha: AltchaCaptcha, store: Redis) -> None:
    stranger = AltchaCaptcha(store, Keyring(["a stranger's secret that is long enough"]))
    assert await captcha.check(solved(stranger.challenge(time.time())), time.time()) is Proof.FAILED


async def test_a_puzzle_that_is_too_old_fails(captcha: AltchaCaptcha) -> None:
    answer = solved(captcha.challenge(time.time() - PROOF_LIFE - 2))
    assert await captcha.check(answer, time.time()) is Proof.FAILED


async def test_a_store_that_is_away_lets_nobody_pass(nowhere: Redis, keys: Keyring) -> None:
    captcha = AltchaCaptcha(nowhere, keys)
    with pytest.raises(Away):
        await captcha.check(solved(captcha.challenge(time.time())), time.time())


async def test_off_asks_nothing() -> None:
    assert NoCaptcha().challenge(0) == ""
    assert await NoCaptcha().check("", 0) is Proof.PASSED
