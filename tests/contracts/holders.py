"""Members with an account, and what can become of it."""

from dataclasses import dataclass

from webapp.core.account import ChangePassword, CloseAccount, CreateAccount, ReplaceContact, ResetPassword
from webapp.core.state import OnFile, Slot, Terms, Visitor
from webapp.ports import Accounts, SignIns, Space, Summary

EMAIL, PHONE, HASH = "amina@example.org", "+212612345642", "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA"
ON_FILE = OnFile(EMAIL, PHONE)
JOURNEY = "the journey of a morning"
FOX = Visitor("10.0.0.0/24", "the secret of a fox", "firefox-android")
OWL = Visitor("10.0.1.0/24", "the secret of an owl", "chrome-windows")


@dataclass(frozen=True)
class House:
    """The adapters under test, and two members of the register."""

    accounts: Accounts
    space: Space
    sign_ins: SignIns
    amina: str
    hassan: str

    async def activate(self, member: str, now: float, journey: str = JOURNEY) -> str:
        """An account for a member; its id."""
        assert await self.accounts.apply(created(member, journey), "fr+ar", now)
        number = await self.accounts.number(member)
        assert number is not None
        return number

    async def summary(self, member: str) -> Summary:
        """The member's account, which must be there."""
        found = await self.space.summary(member)
        assert found is not None
        return found

    async def sign_in(self, journey: str, now: float, visitor: Visitor = FOX) -> str:
        """Open a sign-in of Amina; its id."""
        await self.sign_ins.open(journey, self.amina, visitor, now, since=now)
        found = await self.sign_ins.find(self.sign_ins.token(journey), now)
        assert found is not None
        return found.id

    async def open(self, journey: str, now: float) -> bool:
        """Whether the sign-in of a journey is open."""
        return await self.sign_ins.find(self.sign_ins.token(journey), now) is not None


def created(member: str, journey: str = JOURNEY) -> CreateAccount:
    """What the end of an activation asks for."""
    return CreateAccount(member, journey, EMAIL, PHONE, HASH, Terms("2026-11", 1.0))


def recovered(member: str, journey: str, replaced: Slot | None = None, address: str = "") -> ResetPassword:
    """What the end of a recovery asks for."""
    return ResetPassword(member, journey, f"hash of {journey}", Terms("2026-12", 2.0), replaced, address)


def moved(member: str, journey: str, slot: Slot, address: str) -> ReplaceContact:
    """A contact that a signed-in member replaced."""
    return ReplaceContact(member, journey, slot, address)


def rekeyed(member: str, journey: str, kept: str = "") -> ChangePassword:
    """A password that a signed-in member changed."""
    return ChangePassword(member, journey, f"hash of {journey}", kept)


def leaving(member: str, journey: str, at: float) -> CloseAccount:
    """The wish of a member to be erased."""
    return CloseAccount(member, journey, at)
