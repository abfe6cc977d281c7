"""What can happen to a member's account, as values: decided by a step, written by the register."""

from dataclasses import dataclass

from webapp.core.state import Slot, Terms


@dataclass(frozen=True)
class CreateAccount:
    """Write the account of a member; done once however often its journey asks for it. Contacts are in clear here."""

    member: str
    journey: str
    email: str
    phone: str
    password_hash: str
    terms: Terms


@dataclass(frozen=True)
class ResetPassword:
    """A recovery ended: a new password, every sign-in ended, every browser forgotten, a freeze lifted, a wish to
    close the account taken back; a contact replaced within the hold is the one before again. With `replaced`
    that contact becomes `address`, and nobody signs in before `opens_at` (Unix seconds)."""

    member: str
    journey: str
    password_hash: str
    terms: Terms
    replaced: Slot | None = None
    address: str = ""
    opens_at: float | None = None


@dataclass(frozen=True)
class ReplaceContact:
    """A signed-in member proved a new address or number."""

    member: str
    journey: str
    slot: Slot
    address: str


@dataclass(frozen=True)
class ChangePassword:
    """A signed-in member chose a new password: every sign-in but the one of that id ends, other browsers are
    forgotten."""

    member: str
    journey: str
    password_hash: str
    kept: str


@dataclass(frozen=True)
class CloseAccount:
    """A member wants the account erased at that moment (Unix seconds); until then they may think again."""

    member: str
    journey: str
    at: float


@dataclass(frozen=True)
class Rehash:
    """Keep the same password under a stronger hash, unless it was changed meanwhile."""

    member: str
    before: str
    after: str


Change = CreateAccount | ResetPassword | ReplaceContact | ChangePassword | CloseAccount
