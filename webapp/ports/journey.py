"""Where journeys are kept, what is noted of them, and the time of the house."""

from dataclasses import dataclass
from typing import Protocol

from webapp.core.state import State


@dataclass(frozen=True)
class Stored:
    """A journey as the store holds it; `version` is what a later save must name."""

    state: State
    version: int


class FlowStore(Protocol):
    """Journeys, sealed at rest, found by a cookie's value that itself is never stored."""

    async def start(self, state: State, now: float) -> str:
        """Keep a new journey; its cookie."""

    async def load(self, cookie: str, now: float) -> Stored | None:
        """The journey behind a cookie; None when unknown or over."""

    async def save(self, cookie: str, stored: Stored, state: State, now: float) -> bool:
        """Replace a journey; False when it changed since it was loaded. Atomic."""

    async def rotate(self, cookie: str, stored: Stored, state: State, now: float, submission: str) -> str | None:
        """`save` under a new cookie, returned; the old one is dead at once. None when another was first. Atomic."""

    async def moved(self, cookie: str, submission: str) -> str | None:
        """The new cookie, for the very submission that made it, within the seconds of a double click."""


class Audit(Protocol):
    """What happened, for the fund's operators: names of events and opaque ids."""

    async def note(self, event: str, subject: str, now: float, detail: str = "") -> None:
        """Append one event; `detail` is what the operator needs beside it, such as a case number."""


class Clock(Protocol):
    """The time of the house."""

    def __call__(self) -> float:
        """Unix seconds."""


class Away(Exception):
    """A part the house can not do without did not answer in time; the request is refused, never waved through."""
