"""What the server remembers of a journey: markers of what was proved, never the answers themselves."""

from enum import StrEnum
from typing import Literal

from msgspec import Struct

Channel = Literal["email", "sms"]
Slot = Literal["email", "phone"]


class Door(StrEnum):
    """What a journey is for. Of the first two a member presses one; the verdict decides which it is."""

    ACTIVATION = "activation"
    RECOVERY = "recovery"
    SIGN_IN = "sign-in"
    NEW_EMAIL = "new-email"
    NEW_PHONE = "new-phone"
    NEW_PASSWORD = "new-password"  # noqa: S105  the name of a door
    CLOSING = "closing"


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


class OnFile(Struct, frozen=True):
    """The proven contacts of an account, in clear; `frozen` when its member said "this was not me"."""

    email: str
    phone: str
    frozen: bool = False


class Visitor(Struct, frozen=True):
    """Who tries to sign in: the network's prefix, the browser's own secret, and the kind of browser it says it is."""

    prefix: str
    browser: str
    agent: str


class State(Struct, frozen=True):
    """One journey. `journey` is its secret identifier from a CSPRNG; a field is None until its step is passed.
    `holder` is the member whose open sign-in (`sign_in`) began it, `member` the one who was proved in it; `lost` names
    the contact on file that is out of reach; `opens_at` (Unix seconds) is from when a new password can be used."""

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
    on_file: OnFile | None = None
    lost: Slot | Literal["both"] | None = None
    holder: str | None = None
    sign_in: str | None = None
    visitor: Visitor | None = None
    channel: Channel | None = None
    opens_at: float | None = None
    done: bool = False


def held(state: State, slot: Slot) -> Contact | None:
    """The contact in a slot of the state."""
    return state.email if slot == "email" else state.phone


def proven(state: State, slot: Slot) -> bool:
    """Whether the contact in a slot is proven."""
    contact = held(state, slot)
    return contact is not None and contact.proven


def known(on_file: OnFile, slot: Slot) -> str:
    """The address on file in a slot."""
    return on_file.email if slot == "email" else on_file.phone
