"""Twins of the database's adapters that live in memory, for tests; each passes the suite of its port."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import uuid4

from webapp.adapters import register
from webapp.adapters.keys import Keyring
from webapp.core.limits import DELIVERY_LADDER, DELIVERY_LEASE, SWEEP_SPARES
from webapp.core.state import IdentifierKind, PaymentMode
from webapp.ports import Answers, Claimed, Identity, Letter, Post


class MemoryMembers:
    """ports.Members over rows of a members file."""

    def __init__(self, keys: Keyring, rows: Iterable[register.FileRow]) -> None:
        self._keys = keys
        self._entries = [
            register.entry(keys, row, register.references(keys, row.registration_number)[0]) for row in rows
        ]

    async def claim(self, identity: Identity) -> tuple[str, PaymentMode]:
        """The keyed hash of the claim, and the question."""
        key = register.claims_of(self._keys, identity)[0]
        known = self._find(key, identity.kind)
        virement = sum(entry.mode is PaymentMode.VIREMENT for entry in self._entries)
        share = virement / len(self._entries) if self._entries else 0.5
        return key, known.mode if known else register.ghost(self._keys, key, share)

    async def verify(self, key: str, kind: IdentifierKind, mode: PaymentMode, answers: Answers) -> str | None:
        """The member's reference when every answer is right."""
        known = self._find(key, kind)
        return known.reference if known and register.fits(self._keys, known, kind, mode, answers) else None

    def _find(self, key: str, kind: IdentifierKind) -> register.Entry | None:
        registered = kind is IdentifierKind.REGISTRATION
        keyed = {entry.registration_key if registered else entry.employer_key: entry for entry in self._entries}
        return keyed.get(key)


@dataclass(frozen=True)
class Row:
    """A message in the twin of the outbox; `letter` is None once nothing is left to do."""

    key: str
    letter: Letter | None
    created_at: float
    due_at: float
    not_after: float | None
    state: str = "queued"
    sent_at: float | None = None
    tries: int = 0
    lease_until: float = 0.0

    def due(self, now: float) -> bool:
        """Whether it is time and nobody holds it."""
        lapsed = self.state == "claimed" and self.lease_until <= now
        return self.due_at <= now and (self.state == "queued" or lapsed)

    def dead(self, now: float) -> bool:
        """Whether it came too late or was tried too often."""
        late = self.not_after is not None and self.not_after <= now
        return late or self.tries >= len(DELIVERY_LADDER)

    def over(self, state: str, sent_at: float | None = None) -> "Row":
        """The row with nothing left to do."""
        return replace(self, state=state, letter=None, sent_at=sent_at)


@dataclass
class MemoryOutbox:
    """ports.Outbox; `rows` has every message by its id."""

    rows: dict[str, Row] = field(default_factory=dict)

    async def put(self, post: Post) -> str:
        """The row's id, new or the one the same key made before."""
        before = next((number for number, row in self.rows.items() if row.key == post.key), None)
        number = before or str(uuid4())
        due = post.created_at + DELIVERY_LADDER[0]
        self.rows.setdefault(number, Row(post.key, post.letter, post.created_at, due, post.not_after))
        return number

    async def claim(self, row: str, now: float) -> Claimed | None:
        """Hold a row that is due."""
        there = self.rows.get(row)
        if there is None or there.letter is None or not there.due(now):
            return None
        if there.dead(now):
            self.rows[row] = there.over("failed")
            return None
        tries = there.tries + 1
        self.rows[row] = replace(there, state="claimed", tries=tries, lease_until=now + DELIVERY_LEASE)
        return Claimed(row, there.letter, tries)

    async def sent(self, row: str, now: float) -> None:
        """The provider took it."""
        self.rows[row] = self.rows[row].over("sent", now)

    async def retry(self, row: str, now: float, after: float | None) -> None:
        """Back to the queue, or given up."""
        there = self.rows[row]
        if there.state == "claimed":
            again = replace(there, state="queued", due_at=now + (after or 0))
            self.rows[row] = there.over("failed") if after is None else again

    async def withdraw(self, row: str) -> None:
        """Given up, unless a worker has it."""
        if self.rows[row].state == "queued":
            self.rows[row] = self.rows[row].over("failed")

    async def forgotten(self, now: float) -> list[str]:
        """Rows no longer new that are due and that nobody holds, the longest due first."""
        old = now - SWEEP_SPARES
        due = [(row.due_at, number) for number, row in self.rows.items() if row.due(now) and row.created_at <= old]
        return [number for _, number in sorted(due)]


@dataclass
class MemoryAudit:
    """ports.Audit; `events` has all that was noted: event, subject, time, detail."""

    events: list[tuple[str, str, float, str]] = field(default_factory=list)

    async def note(self, event: str, subject: str, now: float, detail: str = "") -> None:
        """Append one event."""
        self.events.append((event, subject, now, detail))
