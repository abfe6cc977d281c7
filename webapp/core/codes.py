"""One-time codes that are derived, never stored: who has all parts and the key works one out again (RFC 4226)."""

import hashlib
import hmac
from dataclasses import dataclass

from webapp.core.limits import CODE, RESEND_AFTER
from webapp.core.state import Channel, Contact, State


@dataclass(frozen=True)
class Challenge:
    """What one code is bound to; another journey, channel, purpose, generation or destination gives another code."""

    journey: str
    channel: Channel
    purpose: str
    generation: int
    destination: str

    @property
    def parts(self) -> bytes:
        """All parts, each with its length before it, so that no two challenges run together."""
        texts = (self.journey, self.channel, self.purpose, str(self.generation), self.destination)
        return b"".join(len(raw).to_bytes(2, "big") + raw for raw in (text.encode() for text in texts))


def derive(key: bytes, challenge: Challenge) -> str:
    """The code as six digits, by HMAC-SHA-256 and the dynamic truncation of RFC 4226, section 5.3."""
    digest = hmac.new(key, challenge.parts, hashlib.sha256).digest()
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**CODE.digits).zfill(CODE.digits)


def matches(key: bytes, challenge: Challenge, typed: str) -> bool:
    """Whether somebody typed the code of a challenge; compared in constant time."""
    return hmac.compare_digest(derive(key, challenge).encode(), typed.encode(errors="replace"))


def challenge_of(state: State, channel: Channel, contact: Contact) -> Challenge:
    """The challenge that a journey's contact has to meet now."""
    return Challenge(state.journey, channel, state.door, contact.generation, contact.address)


def expires_at(contact: Contact) -> float:
    """When the code sent last stops working (Unix seconds)."""
    return contact.issued_at + CODE.life


def resend_at(channel: Channel, contact: Contact) -> float:
    """From when another message may be asked for (Unix seconds)."""
    return contact.sent_at + RESEND_AFTER[channel]


def reusable(contact: Contact, now: float) -> bool:
    """Whether a resend still carries the same code: more than half of its life is left."""
    return now < contact.issued_at + CODE.life / 2
