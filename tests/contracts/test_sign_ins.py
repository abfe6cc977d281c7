"""ports.SignIns, over SQLite, PostgreSQL and memory."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest

from tests.contracts.conftest import NOW, resting, served, settled, write_down
from tests.contracts.holders import FOX, OWL, House, leaving, recovered, rekeyed
from tests.contracts.people import AMINA
from webapp.adapters.database.tables import Browser, SignIn
from webapp.adapters.keys import Keyring
from webapp.core.limits import SIGN_IN
from webapp.core.state import Visitor
from webapp.ports import SignedIn
from webapp.ports import SignIn as Line


async def test_a_sign_in_is_found_by_its_cookie(house: House) -> None:
    await house.activate(house.amina, NOW)
    assert not await house.open("mine", NOW)
    number = await house.sign_in("mine", NOW)
    found = await house.sign_ins.find(house.sign_ins.token("mine"), NOW + 60)
    ends_at, until = NOW + 60 + SIGN_IN.idle, NOW + SIGN_IN.absolute
    assert found == SignedIn(number, house.amina, NOW, ends_at, until)
    for stranger in ("", "mine", house.sign_ins.token("another"), house.sign_ins.browser("mine")):
        assert await house.sign_ins.find(stranger, NOW) is None


async def test_cookies_are_the_same_for_a_journey_and_never_for_two(house: House) -> None:
    make = house.sign_ins.token, house.sign_ins.browser
    assert [kind("a journey") for kind in make] == [kind("a journey") for kind in make]
    assert len({kind(journey) for kind in make for journey in ("a journey", "another")}) == 4


async def test_a_journey_opens_one_sign_in_however_often_it_asks(house: House) -> None:
    await house.activate(house.amina, NOW)
    await asyncio.gather(*(house.sign_ins.open("mine", house.amina, FOX, NOW, since=NOW) for _ in range(20)))
    assert await house.open("mine", NOW)
    assert len(await house.sign_ins.history(house.amina, NOW)) == 1


async def test_a_journey_does_not_open_again_what_was_ended(house: House) -> None:
    await house.activate(house.amina, NOW)
    number = await house.sign_in("mine", NOW)
    await house.sign_ins.end(house.amina, number, NOW + 1)
    await house.sign_ins.open("mine", house.amina, FOX, NOW + 2, since=NOW + 2)
    assert not await house.open("mine", NOW + 2)


async def test_nobody_signs_in_without_an_account(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.sign_ins.open("his", house.hassan, FOX, NOW, since=NOW)
    assert not await house.open("his", NOW)
    assert not await house.sign_ins.known(house.hassan, FOX.browser, NOW)


async def test_nobody_signs_in_to_an_account_that_is_frozen_held_back_or_over(house: House) -> None:
    number = await house.activate(house.amina, NOW)
    await house.space.freeze(number, NOW, NOW + 1)
    await house.sign_ins.open("frozen", house.amina, FOX, NOW + 2, since=NOW + 2)
    held_back = replace(recovered(house.amina, "recovery"), opens_at=NOW + 100)
    await house.accounts.apply(held_back, "fr", NOW + 3)
    await house.sign_ins.open("too early", house.amina, FOX, NOW + 99, since=NOW + 99)
    await house.accounts.apply(leaving(house.amina, "leave", NOW + 200), "fr", NOW + 99)
    await house.sign_ins.open("too late", house.amina, FOX, NOW + 200, since=NOW + 200)
    assert await house.sign_ins.history(house.amina, NOW + 200) == []
    await house.sign_ins.open("in time", house.amina, FOX, NOW + 100, since=NOW + 100)
    assert await house.open("in time", NOW + 100)


async def test_the_same_browser_has_one_open_sign_in_of_a_member(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.sign_in("first", NOW)
    await house.sign_in("elsewhere", NOW + 1, OWL)
    await house.sign_in("second", NOW + 2)
    assert [await house.open(journey, NOW + 3) for journey in ("first", "elsewhere", "second")] == [False, True, True]


async def test_a_browser_of_a_family_keeps_the_sign_ins_of_each(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.activate(house.hassan, NOW, "another journey")
    await house.sign_in("hers", NOW)
    await house.sign_ins.open("his", house.hassan, FOX, NOW, since=NOW)
    assert await house.open("hers", NOW)
    assert await house.open("his", NOW)


async def test_of_many_sign_ins_of_one_browser_at_once_one_stays_open(house: House) -> None:
    await house.activate(house.amina, NOW)
    journeys = [f"journey {n}" for n in range(20)]
    await asyncio.gather(*(house.sign_ins.open(journey, house.amina, FOX, NOW, since=NOW) for journey in journeys))
    assert [await house.open(journey, NOW) for journey in journeys].count(True) == 1


async def test_a_sign_in_ends_when_it_is_left_alone(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.sign_in("mine", NOW)
    at = NOW + SIGN_IN.idle - 1
    assert await house.open("mine", at)
    assert await house.open("mine", at + SIGN_IN.idle - 1)
    over = at + 2 * SIGN_IN.idle - 1
    assert not await house.open("mine", over)
    assert not await house.open("mine", over - 1 + SIGN_IN.idle)


async def test_a_sign_in_ends_in_any_case(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.sign_in("mine", NOW)
    last = NOW + SIGN_IN.absolute
    for at in range(int(NOW), int(last), SIGN_IN.idle // 2):
        found = await house.sign_ins.find(house.sign_ins.token("mine"), at)
        assert found is not None
        assert found.ends_at == min(at + SIGN_IN.idle, last)
    assert not await house.open("mine", last)


async def test_a_sign_in_does_not_outlive_its_account(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.sign_in("mine", NOW)
    await house.accounts.apply(leaving(house.amina, "leave", NOW + 100), "fr", NOW)
    found = await house.sign_ins.find(house.sign_ins.token("mine"), NOW + 99)
    assert found is not None
    assert (found.ends_at, found.until) == (NOW + 100, NOW + 100)
    assert not await house.open("mine", NOW + 100)


async def test_a_recovery_ends_every_sign_in_and_forgets_every_browser(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.sign_in("mine", NOW)
    await house.accounts.apply(recovered(house.amina, "recovery"), "fr", NOW + 10)
    assert not await house.open("mine", NOW + 10)
    assert not await house.sign_ins.known(house.amina, FOX.browser, NOW + 10)
    (line,) = await house.sign_ins.history(house.amina, NOW + 20)
    assert line.ended_at == NOW + 10


async def test_a_freeze_ends_every_sign_in_and_forgets_every_browser(house: House) -> None:
    number = await house.activate(house.amina, NOW)
    await house.sign_in("mine", NOW)
    await house.space.freeze(number, NOW, NOW + 10)
    assert not await house.open("mine", NOW + 10)
    assert not await house.sign_ins.known(house.amina, FOX.browser, NOW + 10)
    (line,) = await house.sign_ins.history(house.amina, NOW + 20)
    assert line.ended_at == NOW + 10


async def test_a_changed_password_keeps_the_sign_in_it_was_changed_in_and_its_browser(house: House) -> None:
    await house.activate(house.amina, NOW)
    kept = await house.sign_in("mine", NOW)
    await house.sign_in("elsewhere", NOW, OWL)
    assert await house.accounts.apply(rekeyed(house.amina, "change", kept), "fr", NOW + 10)
    assert await house.open("mine", NOW + 10)
    assert not await house.open("elsewhere", NOW + 10)
    assert await house.sign_ins.known(house.amina, FOX.browser, NOW + 10)
    assert not await house.sign_ins.known(house.amina, OWL.browser, NOW + 10)


async def test_a_changed_password_carries_nothing_that_was_dead_before(house: House) -> None:
    await house.activate(house.amina, NOW)
    kept = await house.sign_in("mine", NOW)
    await house.accounts.apply(recovered(house.amina, "recovery"), "fr", NOW + 10)
    await house.accounts.apply(rekeyed(house.amina, "change", kept), "fr", NOW + 20)
    assert not await house.open("mine", NOW + 20)
    assert not await house.sign_ins.known(house.amina, FOX.browser, NOW + 20)


async def test_history_tells_a_freeze_from_the_change_of_password_before_it(house: House) -> None:
    number = await house.activate(house.amina, NOW)
    kept = await house.sign_in("mine", NOW)
    await house.accounts.apply(rekeyed(house.amina, "change", kept), "fr", NOW + 10)
    await house.open("mine", NOW + 11)
    await house.space.freeze(number, NOW, NOW + 20)
    (line,) = await house.sign_ins.history(house.amina, NOW + 30)
    assert line.ended_at == NOW + 20


@pytest.mark.parametrize("kept", ["", "no id at all", "00000000-0000-4000-8000-000000000000"])
async def test_a_changed_password_without_a_sign_in_to_keep_ends_all(house: House, kept: str) -> None:
    await house.activate(house.amina, NOW)
    await house.sign_in("mine", NOW)
    assert await house.accounts.apply(rekeyed(house.amina, "change", kept), "fr", NOW + 10)
    assert not await house.open("mine", NOW + 10)


async def test_a_browser_is_known_to_be_one_members_for_a_while(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.activate(house.hassan, NOW, "another journey")
    assert not await house.sign_ins.known(house.amina, FOX.browser, NOW)
    await house.sign_in("mine", NOW)
    assert await house.sign_ins.known(house.amina, FOX.browser, NOW + SIGN_IN.browser - 1)
    assert not await house.sign_ins.known(house.amina, FOX.browser, NOW + SIGN_IN.browser)
    assert not await house.sign_ins.known(house.amina, OWL.browser, NOW)
    assert not await house.sign_ins.known(house.hassan, FOX.browser, NOW)


async def test_a_browser_is_known_from_its_last_use_on_and_again_after_a_recovery(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.sign_in("mine", NOW)
    await house.accounts.apply(recovered(house.amina, "recovery"), "fr", NOW + 10)
    await house.sign_in("again", NOW + SIGN_IN.browser)
    assert await house.sign_ins.known(house.amina, FOX.browser, NOW + 2 * SIGN_IN.browser - 1)


async def test_history_has_the_newest_first_and_says_when_each_ended(house: House) -> None:
    await house.activate(house.amina, NOW)
    left = await house.sign_in("left alone", NOW)
    at = NOW + SIGN_IN.idle
    ended = await house.sign_in("ended", at, OWL)
    await house.sign_ins.end(house.amina, ended, at + 5)
    opened = await house.sign_in("open", at + 10)
    assert await house.sign_ins.history(house.amina, at + 20) == [
        Line(opened, FOX.agent, at + 10, at + 10, None),
        Line(ended, OWL.agent, at, at, at + 5),
        Line(left, FOX.agent, NOW, NOW, at),
    ]
    assert await house.sign_ins.history(house.hassan, at) == []


async def test_history_and_the_house_forget_what_ended_long_ago(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.sign_ins.end(house.amina, await house.sign_in("mine", NOW), NOW + 5)
    over = NOW + 5 + SIGN_IN.history
    await house.sign_ins.forget(over - 1)
    assert len(await house.sign_ins.history(house.amina, over - 1)) == 1
    assert await house.sign_ins.history(house.amina, over) == []


async def test_what_is_forgotten_is_gone_from_the_database(database: str, keys: Keyring) -> None:
    house = await settled(keys)
    await house.activate(house.amina, NOW)
    await house.sign_in("mine", NOW)
    await house.sign_in("later", NOW + 10, OWL)
    await house.sign_ins.forget(NOW + SIGN_IN.browser)
    assert (await SignIn.count(), await Browser.count()) == (2, 1)
    await house.sign_ins.forget(NOW + SIGN_IN.history + SIGN_IN.absolute)
    assert (await SignIn.count(), await Browser.count()) == (1, 0)


async def test_a_member_ends_their_own_sign_ins_once(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.activate(house.hassan, NOW, "another journey")
    number = await house.sign_in("mine", NOW)
    for member, sign_in in ((house.hassan, number), (house.amina, ""), (house.amina, "no id at all")):
        assert not await house.sign_ins.end(member, sign_in, NOW + 1)
    assert await house.open("mine", NOW + 1)
    assert await house.sign_ins.end(house.amina, number, NOW + 2)
    assert not await house.sign_ins.end(house.amina, number, NOW + 3)
    assert not await house.open("mine", NOW + 3)


async def test_what_ended_by_itself_can_not_be_ended(house: House) -> None:
    await house.activate(house.amina, NOW)
    number = await house.sign_in("mine", NOW)
    assert not await house.sign_ins.end(house.amina, number, NOW + SIGN_IN.idle)
    (line,) = await house.sign_ins.history(house.amina, NOW + SIGN_IN.idle)
    assert line.ended_at == NOW + SIGN_IN.idle


async def test_an_end_wins_over_all_that_look_at_the_same_time(house: House) -> None:
    await house.activate(house.amina, NOW)
    number = await house.sign_in("mine", NOW)
    looks = [house.open("mine", NOW + 1) for _ in range(10)]
    ends = [house.sign_ins.end(house.amina, number, NOW + 1) for _ in range(10)]
    _, ended = await asyncio.gather(asyncio.gather(*looks), asyncio.gather(*ends))
    assert ended.count(True) == 1
    assert not await house.open("mine", NOW + 1)


async def test_all_others_end_and_only_the_browser_of_the_one_that_stays_is_known(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.activate(house.hassan, NOW, "another journey")
    kept = await house.sign_in("mine", NOW)
    await house.sign_in("elsewhere", NOW, OWL)
    await house.sign_ins.open("his", house.hassan, OWL, NOW, since=NOW)
    await house.sign_ins.end_others(house.amina, kept, NOW + 10)
    assert [await house.open(journey, NOW + 10) for journey in ("mine", "elsewhere", "his")] == [True, False, True]
    assert await house.sign_ins.known(house.amina, FOX.browser, NOW + 10)
    assert not await house.sign_ins.known(house.amina, OWL.browser, NOW + 10)
    assert await house.sign_ins.known(house.hassan, OWL.browser, NOW + 10)


async def test_browsers_that_sign_in_while_they_are_forgotten_hold_up_nobody(house: House) -> None:
    await house.activate(house.amina, NOW)
    kept = await house.sign_in("mine", NOW)
    for n in range(20):
        opened = house.sign_ins.open(f"again {n}", house.amina, OWL, NOW, since=NOW)
        own = house.sign_ins.open(f"mine {n}", house.amina, FOX, NOW, since=NOW)
        changed = house.accounts.apply(rekeyed(house.amina, f"change {n}", kept), "fr", NOW)
        await asyncio.gather(opened, own, changed, house.sign_ins.end_others(house.amina, kept, NOW))
    assert not await house.sign_ins.known(house.amina, "a browser of nobody", NOW)


async def test_nothing_of_others_ends_where_no_account_is(house: House) -> None:
    await house.activate(house.amina, NOW)
    kept = await house.sign_in("mine", NOW)
    await house.sign_ins.end_others(house.hassan, kept, NOW)
    assert await house.open("mine", NOW)
    assert await house.sign_ins.known(house.amina, FOX.browser, NOW)


async def test_cookies_outlive_a_rotation_of_the_secrets(database: str) -> None:
    old = Keyring(["an older secret, of more than 32 characters"])
    new = Keyring(["a newer secret, of more than 32 characters"])
    await write_down(old, AMINA)
    before, after = served(old, old), served(new, old)
    await before.activate(before.amina, NOW)
    await before.sign_in("mine", NOW, Visitor(FOX.prefix, before.sign_ins.browser("mine"), FOX.agent))
    assert await after.sign_ins.find(before.sign_ins.token("mine"), NOW)
    assert await after.sign_ins.known(after.amina, before.sign_ins.browser("mine"), NOW)
    assert after.sign_ins.token("mine") != before.sign_ins.token("mine")


async def test_no_cookie_is_found_in_the_database(database: str, keys: Keyring, tmp_path: Path) -> None:
    house = await settled(keys)
    await house.activate(house.amina, NOW)
    mine = Visitor(FOX.prefix, house.sign_ins.browser("the secret of a journey"), FOX.agent)
    await house.sign_in("the secret of a journey", NOW, mine)
    await house.sign_in("another secret", NOW, OWL)
    kept = await resting(tmp_path)
    assert b"firefox-android" in kept
    cookies = house.sign_ins.token("the secret of a journey"), mine.browser, OWL.browser, "the secret of a journey"
    for value in (*cookies, FOX.prefix):
        assert value.encode() not in kept


async def test_a_password_that_was_compared_before_it_changed_opens_nothing_after(house: House) -> None:
    await house.activate(house.amina, NOW)
    await house.accounts.apply(recovered(house.amina, "recovery"), "fr", NOW + 60)
    await house.sign_ins.open("mine", house.amina, FOX, NOW + 90, since=NOW + 59)
    assert not await house.open("mine", NOW + 90)
    await house.sign_ins.open("again", house.amina, FOX, NOW + 90, since=NOW + 61)
    assert await house.open("again", NOW + 90)


async def test_a_password_that_was_compared_before_the_alarm_opens_nothing_after(house: House) -> None:
    number = await house.activate(house.amina, NOW)
    await house.space.freeze(number, NOW, NOW + 60)
    await house.accounts.apply(recovered(house.amina, "recovery"), "fr", NOW + 60)
    await house.sign_ins.open("mine", house.amina, FOX, NOW + 90, since=NOW + 59)
    assert not await house.open("mine", NOW + 90)
