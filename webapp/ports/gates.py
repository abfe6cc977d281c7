"""What keeps robots and guessers out."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol


@dataclass(frozen=True)
class Limited:
    """A budget is used up until that moment (Unix seconds)."""

    row: str
    until: float


class Limiter(Protocol):
    """Budgets that span requests. Raises `Away` when its store does not answer."""

    async def hit(self, row: str, key: str) -> Limited | None:
        """Charge one to a row of the limits table; the refusal when any of its windows is full. Atomic."""

    async def clear(self, row: str, key: str) -> None:
        """Forget what was charged."""


class Proof(Enum):
    """What became of the robot check."""

    PASSED = "passed"
    MISSING = "missing"
    FAILED = "failed"


class Captcha(Protocol):
    """The "I am not a robot" check. Raises `Away` when it can not tell."""

    kind: str
    field: str

    def challenge(self, now: float) -> str:
        """What the widget on the page works on; empty when it needs nothing."""

    async def check(self, answer: str, now: float) -> Proof:
        """Accept an answer once, within its life."""
