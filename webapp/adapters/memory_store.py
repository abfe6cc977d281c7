"""Twins of the store's adapters that live in memory, for tests; each passes the suite of its port."""

import secrets
from dataclasses import dataclass, field
from typing import Final

from limits import RateLimitItem, parse

from webapp.core.codes import Challenge, derive, matches
from webapp.core.limits import BUDGETS, CODE, JOURNEY, REPLAY
from webapp.core.state import State
from webapp.ports import Clock, Guess, Guessed, Limited, Stored

_ACCEPTED: Final = -1


class MemoryCodes:
    """ports.Codes."""

    def __init__(self, key: bytes, clock: Clock) -> None:
        self._key = key
        self._clock = clock
        self._left: dict[Challenge, int] = {}
        self._until: dict[Challenge, float] = {}

    async def open(self, challenge: Challenge) -> None:
        """Give the challenge its tries and its life, once."""
        if not self._alive(challenge):
            self._left[challenge] = CODE.tries
            self._until[challenge] = self._clock() + CODE.life

    async def guess(self, challenge: Challenge, typed: str) -> Guessed:
        """Take a try, then compare."""
        if not self._alive(challenge):
            return Guessed(Guess.CLOSED, 0)
        if self._left[challenge] <= 0:
            return Guessed(Guess.TAKEN if self._left[challenge] == _ACCEPTED else Guess.SPENT, 0)
        self._left[challenge] = left = self._left[challenge] - 1
        if not matches(self._key, challenge, typed):
            return Guessed(Guess.WRONG, left)
        self._left[challenge] = _ACCEPTED
        return Guessed(Guess.RIGHT, left)

    async def usable(self, challenge: Challenge) -> bool:
        """Whether a right guess would still be accepted."""
        return self._alive(challenge) and self._left[challenge] > 0

    def derive(self, challenge: Challenge) -> str:
        """The code."""
        return derive(self._key, challenge)

    def _alive(self, challenge: Challenge) -> bool:
        return self._clock() < self._until.get(challenge, 0.0)


@dataclass(frozen=True)
class _Held:
    stored: Stored
    until: float


class MemoryFlow:
    """ports.FlowStore."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._held: dict[str, _Held] = {}
        self._moved: dict[tuple[str, str], tuple[str, float]] = {}

    async def start(self, state: State, now: float) -> str:
        """Keep a new journey; its cookie."""
        cookie = secrets.token_urlsafe(32)
        self._held[cookie] = _Held(Stored(state, 1), _until(state, now))
        return cookie

    async def load(self, cookie: str, now: float) -> Stored | None:
        """The journey behind a cookie, its idle time begun anew; None when unknown or over."""
        held = self._alive(cookie, now)
        if held is None:
            return None
        self._held[cookie] = _Held(held.stored, _until(held.stored.state, now))
        return held.stored

    async def save(self, cookie: str, stored: Stored, state: State, now: float) -> bool:
        """Replace a journey; False when it changed since it was loaded."""
        held = self._alive(cookie, now)
        if held is None or held.stored.version != stored.version or _until(state, now) <= now:
            return False
        self._held[cookie] = _Held(Stored(state, stored.version + 1), _until(state, now))
        return True

    async def rotate(self, cookie: str, stored: Stored, state: State, now: float, submission: str) -> str | None:
        """`save` under a new cookie; None when another was first."""
        if not await self.save(cookie, stored, state, now):
            return None
        fresh = secrets.token_urlsafe(32)
        self._held[fresh] = self._held.pop(cookie)
        self._moved[cookie, submission] = fresh, now + REPLAY
        return fresh

    async def moved(self, cookie: str, submission: str) -> str | None:
        """The new cookie for the submission that made it."""
        fresh, until = self._moved.get((cookie, submission), (None, 0.0))
        return fresh if self._clock() < until else None

    def _alive(self, cookie: str, now: float) -> _Held | None:
        held = self._held.get(cookie)
        return held if held and now < held.until else None


def _until(state: State, now: float) -> float:
    idle = JOURNEY.done if state.done else JOURNEY.idle
    return min(state.started_at + JOURNEY.absolute, now + idle)


class MemoryLimiter:
    """ports.Limiter, in fixed windows that begin with their first charge. `scale` multiplies every budget."""

    def __init__(self, clock: Clock, scale: int = 1) -> None:
        self._clock = clock
        self._scale = scale
        self._windows: dict[tuple[str, str, RateLimitItem], tuple[int, float]] = {}

    async def hit(self, row: str, key: str) -> Limited | None:
        """Charge every window; the one that opens again last speaks."""
        full = [until for window in BUDGETS[row] if (until := self._charge(row, key, parse(window))) is not None]
        return Limited(row, max(full)) if full else None

    async def clear(self, row: str, key: str) -> None:
        """Forget what was charged."""
        self._windows = {name: value for name, value in self._windows.items() if name[:2] != (row, key)}

    def _charge(self, row: str, key: str, window: RateLimitItem) -> float | None:
        now = self._clock()
        count, until = self._windows.get((row, key, window), (0, 0.0))
        count, until = (count + 1, until) if now < until else (1, now + window.get_expiry())
        self._windows[row, key, window] = count, until
        return until if count > window.amount * self._scale else None


@dataclass
class MemoryQueue:
    """ports.Queue; `waiting` has the ids in the order they came, each once."""

    waiting: list[str] = field(default_factory=list)

    async def enqueue(self, row: str) -> None:
        """Ask for a row to be delivered."""
        if row not in self.waiting:
            self.waiting.append(row)
