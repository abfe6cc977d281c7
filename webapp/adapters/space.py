"""Members' accounts as sign-in and the member's space need them."""

from typing import Final

from piccolo.custom_types import Combinable

from webapp.adapters import holding
from webapp.adapters.account_rows import AccountRows, Values
from webapp.adapters.database.tables import Account
from webapp.adapters.ids import uuid_or_none
from webapp.adapters.keys import Keyring
from webapp.adapters.register import references
from webapp.core.limits import ACCOUNT
from webapp.ports import Credentials, Summary

_SWEPT: Final = 1000  # accounts found at once


class PiccoloSpace:
    """ports.Space."""

    def __init__(self, keys: Keyring) -> None:
        self._keys = keys
        self._rows = AccountRows(keys)

    async def credentials(self, registration_number: str) -> Credentials | None:
        """By what stands for the number under every key; one look-up, whoever's it is."""
        members = references(self._keys, registration_number)
        columns = Account.member, Account.password_hash
        row = await Account.select(*columns).where(Account.member.is_in(list(members))).first()
        return Credentials(row["member"], row["password_hash"]) if row else None

    async def password_hash(self, member: str) -> str | None:
        """What the password of a member is compared with."""
        row = await Account.select(Account.password_hash).where(Account.member == member).first()
        return row["password_hash"] if row else None

    async def rehash(self, member: str, before: str, after: str) -> None:
        """One conditional UPDATE."""
        same_password = (Account.member == member) & (Account.password_hash == before)
        await Account.update({Account.password_hash: after}).where(same_password)

    async def summary(self, member: str) -> Summary | None:
        """All that is held of a member."""
        held = await self._rows.one(Account.member == member)
        return held.summary() if held else None

    async def prefer(self, member: str, display: str) -> None:
        """The display of mails and SMS from now on."""
        await Account.update({Account.display: display}).where(Account.member == member)

    async def keep(self, member: str) -> bool:
        """One conditional UPDATE, which a change that is being written notices."""
        closing = (Account.member == member) & Account.closes_at.is_not_null()
        kept: Values = {Account.closes_at: None, Account.revision: Account.revision + 1}
        return bool(await Account.update(kept).where(closing).returning(Account.id))

    async def freeze(self, number: str, issued_at: float, now: float) -> Summary | None:
        """Read, reckon, write if nothing changed meanwhile; else again: a link that was used meanwhile is void then."""
        account = uuid_or_none(number)
        while account and (before := await self._rows.one(Account.id == account)):
            after = holding.frozen(before, issued_at, now)
            if after is None:
                return None
            if await self._rows.swap(before, after):
                return after.summary()
        return None

    async def forget(self, now: float) -> None:
        """Two conditional UPDATEs. What they wipe counts no longer, so no change can be written over it."""
        for before, at in ((Account.email_before, Account.email_at), (Account.phone_before, Account.phone_at)):
            await Account.update({before: None}).where(before.is_not_null() & (at <= now - ACCOUNT.hold))

    async def due(self, now: float) -> list[str]:
        """The longest due first, a thousand at most."""
        rows = await Account.select(Account.member).where(_due(now)).order_by(Account.closes_at).limit(_SWEPT)
        return [row["member"] for row in rows]

    async def erase(self, member: str, now: float) -> bool:
        """One conditional DELETE; sign-ins and browsers go with the account they refer to."""
        return bool(await Account.delete().where((Account.member == member) & _due(now)).returning(Account.id))


def _due(now: float) -> Combinable:
    """`Held.due`, as the database understands it."""
    return Account.frozen_at.is_null() & (Account.closes_at <= now)
