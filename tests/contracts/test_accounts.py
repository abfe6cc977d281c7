"""ports.Accounts, over SQLite, PostgreSQL and memory."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tests.contracts.conftest import MEMORY, NOW, at_rest, write_down
from tests.contracts.people import AMINA, HASSAN
from webapp.adapters.accounts import PiccoloAccounts
from webapp.adapters.database.tables import Account
from webapp.adapters.keys import Keyring, Unopenable
from webapp.adapters.memory import MemoryAccounts
from webapp.adapters.register import references
from webapp.ports import Accounts, NewAccount


@pytest.fixture
async def accounts(place: str, keys: Keyring) -> Accounts:
    """No account yet; the members are in the register."""
    if place == MEMORY:
        return MemoryAccounts()
    await write_down(keys, AMINA, HASSAN)
    return PiccoloAccounts(keys)


@pytest.fixture
def amina(keys: Keyring) -> NewAccount:
    """An account to write."""
    return NewAccount(
        member=references(keys, AMINA.registration_number)[0],
        journey="the journey of a morning",
        email="amina@example.org",
        phone="+212612345642",
        password_hash="$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA",
        terms_version="2026-11",
        terms_accepted_at=NOW - 300,
        display="fr+ar",
        created_at=NOW,
    )


@pytest.fixture
def hassan(keys: Keyring, amina: NewAccount) -> NewAccount:
    """Another member's."""
    member = references(keys, HASSAN.registration_number)[0]
    return replace(amina, member=member, journey="another journey", email="hassan@example.org", phone="+212700000001")


async def test_an_account_is_there_once_it_is_written(accounts: Accounts, amina: NewAccount) -> None:
    assert not await accounts.active(amina.member)
    assert await accounts.create(amina)
    assert await accounts.active(amina.member)


async def test_the_same_journey_gets_the_same_account_again(accounts: Accounts, amina: NewAccount) -> None:
    first = await accounts.create(amina)
    assert first is not None
    assert await accounts.create(replace(amina, password_hash="another", created_at=NOW + 1)) == first


async def test_another_journey_comes_too_late(accounts: Accounts, amina: NewAccount) -> None:
    await accounts.create(amina)
    assert await accounts.create(replace(amina, journey="a second tab")) is None


async def test_members_have_accounts_of_their_own(accounts: Accounts, amina: NewAccount, hassan: NewAccount) -> None:
    one, other = await accounts.create(amina), await accounts.create(hassan)
    assert one != other
    assert None not in (one, other)


async def test_of_many_journeys_at_once_one_writes_the_account(accounts: Accounts, amina: NewAccount) -> None:
    rivals = [replace(amina, journey=f"journey {n}") for n in range(20)]
    written = await asyncio.gather(*(accounts.create(rival) for rival in rivals))
    assert len([number for number in written if number]) == 1


async def test_contacts_open_in_their_own_row_and_column_only(
    database: str, keys: Keyring, amina: NewAccount, hassan: NewAccount
) -> None:
    await write_down(keys, AMINA, HASSAN)
    one, other = [await PiccoloAccounts(keys).create(account) for account in (amina, hassan)]
    row = await Account.select().where(Account.id == one).first()
    assert row is not None
    assert keys.open("contact", row["email"], f"{one}/email") == b"amina@example.org"
    assert keys.open("contact", row["phone"], f"{one}/phone") == b"+212612345642"
    for place in (f"{other}/email", f"{one}/phone"):
        with pytest.raises(Unopenable):
            keys.open("contact", row["email"], place)


async def test_a_journey_knows_its_account_after_the_secrets_rotated(database: str, amina: NewAccount) -> None:
    old, new = "an older secret, of more than 32 characters", "a newer secret, of more than 32 characters"
    await write_down(Keyring([old]), AMINA)
    mine = replace(amina, member=references(Keyring([old]), AMINA.registration_number)[0])
    first = await PiccoloAccounts(Keyring([old])).create(mine)
    assert first is not None
    assert await PiccoloAccounts(Keyring([new, old])).create(mine) == first


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_contact_and_no_journey_is_found_in_the_database_file(
    database: str, keys: Keyring, amina: NewAccount, tmp_path: Path
) -> None:
    await write_down(keys, AMINA)
    await PiccoloAccounts(keys).create(amina)
    kept = at_rest(tmp_path)
    assert b"$argon2id$" in kept
    for value in (amina.email, amina.phone, amina.phone[-9:], amina.journey):
        assert value.encode() not in kept
