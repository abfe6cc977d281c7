"""One-time codes."""

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from webapp.core.codes import Challenge


class Guess(Enum):
    """What a guess at a code came to."""

    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"  # no try was left
    TAKEN = "taken"  # a right guess was accepted before
    CLOSED = "closed"  # never opened, or its life is over


@dataclass(frozen=True)
class Guessed:
    """A guess and the tries left after it."""

    guess: Guess
    left: int


class Codes(Protocol):
    """One-time codes: five guesses compared and one accepted, however many come at once."""

    async def open(self, challenge: Challenge) -> None:
        """Give the challenge its tries and its life. Opening twice changes nothing."""

    async def guess(self, challenge: Challenge, typed: str) -> Guessed:
        """Take a try, then compare. Atomic over all processes."""

    async def usable(self, challenge: Challenge) -> bool:
        """Whether a right guess would still be accepted."""

    def derive(self, challenge: Challenge) -> str:
        """The code itself, for the message that carries it."""
