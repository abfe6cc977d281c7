"""What the server remembers of a journey: markers of what was proved, never the answers themselves."""

from enum import StrEnum
from typing import Literal

from msgspec import Struct

Channel = Literal["email", "sms"]


class Door(StrEnum):
    """The button by which a member came in; the verdict decides what the journey is."""

    ACTIVATION = "activation"
    RECOVERY = "recovery"


class PaymentMode(StrEnum):
    """How the fund pays a member back, as the members file spells it."""

    VIREMENT = "virement"
    E_MANDAT = "e-mandat"


class IdentifierKind(StrEnum):
    """Which number a member identifies with on screen 2."""

    REGISTRATION = "registration"
    EMPLOYER = "employer"


class Terms(Struct, frozen=True):
    """The version of the terms that was accepted and when (Unix seconds)."""

    version: str
    accepted_at: float


class Claim(Struct, frozen=True):
    """Who somebody says they are: a keyed hash of the whole tuple, and the question it leads to."""

    kind: IdentifierKind
    key: str
    mode: PaymentMode


class Contact(Struct, frozen=True):
    """One address on its way to being proven. `generation` numbers its code; times in Unix seconds."""

    address: str
    generation: int
    issued_at: float
    sent_at: float
    proven: bool = False


class Tally(Struct, frozen=True):
    """What a channel has used up in this journey; going back gives nothing of it back."""

    generations: int = 0
    sends: int = 0
    resends: int = 0
    changes: int = 0


class State(Struct, frozen=True):
    """One journey. `journey` is its secret identifier from a CSPRNG; a field is None until its step is passed."""

    journey: str
    door: Door
    started_at: float
    terms: Terms | None = None
    claim: Claim | None = None
    member: str | None = None
    email: Contact | None = None
    phone: Contact | None = None
    email_tally: Tally = Tally()
    phone_tally: Tally = Tally()
    done: bool = False
