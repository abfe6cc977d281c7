"""ports.Space, over SQLite, PostgreSQL and memory."""

import asyncio
from dataclasses import replace

import pytest

from tests.contracts.conftest import NOW, served, write_down
from tests.contracts.holders import (
    EMAIL,
    FOX,
    HASH,
    ON_FILE,
    PHONE,
    House,
    created,
    leaving,
    moved,
    recovered,
    rekeyed,
)
from tests.contracts.people import AMINA, HASSAN
from webapp.adapters.account_rows import AccountRows
from webapp.adapters.database.tables import Account, Browser, SignIn
from webapp.adapters.keys import Keyring
from webapp.core.limits import ACCOUNT
from webapp.core.state import OnFile
from webapp.ports import Credentials, Summary

SECOND = "amina.b@example.org"


async def test_a_registration_number_leads_to_what_a_password_is_compared_with(house: House) -> None:
    assert await house.space.credentials(AMINA.registration_number) is None
    await house.activate(house.amina, NOW)
    assert await house.space.credentials(AMINA.registration_number) == Credentials(house.amina, HASH)
    assert await house.space.password_hash(house.amina) == HASH
    for nobody in (HASSAN.registration_number, AMINA.registration_number[1:], ""):
        assert await house.space.credentials(nobody) is None
    assert await house.space.password_hash(house.hassan) is None


async def test_a_number_is_found_under_every_secret(database: str) -> None:
    old, new = "an older secret, of more than 32 characters", "a newer secret, of more than 32 characters"
    await write_down(Keyring([old]), AMINA)
    house = served(Keyring([new, old]), Keyring([old]))
    await house.activate(house.amina, NOW)
    assert await house.space.credentials(AMINA.registration_number) == Credentials(house.amina, HASH)
    assert await served(Keyring([new]), Keyring([old])).space.credentials(AMINA.registration_number) is None


async def test_a_stronger_hash_is_kept_unless_the_password_was_changed(house: House) -> None:
    await house.activate(house.amina, NOW)
    first = await house.summary(house.amina)
    await house.space.rehash(house.amina, HASH, "stronger")
    assert await house.space.password_hash(house.amina) == "stronger"
    await house.space.rehash(house.amina, HASH, "too late")
    assert await house.space.password_hash(house.amina) == "stronger"
    assert await house.summary(house.amina) == first


async def test_a_member_sees_all_that_is_held(house: House) -> None:
    assert await house.space.summary(house.amina) is None
    number = await house.activate(house.amina, NOW)
    assert await house.space.summary(house.amina) == Summary(
        number=number,
        member=house.amina,
        email=EMAIL,
        phone=PHONE,
        display="fr+ar",
        created_at=NOW,
        terms_version="2026-11",
        terms_accepted_at=1.0,
        password_at=NOW,
        email_at=NOW,
        phone_at=NOW,
        opens_at=None,
        frozen_at=None,
        closes_at=None,
    )


async def test_the_display_is_one_members_own(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.activate(house.hassan, NOW, "another journey")
    await house.space.prefer(house.amina, "ar")
    assert (await house.summary(house.amina)).display == "ar"
    assert (await house.summary(house.hassan)).display == "fr+ar"


async def test_a_wish_to_close_can_be_taken_back(house: House) -> None:
    await house.activate(house.amina, NOW)
    assert not await house.space.keep(house.amina)
    await house.accounts.apply(leaving(house.amina, "leave", NOW + 100), "fr", NOW)
    assert (await house.summary(house.amina)).closes_at == NOW + 100
    assert await house.space.keep(house.amina)
    assert (await house.summary(house.amina)).closes_at is None
    assert not await house.space.keep(house.amina)
    assert await house.space.due(NOW + 100) == []


async def test_a_freeze_brings_back_the_contact_of_before_the_hold_and_drops_a_closing(house: House) -> None:
    number = await house.activate(house.amina, NOW)
    hold = recovered(house.amina, "theft", "phone", "+212700000001")
    await house.accounts.apply(replace(hold, opens_at=NOW + ACCOUNT.hold), "fr", NOW + 10)
    await house.accounts.apply(moved(house.amina, "move", "email", SECOND), "fr", NOW + 20)
    await house.accounts.apply(leaving(house.amina, "leave", NOW + 1000), "fr", NOW + 30)
    frozen = await house.space.freeze(number, NOW + 10, NOW + 40)
    assert frozen == await house.summary(house.amina)
    assert frozen is not None
    assert (frozen.email, frozen.phone) == (EMAIL, PHONE)
    assert (frozen.frozen_at, frozen.opens_at, frozen.closes_at) == (NOW + 40, None, None)
    forever = NOW + 10 * ACCOUNT.hold
    assert await house.accounts.on_file(house.amina, forever) == OnFile(EMAIL, PHONE, frozen=True)


async def test_a_contact_that_passed_its_hold_stays_through_a_freeze(house: House) -> None:
    number = await house.activate(house.amina, NOW)
    await house.accounts.apply(moved(house.amina, "move", "email", SECOND), "fr", NOW)
    later = NOW + ACCOUNT.hold
    frozen = await house.space.freeze(number, later, later)
    assert frozen is not None
    assert (frozen.email, frozen.email_at) == (SECOND, NOW)


@pytest.mark.parametrize("number", ["00000000-0000-4000-8000-000000000000", "", "no id at all"])
async def test_no_account_is_frozen_by_an_id_that_is_none(house: House, number: str) -> None:
    await house.activate(house.amina, NOW)
    assert await house.space.freeze(number, NOW, NOW) is None


async def test_a_link_freezes_once(house: House) -> None:
    number = await house.activate(house.amina, NOW)
    assert await house.space.freeze(number, NOW, NOW + 1)
    assert await house.space.freeze(number, NOW, NOW + 2) is None
    assert await house.space.freeze(number, NOW + 2, NOW + 2) is None


async def test_after_a_recovery_only_its_own_notice_and_later_ones_freeze(house: House) -> None:
    number = await house.activate(house.amina, NOW)
    await house.space.freeze(number, NOW, NOW + 1)
    await house.accounts.apply(recovered(house.amina, "recovery"), "fr", NOW + 60.9009)
    assert await house.space.freeze(number, NOW, NOW + 61) is None
    assert await house.space.freeze(number, NOW + 60.899, NOW + 61) is None
    notice = NOW + 60.9  # a link tells milliseconds: the one in the notice of this very recovery says .900
    assert await house.space.freeze(number, notice, NOW + 61)


async def test_of_many_presses_of_one_link_one_freezes(house: House) -> None:
    number = await house.activate(house.amina, NOW)
    pressed = await asyncio.gather(*(house.space.freeze(number, NOW, NOW + n / 100) for n in range(20)))
    assert len([frozen for frozen in pressed if frozen]) == 1


async def test_a_freeze_wins_whatever_else_is_being_written(house: House) -> None:
    number = await house.activate(house.amina, NOW)
    changes = [moved(house.amina, f"move {n}", "email", f"thief{n}@example.org") for n in range(8)]
    writes = [house.accounts.apply(change, "fr", NOW + 1) for change in changes]
    *_, frozen = await asyncio.gather(*writes, house.space.freeze(number, NOW, NOW + 1))
    assert frozen
    after = await house.summary(house.amina)
    assert (after.frozen_at, after.email) == (NOW + 1, EMAIL)


async def test_accounts_are_due_when_their_time_has_come_the_longest_first(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.activate(house.hassan, NOW, "another journey")
    await house.accounts.apply(leaving(house.amina, "leave", NOW + 100), "fr", NOW)
    await house.accounts.apply(leaving(house.hassan, "leave too", NOW + 50), "fr", NOW)
    assert await house.space.due(NOW + 49) == []
    assert await house.space.due(NOW + 50) == [house.hassan]
    assert await house.space.due(NOW + 100) == [house.hassan, house.amina]


async def test_only_an_account_that_is_due_is_erased(house: House) -> None:
    number = await house.activate(house.amina, NOW)
    assert not await house.space.erase(house.amina, NOW)
    await house.accounts.apply(leaving(house.amina, "leave", NOW + 100), "fr", NOW)
    assert not await house.space.erase(house.amina, NOW + 99)
    await house.space.freeze(number, NOW, NOW + 99)
    assert await house.space.due(NOW + 100) == []
    assert not await house.space.erase(house.amina, NOW + 100)
    assert await house.accounts.on_file(house.amina, NOW + 100) == OnFile(EMAIL, PHONE, frozen=True)


async def test_a_frozen_account_is_kept_even_if_it_were_closing(database: str, keys: Keyring) -> None:
    await write_down(keys, AMINA, HASSAN)
    house = served(keys, keys)
    await house.activate(house.amina, NOW)
    await Account.update({Account.closes_at: NOW, Account.frozen_at: NOW}).where(Account.member == house.amina)
    assert await house.space.due(NOW) == []
    assert not await house.space.erase(house.amina, NOW)
    held = await AccountRows(keys).one(Account.member == house.amina)
    assert held is not None
    assert not held.due(NOW)


async def test_an_erased_account_leaves_nothing_behind_and_a_new_one_can_be_made(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.sign_in("mine", NOW)
    await house.accounts.apply(leaving(house.amina, "leave", NOW + 100), "fr", NOW)
    assert await house.space.erase(house.amina, NOW + 100)
    assert not await house.space.erase(house.amina, NOW + 100)
    assert await house.space.summary(house.amina) is None
    assert not await house.open("mine", NOW + 100)
    assert not await house.sign_ins.known(house.amina, FOX.browser, NOW + 100)
    assert await house.sign_ins.history(house.amina, NOW + 100) == []
    assert await house.accounts.apply(created(house.amina, "a new beginning"), "fr", NOW + 200)
    assert await house.sign_ins.history(house.amina, NOW + 200) == []


async def test_sign_ins_and_browsers_go_from_the_database_with_their_account(database: str, keys: Keyring) -> None:
    await write_down(keys, AMINA, HASSAN)
    house = served(keys, keys)
    await house.activate(house.amina, NOW)
    await house.sign_in("mine", NOW)
    assert (await SignIn.count(), await Browser.count()) == (1, 1)
    await house.accounts.apply(leaving(house.amina, "leave", NOW), "fr", NOW)
    assert await house.space.erase(house.amina, NOW)
    assert (await SignIn.count(), await Browser.count()) == (0, 0)


async def test_of_many_erasures_at_once_one_erases(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.accounts.apply(leaving(house.amina, "leave", NOW), "fr", NOW)
    erased = await asyncio.gather(*(house.space.erase(house.amina, NOW) for _ in range(20)))
    assert erased.count(True) == 1


async def test_a_wish_taken_back_and_an_erasure_at_once_do_not_both_succeed(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.accounts.apply(leaving(house.amina, "leave", NOW), "fr", NOW)
    kept, erased = await asyncio.gather(house.space.keep(house.amina), house.space.erase(house.amina, NOW))
    assert kept is not erased
    assert (await house.accounts.on_file(house.amina, NOW) == ON_FILE) is kept


async def test_a_wish_taken_back_is_noticed_by_a_change_that_is_being_written(database: str, keys: Keyring) -> None:
    await write_down(keys, AMINA, HASSAN)
    house, rows = served(keys, keys), AccountRows(keys)
    await house.activate(house.amina, NOW)
    await house.accounts.apply(leaving(house.amina, "leave", NOW + 100), "fr", NOW)
    before = await rows.one(Account.member == house.amina)
    assert before is not None
    assert await house.space.keep(house.amina)
    assert not await rows.swap(before, replace(before, changed_by="whoever still thinks that it closes"))


async def test_a_changed_password_is_told_with_its_time(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.accounts.apply(rekeyed(house.amina, "change"), "fr", NOW + 5)
    assert (await house.summary(house.amina)).password_at == NOW + 5


async def test_an_old_contact_is_wiped_once_it_can_recover_nothing_any_more(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.accounts.apply(moved(house.amina, "move", "email", "second@example.org"), "fr", NOW)
    await house.space.forget(NOW + ACCOUNT.hold - 1)
    old = await house.accounts.on_file(house.amina, NOW + ACCOUNT.hold - 1)
    assert old is not None
    assert old.email == EMAIL
    await house.space.forget(NOW + ACCOUNT.hold)
    new = await house.accounts.on_file(house.amina, NOW)
    assert new is not None
    assert (new.email, new.phone) == ("second@example.org", PHONE)
