"""Accounts as rows: contacts sealed to their row and column, and no change written over another."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

from piccolo.columns import Bytea, Column, DoublePrecision, Varchar
from piccolo.custom_types import Combinable

from webapp.adapters.database.tables import Account
from webapp.adapters.holding import Contact, Held
from webapp.adapters.keys import Keyring
from webapp.core.state import Slot

_CONTACT: Final = "contact"
_COLUMNS: Final[dict[Slot, tuple[Bytea, Varchar, Bytea, DoublePrecision]]] = {
    "email": (Account.email, Account.email_key, Account.email_before, Account.email_at),
    "phone": (Account.phone, Account.phone_key, Account.phone_before, Account.phone_at),
}
_PLAIN: Final = {
    "password_hash": Account.password_hash,
    "password_at": Account.password_at,
    "terms_version": Account.terms_version,
    "terms_accepted_at": Account.terms_accepted_at,
    "opens_at": Account.opens_at,
    "frozen_at": Account.frozen_at,
    "closes_at": Account.closes_at,
    "alarmed_at": Account.alarmed_at,
    "changed_by": Account.changed_by,
    "era": Account.era,
}

Values = dict[Column | str, Any]


class AccountRows:
    """Accounts between the database and `Held`."""

    def __init__(self, keys: Keyring) -> None:
        self._keys = keys

    async def one(self, where: Combinable) -> Held | None:
        """The account that fits."""
        row = await Account.select().where(where).first()
        return self._held(row) if row else None

    async def insert(self, held: Held, journey: str) -> bool:
        """Write a new account; false when its member has one. `journey` stands for the one that made it."""
        row = Account(
            {
                Account.id: UUID(held.number),
                Account.member: held.member,
                Account.journey: journey,
                Account.display: held.display,
                Account.created_at: held.created_at,
                **{column: getattr(held, name) for name, column in _PLAIN.items()},
                **self._contact("email", held, held.email),
                **self._contact("phone", held, held.phone),
            }
        )
        return bool(await Account.insert(row).on_conflict(action="DO NOTHING").returning(Account.id))

    async def swap(self, before: Held, after: Held) -> bool:
        """Write what differs; false when the row was changed since `before` was read. One conditional UPDATE."""
        values: Values = {Account.revision: before.revision + 1}
        values |= {
            column: getattr(after, name)
            for name, column in _PLAIN.items()
            if getattr(after, name) != getattr(before, name)
        }
        if after.email != before.email:
            values.update(self._contact("email", after, after.email).items())
        if after.phone != before.phone:
            values.update(self._contact("phone", after, after.phone).items())
        unchanged = (Account.id == UUID(before.number)) & (Account.revision == before.revision)
        return bool(await Account.update(values).where(unchanged).returning(Account.id))

    def _contact(self, slot: Slot, held: Held, contact: Contact) -> dict[Column, Any]:
        current, key, before, at = _COLUMNS[slot]
        place, earlier = f"{held.number}/{slot}", contact.before
        return {
            current: self._keys.seal(_CONTACT, contact.address.encode(), place),
            key: self._keys.digest(slot, contact.address),
            before: None if earlier is None else self._keys.seal(_CONTACT, earlier.encode(), f"{place}-before"),
            at: contact.at,
        }

    def _held(self, row: Mapping[str, Any]) -> Held:
        created = row["created_at"]
        return Held(
            number=str(row["id"]),
            member=row["member"],
            email=self._opened("email", row),
            phone=self._opened("phone", row),
            display=row["display"],
            created_at=created,
            terms_version=row["terms_version"],
            terms_accepted_at=row["terms_accepted_at"],
            password_hash=row["password_hash"],
            password_at=_or(row["password_at"], created),
            opens_at=row["opens_at"],
            frozen_at=row["frozen_at"],
            closes_at=row["closes_at"],
            alarmed_at=row["alarmed_at"],
            changed_by=row["changed_by"],
            era=row["era"],
            revision=row["revision"],
        )

    def _opened(self, slot: Slot, row: Mapping[str, Any]) -> Contact:
        place, before = f"{row['id']}/{slot}", row[f"{slot}_before"]
        return Contact(
            self._keys.open(_CONTACT, row[slot], place).decode(),
            _or(row[f"{slot}_at"], row["created_at"]),
            None if before is None else self._keys.open(_CONTACT, before, f"{place}-before").decode(),
        )


def _or(changed_at: float | None, created_at: float) -> float:
    """A row of before the second migration does not say when it changed last."""
    return created_at if changed_at is None else changed_at
