"""The outbox in the database: a message is on its way once, whoever is killed when."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID, uuid4

import msgspec
from piccolo.custom_types import Combinable

from webapp.adapters.database.tables import Outbox
from webapp.adapters.keys import Keyring
from webapp.core.limits import DELIVERY_LADDER, DELIVERY_LEASE, SWEEP_SPARES
from webapp.ports import Claimed, Letter, Post

_PURPOSE: Final = "outbox"
_QUEUED, _CLAIMED, _SENT, _FAILED = "queued", "claimed", "sent", "failed"
_SWEPT: Final = 1000  # rows found at once
_encoder: Final = msgspec.msgpack.Encoder()
_decoder: Final = msgspec.msgpack.Decoder(Letter)


class PiccoloOutbox:
    """ports.Outbox. Every move is one conditional UPDATE; a row with nothing left to do loses its letter."""

    def __init__(self, keys: Keyring) -> None:
        self._keys = keys

    async def put(self, post: Post) -> str:
        """The row's id. One INSERT that does nothing where the key has a row."""
        names = self._keys.digests("outbox-key", post.key)
        if len(names) > 1 and (before := await _row_of(names[1:])):
            return before
        made = await Outbox.insert(self._row(post, names[0])).on_conflict(action="DO NOTHING").returning(Outbox.id)
        row = str(made[0]["id"]) if made else await _row_of(names)
        if row is None:
            raise RuntimeError("a post was neither new nor there")
        return row

    async def claim(self, row: str, now: float) -> Claimed | None:
        """Hold a row for one lease; what is too late, or was tried too often by workers that died, is given up."""
        alive = ((Outbox.not_after.is_null()) | (Outbox.not_after > now)) & (Outbox.tries < len(DELIVERY_LADDER))
        held = (
            await Outbox.update(
                {Outbox.state: _CLAIMED, Outbox.lease_until: now + DELIVERY_LEASE, Outbox.tries: Outbox.tries + 1}
            )
            .where(_is(row) & _due(now) & alive)
            .returning(Outbox.letter, Outbox.tries)
        )
        if held:
            return Claimed(row, self._opened(row, held[0]), held[0]["tries"])
        dead = (Outbox.not_after <= now) | (Outbox.tries >= len(DELIVERY_LADDER))
        await Outbox.update(_over(_FAILED)).where(_is(row) & _due(now) & dead)
        return None

    async def sent(self, row: str, now: float) -> None:
        """The provider took it: true whatever became of the lease meanwhile."""
        await Outbox.update({**_over(_SENT), Outbox.sent_at: now}).where(_is(row) & (Outbox.state != _SENT))

    async def retry(self, row: str, now: float, after: float | None) -> None:
        """Back to the queue for so many seconds, or given up."""
        again: dict[Any, Any] = {Outbox.state: _QUEUED, Outbox.lease_until: None, Outbox.due_at: now + (after or 0)}
        await Outbox.update(_over(_FAILED) if after is None else again).where(_is(row) & (Outbox.state == _CLAIMED))

    async def withdraw(self, row: str) -> None:
        """Given up, unless a worker has it."""
        await Outbox.update(_over(_FAILED)).where(_is(row) & (Outbox.state == _QUEUED))

    async def forgotten(self, now: float) -> list[str]:
        """Rows no longer new that are due and that nobody holds, the longest due first, a thousand at most."""
        waiting = _due(now) & (Outbox.created_at <= now - SWEEP_SPARES)
        rows = await Outbox.select(Outbox.id).where(waiting).order_by(Outbox.due_at).limit(_SWEPT)
        return [str(row["id"]) for row in rows]

    def _row(self, post: Post, key: str) -> Outbox:
        number = uuid4()
        return Outbox(
            id=number,
            key=key,
            channel=post.letter.channel,
            letter=self._keys.seal(_PURPOSE, _encoder.encode(post.letter), str(number)),
            state=_QUEUED,
            tries=0,
            due_at=post.created_at + DELIVERY_LADDER[0],
            not_after=post.not_after,
            created_at=post.created_at,
        )

    def _opened(self, row: str, held: Mapping[str, Any]) -> Letter:
        return _decoder.decode(self._keys.open(_PURPOSE, held["letter"], row))


async def _row_of(keys: tuple[str, ...]) -> str | None:
    row = await Outbox.select(Outbox.id).where(Outbox.key.is_in(list(keys))).first()
    return str(row["id"]) if row else None


def _is(row: str) -> Combinable:
    return Outbox.id == UUID(row)


def _due(now: float) -> Combinable:
    lapsed = (Outbox.state == _CLAIMED) & (Outbox.lease_until <= now)
    return (Outbox.due_at <= now) & ((Outbox.state == _QUEUED) | lapsed)


def _over(state: str) -> dict[Any, Any]:
    return {Outbox.state: state, Outbox.lease_until: None, Outbox.letter: b""}
