"""Journeys in Redis: sealed, versioned, dead when idle or old, and reachable only by whoever holds the cookie."""

import hashlib
import secrets
from typing import Final

import msgspec
from redis.asyncio import Redis

from webapp.adapters.keys import Keyring, Unopenable
from webapp.adapters.redis_client import answering
from webapp.core.limits import JOURNEY, REPLAY
from webapp.core.state import State
from webapp.ports import Stored

_PURPOSE: Final = "flow"
_LOST: Final = 30_000  # milliseconds of idle time that may pass before a read begins it anew
_encoder: Final = msgspec.msgpack.Encoder()
_decoder: Final = msgspec.msgpack.Decoder(State)

# Write under KEYS[2] only if KEYS[1] still holds the version that was read; under another key the old one dies with it,
# and KEYS[3] leads the same submission to the new cookie for a moment.
_SAVE: Final = """
if (redis.call('HGET', KEYS[1], 'v') or '') ~= ARGV[1] then return 0 end
if KEYS[1] ~= KEYS[2] then
  redis.call('DEL', KEYS[1])
  redis.call('SET', KEYS[3], ARGV[5], 'EX', ARGV[6])
end
redis.call('HSET', KEYS[2], 'v', ARGV[2], 'd', ARGV[3])
redis.call('PEXPIRE', KEYS[2], ARGV[4])
return 1
"""


def _name(prefix: str, *parts: str) -> str:
    """A key that says nothing of the cookie it is made from."""
    return f"{prefix}:{hashlib.sha256('|'.join(parts).encode()).hexdigest()}"


def _lifetime(state: State, now: float) -> int:
    """Milliseconds the journey may rest; 0 or less when it is over."""
    left = state.started_at + JOURNEY.absolute - now
    return int(min(left, JOURNEY.done if state.done else JOURNEY.idle) * 1000)


class RedisFlowStore:
    """ports.FlowStore. A cookie that this store did not make is unknown to it, so none can be planted."""

    def __init__(self, client: Redis, keys: Keyring) -> None:
        self._client = client
        self._keys = keys
        self._save = client.register_script(_SAVE)

    async def start(self, state: State, now: float) -> str:
        """Keep a new journey; its cookie."""
        cookie = secrets.token_urlsafe(32)
        if not await self._write(cookie, "", cookie, state, now, ""):
            raise RuntimeError("a fresh cookie was taken")
        return cookie

    async def load(self, cookie: str, now: float) -> Stored | None:
        """The journey behind a cookie, its idle time begun anew; None when unknown, over, or under a dropped key."""
        key = _name(_PURPOSE, cookie)
        async with answering(), self._client.pipeline(transaction=False) as both:
            both.hmget(key, ["v", "d"])
            both.pttl(key)
            (version, sealed), left = await both.execute()
        if version is None or sealed is None:
            return None
        try:
            state = _decoder.decode(self._keys.open(_PURPOSE, sealed, key))
        except (Unopenable, msgspec.DecodeError):
            return None
        lifetime = _lifetime(state, now)
        if lifetime <= 0:
            return None
        if left < lifetime - _LOST:
            async with answering():
                await self._client.pexpire(key, lifetime)
        return Stored(state, int(version))

    async def save(self, cookie: str, stored: Stored, state: State, now: float) -> bool:
        """Replace a journey; False when it changed since it was loaded."""
        return await self._write(cookie, str(stored.version), cookie, state, now, "")

    async def rotate(self, cookie: str, stored: Stored, state: State, now: float, submission: str) -> str | None:
        """`save` under a new cookie; None when another was first."""
        fresh = secrets.token_urlsafe(32)
        return fresh if await self._write(cookie, str(stored.version), fresh, state, now, submission) else None

    async def moved(self, cookie: str, submission: str) -> str | None:
        """The new cookie for the submission that made it."""
        key = _name("moved", cookie, submission)
        async with answering():
            sealed = await self._client.get(key)
        try:
            return self._keys.open(_PURPOSE, sealed, key).decode() if sealed else None
        except Unopenable:
            return None

    async def _write(self, old: str, version: str, new: str, state: State, now: float, submission: str) -> bool:
        before, after, moved = _name(_PURPOSE, old), _name(_PURPOSE, new), _name("moved", old, submission)
        lifetime = _lifetime(state, now)
        if lifetime <= 0:
            return False
        sealed = self._keys.seal(_PURPOSE, _encoder.encode(state), after)
        leads = self._keys.seal(_PURPOSE, new.encode(), moved)
        async with answering():
            return bool(
                await self._save(
                    keys=[before, after, moved],
                    args=[version, int(version or 0) + 1, sealed, lifetime, leads, REPLAY],
                )
            )
