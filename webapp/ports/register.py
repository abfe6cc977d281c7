"""The fund's register."""

from dataclasses import dataclass
from typing import Protocol

from webapp.core.state import IdentifierKind, PaymentMode


@dataclass(frozen=True)
class Identity:
    """Who somebody says they are, as typed on screen 2 in canonical form; `birth_date` is YYYY-MM-DD."""

    kind: IdentifierKind
    number: str
    national_id: str
    birth_date: str


@dataclass(frozen=True)
class Answers:
    """What somebody answers on screen 3. `employer_id` is None when it was the number of screen 2."""

    employer_id: str | None
    payment: str


class Members(Protocol):
    """The fund's register, of which only keyed hashes are held."""

    async def claim(self, identity: Identity) -> tuple[str, PaymentMode]:
        """The keyed hash of a whole identity and the question to ask; the same work and answer for a stranger."""

    async def verify(self, key: str, kind: IdentifierKind, mode: PaymentMode, answers: Answers) -> str | None:
        """The member's reference when every answer is right, else None, after the same work."""
