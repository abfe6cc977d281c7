"""ports.Accounts, over SQLite, PostgreSQL and memory."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tests.contracts.conftest import NOW, resting, served, settled, write_down
from tests.contracts.holders import (
    EMAIL,
    HASH,
    JOURNEY,
    ON_FILE,
    PHONE,
    House,
    created,
    leaving,
    moved,
    recovered,
    rekeyed,
)
from tests.contracts.people import AMINA
from webapp.adapters.database.tables import Account
from webapp.adapters.keys import Keyring, Unopenable
from webapp.core.limits import ACCOUNT
from webapp.core.state import OnFile

SECOND, THIRD = "amina.b@example.org", "amina.c@example.org"


async def test_an_account_is_there_once_it_is_written(house: House) -> None:
    assert await house.accounts.on_file(house.amina, NOW) is None
    assert await house.accounts.number(house.amina) is None
    assert await house.accounts.apply(created(house.amina), "fr+ar", NOW)
    assert await house.accounts.on_file(house.amina, NOW) == ON_FILE
    assert await house.accounts.on_file(house.hassan, NOW) is None


async def test_the_same_journey_finds_its_account_as_it_wrote_it(house: House) -> None:
    number = await house.activate(house.amina, NOW)
    first = await house.summary(house.amina)
    again = replace(created(house.amina), email=SECOND, password_hash="another")
    assert await house.accounts.apply(again, "ar", NOW + 1)
    assert await house.accounts.number(house.amina) == number
    assert await house.summary(house.amina) == first
    assert await house.space.password_hash(house.amina) == HASH


async def test_another_journey_comes_too_late(house: House) -> None:
    await house.activate(house.amina, NOW)
    assert not await house.accounts.apply(created(house.amina, "a second tab"), "fr", NOW)
    assert await house.accounts.on_file(house.amina, NOW) == ON_FILE


async def test_members_have_accounts_of_their_own(house: House) -> None:
    assert await house.activate(house.amina, NOW) != await house.activate(house.hassan, NOW, "another journey")


async def test_of_many_journeys_at_once_one_writes_the_account(house: House) -> None:
    rivals = [created(house.amina, f"journey {n}") for n in range(20)]
    written = await asyncio.gather(*(house.accounts.apply(rival, "fr", NOW) for rival in rivals))
    assert written.count(True) == 1


async def test_many_clicks_of_one_journey_all_find_the_account_written(house: House) -> None:
    clicks = [house.accounts.apply(created(house.amina), "fr", NOW) for _ in range(20)]
    assert all(await asyncio.gather(*clicks))


async def test_nothing_is_changed_where_no_account_is(house: House) -> None:
    changes = (
        recovered(house.amina, "1"),
        moved(house.amina, "2", "email", SECOND),
        rekeyed(house.amina, "3"),
        leaving(house.amina, "4", NOW),
    )
    assert not any([await house.accounts.apply(change, "fr", NOW) for change in changes])
    assert await house.accounts.on_file(house.amina, NOW) is None


async def test_a_recovery_sets_the_password_and_the_terms_and_nothing_else(house: House) -> None:
    await house.activate(house.amina, NOW)
    first = await house.summary(house.amina)
    assert await house.accounts.apply(recovered(house.amina, "a recovery"), "ar", NOW + 60)
    assert await house.space.password_hash(house.amina) == "hash of a recovery"
    expected = replace(first, password_at=NOW + 60, terms_version="2026-12", terms_accepted_at=2.0)
    assert await house.summary(house.amina) == expected


async def test_a_recovery_may_replace_a_contact_and_hold_the_password_back(house: House) -> None:
    await house.activate(house.amina, NOW)
    change = recovered(house.amina, "a recovery", "phone", "+212700000001")
    assert await house.accounts.apply(replace(change, opens_at=NOW + ACCOUNT.hold), "fr", NOW + 60)
    after = await house.summary(house.amina)
    assert (after.phone, after.phone_at, after.email, after.email_at) == ("+212700000001", NOW + 60, EMAIL, NOW)
    assert after.opens_at == NOW + ACCOUNT.hold


@pytest.mark.parametrize("way", ["in the space", "by a recovery"])
async def test_a_replaced_contact_recovers_nothing_before_the_hold_is_over(house: House, way: str) -> None:
    await house.activate(house.amina, NOW)
    change = moved if way == "in the space" else recovered
    await house.accounts.apply(change(house.amina, "move", "email", SECOND), "fr", NOW + 60)
    over = NOW + 60 + ACCOUNT.hold
    assert await house.accounts.on_file(house.amina, NOW + 60) == ON_FILE
    assert await house.accounts.on_file(house.amina, over - 1) == ON_FILE
    assert await house.accounts.on_file(house.amina, over) == OnFile(SECOND, PHONE)


async def test_a_second_replacement_within_the_hold_still_leaves_the_oldest_contact(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.accounts.apply(moved(house.amina, "one", "email", SECOND), "fr", NOW + 60)
    later = NOW + ACCOUNT.hold
    await house.accounts.apply(moved(house.amina, "two", "email", THIRD), "fr", later)
    assert await house.accounts.on_file(house.amina, later + ACCOUNT.hold - 1) == ON_FILE
    assert await house.accounts.on_file(house.amina, later + ACCOUNT.hold) == OnFile(THIRD, PHONE)


async def test_a_recovery_by_the_contacts_of_before_the_hold_keeps_them(house: House) -> None:
    await house.activate(house.amina, NOW)
    theft = replace(recovered(house.amina, "theft", "phone", "+212700000001"), opens_at=NOW + ACCOUNT.hold)
    await house.accounts.apply(theft, "fr", NOW)
    await house.accounts.apply(recovered(house.amina, "her own recovery"), "fr", NOW + 60)
    after = await house.summary(house.amina)
    assert (after.phone, after.phone_at, after.opens_at) == (PHONE, NOW + 60, None)
    assert await house.accounts.on_file(house.amina, NOW + 10 * ACCOUNT.hold) == ON_FILE


async def test_a_recovery_that_replaces_one_contact_keeps_the_other_of_before_the_hold(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.accounts.apply(moved(house.amina, "theft", "email", SECOND), "fr", NOW)
    await house.accounts.apply(recovered(house.amina, "hers", "phone", "+212700000001"), "fr", NOW + 60)
    assert await house.accounts.on_file(house.amina, NOW + 60) == ON_FILE
    assert await house.accounts.on_file(house.amina, NOW + 60 + ACCOUNT.hold) == OnFile(EMAIL, "+212700000001")


async def test_after_the_hold_the_one_before_is_the_last_one(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.accounts.apply(moved(house.amina, "one", "email", SECOND), "fr", NOW)
    await house.accounts.apply(moved(house.amina, "two", "email", THIRD), "fr", NOW + ACCOUNT.hold)
    assert await house.accounts.on_file(house.amina, NOW + ACCOUNT.hold) == OnFile(SECOND, PHONE)


async def test_a_change_is_written_once_for_its_journey(house: House) -> None:
    await house.activate(house.amina, NOW)
    change = moved(house.amina, "one", "email", SECOND)
    assert await house.accounts.apply(change, "fr", NOW + 60)
    first = await house.summary(house.amina)
    assert await house.accounts.apply(change, "fr", NOW + 90)
    assert await house.summary(house.amina) == first


async def test_many_changes_at_once_are_all_written(house: House) -> None:
    await house.activate(house.amina, NOW)
    changes = (
        moved(house.amina, "1", "email", SECOND),
        moved(house.amina, "2", "phone", "+212700000001"),
        rekeyed(house.amina, "3"),
        leaving(house.amina, "4", NOW + 1000),
    )
    assert all(await asyncio.gather(*(house.accounts.apply(change, "fr", NOW + 60) for change in changes)))
    after = await house.summary(house.amina)
    assert (after.email, after.phone, after.closes_at) == (SECOND, "+212700000001", NOW + 1000)
    assert await house.space.password_hash(house.amina) == "hash of 3"


async def test_a_frozen_account_takes_nothing_but_a_recovery(house: House) -> None:
    await house.space.freeze(await house.activate(house.amina, NOW), NOW, NOW + 1)
    frozen = await house.summary(house.amina)
    for change in (
        moved(house.amina, "2", "email", SECOND),
        rekeyed(house.amina, "3"),
        leaving(house.amina, "4", NOW + 1000),
    ):
        assert not await house.accounts.apply(change, "fr", NOW + 2)
        assert await house.summary(house.amina) == frozen
    assert await house.space.password_hash(house.amina) == HASH
    assert await house.accounts.on_file(house.amina, NOW + 2) == OnFile(EMAIL, PHONE, frozen=True)
    assert await house.accounts.apply(recovered(house.amina, "5"), "fr", NOW + 3)
    assert await house.accounts.on_file(house.amina, NOW + 3) == ON_FILE


async def test_contacts_open_in_their_own_row_and_column_only(database: str, keys: Keyring) -> None:
    house = await settled(keys)
    one, other = await house.activate(house.amina, NOW), await house.activate(house.hassan, NOW, "another journey")
    await house.accounts.apply(moved(house.amina, "move", "email", SECOND), "fr", NOW)
    row = await Account.select().where(Account.id == one).first()
    assert row is not None
    places = {"email": SECOND, "phone": PHONE, "email_before": EMAIL}
    for column, address in places.items():
        own = f"{one}/{column.replace('_', '-')}"
        assert keys.open("contact", row[column], own) == address.encode()
        for place in {f"{other}/email", *(f"{one}/{name.replace('_', '-')}" for name in places)} - {own}:
            with pytest.raises(Unopenable):
                keys.open("contact", row[column], place)


async def test_a_journey_knows_its_work_after_the_secrets_rotated(database: str) -> None:
    old = Keyring(["an older secret, of more than 32 characters"])
    new = Keyring(["a newer secret, of more than 32 characters", "an older secret, of more than 32 characters"])
    await write_down(old, AMINA)
    before, after = served(old, old), served(new, old)
    number = await before.activate(before.amina, NOW)
    assert await after.accounts.apply(created(after.amina), "fr", NOW)
    assert await after.accounts.number(after.amina) == number
    change = moved(after.amina, "move", "email", SECOND)
    assert await before.accounts.apply(change, "fr", NOW)
    first = await after.summary(after.amina)
    assert await after.accounts.apply(change, "fr", NOW + 1)
    assert await after.summary(after.amina) == first


async def test_no_contact_and_no_journey_is_found_in_the_database(database: str, keys: Keyring, tmp_path: Path) -> None:
    house = await settled(keys)
    await house.activate(house.amina, NOW)
    await house.accounts.apply(moved(house.amina, "a journey of an evening", "phone", "+212700000001"), "fr", NOW)
    kept = await resting(tmp_path)
    assert b"$argon2id$" in kept
    for value in (EMAIL, "example.org", PHONE, PHONE[-9:], "700000001", JOURNEY, "a journey of an evening"):
        assert value.encode() not in kept
