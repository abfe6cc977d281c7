"""Messages: written down first, sent by a worker, told to a provider once."""

from dataclasses import dataclass
from typing import Protocol

from msgspec import Struct

from webapp.core.codes import Challenge
from webapp.core.state import Channel


class Alarm(Struct, frozen=True):
    """What a "this was not me" link stands for: the id of an account, and when its notice was written (Unix seconds,
    told to the millisecond)."""

    account: str
    issued_at: float


class Alarms(Protocol):
    """Signed links of one purpose; nothing of them is stored."""

    def sign(self, alarm: Alarm) -> str:
        """The link's last part, safe in an address."""

    def read(self, token: str, now: float) -> Alarm | None:
        """What a link stands for; None when it is not ours, altered, of another purpose, or too old."""


class Letter(Struct, frozen=True):
    """A message before it is worded: what it says (`message` names its texts), to whom, in which display.
    `valid_until` (Unix seconds) is when the code of `challenge` ends; `alarm` makes its "this was not me" link."""

    channel: Channel
    message: str
    address: str
    display: str
    challenge: Challenge | None = None
    valid_until: float | None = None
    alarm: Alarm | None = None


@dataclass(frozen=True)
class Post:
    """A letter to put in the outbox. The same `key` never makes a second row; after `not_after` it is not sent."""

    key: str
    letter: Letter
    created_at: float
    not_after: float | None = None


@dataclass(frozen=True)
class Claimed:
    """An outbox row that one worker holds until its lease ends. `tries` counts this one."""

    id: str
    letter: Letter
    tries: int


class Outbox(Protocol):
    """Messages to send, committed before anything is promised."""

    async def put(self, post: Post) -> str:
        """The row's id, new or the one the same key made before. Atomic."""

    async def claim(self, row: str, now: float) -> Claimed | None:
        """Hold a row that is due; None when it was sent, is held, or came too late. One conditional UPDATE."""

    async def sent(self, row: str, now: float) -> None:
        """The provider took the message; the sealed letter is wiped from the row."""

    async def retry(self, row: str, now: float, after: float | None) -> None:
        """Give the row back for another try in so many seconds; None gives it up."""

    async def withdraw(self, row: str) -> None:
        """Give up a row that nobody holds: what it says is no longer true."""

    async def forgotten(self, now: float) -> list[str]:
        """Rows that are due and that nobody holds, but for those of the last SWEEP_SPARES seconds."""


@dataclass(frozen=True)
class Message:
    """A message as the member will see it. `id` is the outbox row's, which makes sending it twice harmless."""

    id: str
    channel: Channel
    to: str
    subject: str
    body: str


class Undelivered(Exception):
    """The provider did not take the message; `lasting` when trying again is useless. Carries no member data."""

    def __init__(self, reason: str, *, lasting: bool = False) -> None:
        super().__init__(reason)
        self.lasting = lasting


class Sender(Protocol):
    """A provider of one channel. Raises `Undelivered`."""

    async def send(self, message: Message) -> None:
        """Hand a message over; the same id twice reaches the member once."""


class Queue(Protocol):
    """A hint to the workers that a row is due; losing it loses nothing."""

    async def enqueue(self, row: str) -> None:
        """Ask for a row to be delivered. Only its id travels."""
