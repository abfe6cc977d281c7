"""Development's mailbox and phone: messages are kept, sealed, for /dev/outbox instead of leaving the house."""

from datetime import UTC, datetime
from typing import Final
from uuid import UUID

import msgspec

from webapp.adapters.database.tables import Delivered
from webapp.adapters.keys import Keyring
from webapp.ports import Clock, Message

_PURPOSE: Final = "delivered"


class _Content(msgspec.Struct, frozen=True):
    to: str
    subject: str
    body: str


class DevelopmentSender:
    """ports.Sender, for every channel; never in production."""

    def __init__(self, keys: Keyring, clock: Clock) -> None:
        self._keys = keys
        self._clock = clock

    async def send(self, message: Message) -> None:
        """Keep a message; the same id twice is kept once."""
        content = msgspec.msgpack.encode(_Content(message.to, message.subject, message.body))
        row = Delivered(
            id=UUID(message.id),
            channel=message.channel,
            message=self._keys.seal(_PURPOSE, content, message.id),
            created_at=self._clock(),
        )
        await Delivered.insert(row).on_conflict(action="DO NOTHING")

    async def newest_first(self, limit: int) -> list[dict[str, str]]:
        """What was kept: id, channel, to, subject, body, created_at (ISO 8601, UTC)."""
        rows = await Delivered.select().order_by(Delivered.created_at, Delivered.id, ascending=False).limit(limit)
        return [self._shown(str(row["id"]), row["channel"], row["message"], row["created_at"]) for row in rows]

    def _shown(self, row: str, channel: str, sealed: bytes, at: float) -> dict[str, str]:
        content = msgspec.msgpack.decode(self._keys.open(_PURPOSE, sealed, row), type=_Content)
        shown = {"id": row, "channel": channel, **msgspec.structs.asdict(content)}
        return {**shown, "created_at": datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds")}
