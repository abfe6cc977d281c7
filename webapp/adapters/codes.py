"""One-time codes whose only trace in Redis is how many tries are left: five guesses compared, one accepted."""

from typing import Final

from redis.asyncio import Redis

from webapp.adapters.keys import Keyring
from webapp.adapters.redis_client import answering
from webapp.core.codes import Challenge, derive, matches
from webapp.core.limits import CODE
from webapp.ports import Guess, Guessed

_PURPOSE: Final = "code"
_ACCEPTED: Final = -1
_NO_CHALLENGE: Final = -2
_REFUSED: Final = {_ACCEPTED: Guess.TAKEN, _NO_CHALLENGE: Guess.CLOSED}

# Take a try before anything is compared: the tries left after it, 0-based; refused below zero.
_TAKE: Final = """
local left = redis.call('GET', KEYS[1])
if not left then return {-2, 0} end
left = tonumber(left)
if left <= 0 then return {left, 0} end
return {redis.call('DECR', KEYS[1]), 1}
"""
# Only the first right guess finds the challenge not accepted yet.
_ACCEPT: Final = """
local left = redis.call('GET', KEYS[1])
if not left or tonumber(left) < 0 then return 0 end
redis.call('SET', KEYS[1], '-1', 'KEEPTTL')
return 1
"""


class RedisCodes:
    """ports.Codes."""

    def __init__(self, client: Redis, keys: Keyring) -> None:
        self._client = client
        self._keys = keys
        self._take = client.register_script(_TAKE)
        self._accept = client.register_script(_ACCEPT)

    def _name(self, challenge: Challenge) -> str:
        return f"code:{self._keys.digest('code-name', challenge.parts.hex())}"

    async def open(self, challenge: Challenge) -> None:
        """Give the challenge its tries and its life, once."""
        async with answering():
            await self._client.set(self._name(challenge), CODE.tries, ex=CODE.life, nx=True)

    async def guess(self, challenge: Challenge, typed: str) -> Guessed:
        """Take a try, then compare in constant time under every key that still verifies."""
        name = self._name(challenge)
        async with answering():
            left, taken = await self._take(keys=[name])
        if not taken:
            return Guessed(_REFUSED.get(left, Guess.SPENT), 0)
        if not sum(matches(key, challenge, typed) for key in self._keys.keys(_PURPOSE)):
            return Guessed(Guess.WRONG, left)
        async with answering():
            accepted = await self._accept(keys=[name])
        return Guessed(Guess.RIGHT if accepted else Guess.TAKEN, left)

    async def usable(self, challenge: Challenge) -> bool:
        """Whether a right guess would still be accepted."""
        async with answering():
            left = await self._client.get(self._name(challenge))
        return left is not None and int(left) > 0

    def derive(self, challenge: Challenge) -> str:
        """The code under the key that signs now."""
        return derive(self._keys.key(_PURPOSE), challenge)
