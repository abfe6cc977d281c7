"""Members' accounts: one for each member, written once for each journey, contacts sealed to their row."""

from typing import Final
from uuid import UUID

from webapp.adapters.database.tables import Account
from webapp.adapters.keys import Keyring, same
from webapp.ports import NewAccount

_CONTACT: Final = "contact"


class PiccoloAccounts:
    """ports.Accounts."""

    def __init__(self, keys: Keyring) -> None:
        self._keys = keys

    async def active(self, member: str) -> bool:
        """Whether that member has an account already."""
        return await Account.exists().where(Account.member == member)

    async def create(self, account: NewAccount) -> str | None:
        """The account's id, made from the journey. One INSERT that does nothing when the member has an account."""
        journeys = self._keys.digests("account-journey", account.journey)
        made = (
            await Account.insert(self._row(account, journeys[0])).on_conflict(action="DO NOTHING").returning(Account.id)
        )
        if made:
            return str(made[0]["id"])
        first = await Account.select(Account.id, Account.journey).where(Account.member == account.member).first()
        return str(first["id"]) if first and same(first["journey"], journeys) else None

    def _row(self, account: NewAccount, journey: str) -> Account:
        number = UUID(self._keys.digest("account-id", account.journey)[:32], version=4)
        return Account(
            id=number,
            member=account.member,
            journey=journey,
            password_hash=account.password_hash,
            email=self._keys.seal(_CONTACT, account.email.encode(), f"{number}/email"),
            email_key=self._keys.digest("email", account.email),
            phone=self._keys.seal(_CONTACT, account.phone.encode(), f"{number}/phone"),
            phone_key=self._keys.digest("phone", account.phone),
            display=account.display,
            terms_version=account.terms_version,
            terms_accepted_at=account.terms_accepted_at,
            created_at=account.created_at,
        )
