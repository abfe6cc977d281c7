"""An outbox row becomes a message in the member's display and goes to its provider, once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from webapp.core.limits import DELIVERY_LADDER
from webapp.core.state import Channel
from webapp.ports import Claimed, Clock, Codes, Letter, Message, Outbox, Sender, Undelivered


class Wording(Protocol):
    """Puts a letter into words."""

    def __call__(self, letter: Letter, code: str | None) -> tuple[str, str]:
        """Subject and body in the letter's display; code and end (Unix seconds) where the letter carries one."""


@dataclass(frozen=True)
class Delivery:
    """All that a worker needs to send."""

    outbox: Outbox
    codes: Codes
    wording: Wording
    senders: Mapping[Channel, Sender]
    clock: Clock


async def deliver(row: str, house: Delivery) -> float | None:
    """Send one row if it is due and free. Seconds until it should be tried again; None when it is settled."""
    claimed = await house.outbox.claim(row, house.clock())
    if claimed is None:
        return None
    try:
        await house.senders[claimed.letter.channel].send(_worded(claimed, house))
    except Undelivered as refusal:
        after = None if refusal.lasting else _ladder(claimed.tries)
        await house.outbox.retry(row, house.clock(), after)
        return after
    await house.outbox.sent(row, house.clock())
    return None


def _worded(claimed: Claimed, house: Delivery) -> Message:
    letter = claimed.letter
    code = house.codes.derive(letter.challenge) if letter.challenge else None
    subject, body = house.wording(letter, code)
    return Message(claimed.id, letter.channel, letter.address, subject, body)


def _ladder(tries: int) -> float | None:
    return DELIVERY_LADDER[tries] if tries < len(DELIVERY_LADDER) else None
