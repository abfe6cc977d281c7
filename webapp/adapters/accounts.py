"""Members' accounts as journeys need them: every change is written once for its journey, none over another."""

from dataclasses import replace
from typing import Final
from uuid import UUID

from webapp.adapters import holding
from webapp.adapters.account_rows import AccountRows
from webapp.adapters.database.engine import current
from webapp.adapters.database.tables import Account
from webapp.adapters.holding import Held, Later
from webapp.adapters.keys import Keyring, same
from webapp.adapters.sign_ins import carry
from webapp.core.account import Change, ChangePassword, CreateAccount
from webapp.core.state import OnFile

_JOURNEY: Final = "account-journey"


class PiccoloAccounts:
    """ports.Accounts."""

    def __init__(self, keys: Keyring) -> None:
        self._keys = keys
        self._rows = AccountRows(keys)

    async def on_file(self, member: str, now: float) -> OnFile | None:
        """The contacts a recovery may write to."""
        held = await self._rows.one(Account.member == member)
        return held.on_file(now) if held else None

    async def apply(self, change: Change, display: str, now: float) -> bool:
        """Write a change, once for its journey. Only a new account takes the display."""
        if isinstance(change, CreateAccount):
            return await self._create(change, display, now)
        return await self._change(change, now)

    async def number(self, member: str) -> str | None:
        """The id of the member's account."""
        row = await Account.select(Account.id).where(Account.member == member).first()
        return str(row["id"]) if row else None

    async def _create(self, change: CreateAccount, display: str, now: float) -> bool:
        """One INSERT that does nothing when the member has an account; its id is made from the journey."""
        journeys = self._keys.digests(_JOURNEY, change.journey)
        number = str(UUID(self._keys.digest("account-id", change.journey)[:32], version=4))
        if await self._rows.insert(holding.created(number, change, display, now), journeys[0]):
            return True
        first = await Account.select(Account.journey).where(Account.member == change.member).first()
        return bool(first and same(first["journey"], journeys))

    async def _change(self, change: Later, now: float) -> bool:
        """Read, reckon, write if nothing changed meanwhile; else again: whoever came between got on, so this ends."""
        journeys = self._keys.digests(_JOURNEY, change.journey)
        while before := await self._rows.one(Account.member == change.member):
            if same(before.changed_by, journeys):
                return True
            after = holding.changed(before, change, now)
            if after is None:
                return False
            if await self._write(before, replace(after, changed_by=journeys[0]), change):
                return True
        return False

    async def _write(self, before: Held, after: Held, change: Later) -> bool:
        if not isinstance(change, ChangePassword):
            return await self._rows.swap(before, after)
        async with current().transaction():
            written = await self._rows.swap(before, after)
            if written:
                await carry(change.kept, before, after.era)
        return written
