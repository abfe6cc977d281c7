"""The journeys behind the other doors: recovery with what is left to a member, sign-in, changes from inside."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.steps.walk import (
    MEMBER,
    NOW,
    ON_FILE,
    VISITOR,
    WAYS,
    answered,
    at,
    counted_for,
    keys_of,
    passed,
    place,
    screen_of,
    started,
    submit,
)
from webapp.core.account import ChangePassword, CloseAccount, ReplaceContact, ResetPassword
from webapp.core.cases import case_number
from webapp.core.flow import AnyStep, concluded, counted
from webapp.core.state import Channel, Door, Slot, State
from webapp.core.step import Advance, Apply, Effect, Note, OpenSignIn, SendCode, Tell
from webapp.journeys import ENDS, JOURNEYS, RECOVERY
from webapp.journeys import place as address
from webapp.steps import channel, email, email_on_file, phone, phone_on_file
from webapp.steps.on_file import Wish

MESSAGES = Path(__file__).parents[1] / "webapp" / "partials" / "messages"
ANSWERED = {"email": "amina@exemple.ma", "phone": "+212612345642"}
IDENTIFIED = ["terms", "identity", "payment"]


def walk(door: Door, lost: Slot | None = None) -> tuple[list[str], State, list[Effect]]:
    """The screens of a journey in which all goes well, the state it ends in, and all that was set in motion."""
    state, keys, effects = started(door), list[str](), list[Effect]()
    while not state.done:
        key = place(state)
        out_of_reach = lost is not None and key == f"{lost}_on_file"
        step = concluded(JOURNEYS[door], answered(state, key, NOW, **({"lost": "yes"} if out_of_reach else {})), NOW)
        state, keys, effects = step.state, [*keys, key], [*effects, *step.effects]
    return keys, state, effects


def written(effects: list[Effect]) -> list[object]:
    """What is done to the account."""
    return [effect.change for effect in effects if isinstance(effect, Apply)]


def codes(effects: list[Effect]) -> list[tuple[str, str]]:
    """The purpose of each code and where it went."""
    return [(effect.challenge.purpose, effect.address) for effect in effects if isinstance(effect, SendCode)]


# --- Recovery


@pytest.mark.parametrize(
    ("lost", "after_the_verdict", "written_to"),
    [
        (None, ["email_on_file", "email_code", "phone_on_file", "phone_code"], [ON_FILE.email, ON_FILE.phone]),
        (
            "email",
            ["email_on_file", "phone_on_file", "phone_code", "email", "email_code"],
            [ON_FILE.phone, ANSWERED["email"]],
        ),
        (
            "phone",
            ["email_on_file", "email_code", "phone_on_file", "phone", "phone_code"],
            [ON_FILE.email, ANSWERED["phone"]],
        ),
    ],
)
def test_a_recovery_proves_what_is_left_before_it_takes_something_new(
    lost: Slot | None, after_the_verdict: list[str], written_to: list[str]
) -> None:
    keys, state, effects = walk(Door.RECOVERY, lost)
    assert keys == [*IDENTIFIED, *after_the_verdict, "password"]
    assert codes(effects) == [("recovery", one) for one in written_to]
    [change] = written(effects)
    assert isinstance(change, ResetPassword)
    assert (change.replaced, change.address) == (lost, ANSWERED[lost] if lost else "")
    assert address(state) == ENDS["done"].path


def test_every_recovery_is_told_as_so_many_steps_as_it_has() -> None:
    lengths: list[tuple[Slot | None, int]] = [(None, 7), ("email", 8), ("phone", 8)]
    for lost, steps in lengths:
        state = at("password", Door.RECOVERY, lost)
        numbers = [counted(RECOVERY, state, row) for row in RECOVERY if row.step.key in keys_of(state)]
        shown = [pair for pair in numbers if pair]
        assert shown == [(n, steps) for n in range(1, steps + 1)]


@pytest.mark.parametrize(("door", "lost"), [(door, lost) for door, lost in WAYS if door is Door.RECOVERY])
def test_percentages_only_grow(door: Door, lost: Slot | None) -> None:
    state = at("password", door, lost)
    seen = [row.percent for row in RECOVERY if row.when(state) and row.percent is not None]
    assert seen == sorted(set(seen))
    assert seen[-1] == 100


def test_both_contacts_lost_lead_to_the_helpline_with_a_case_number_and_send_nothing() -> None:
    first = answered(at("email_on_file", Door.RECOVERY), "email_on_file", NOW, lost="yes")
    both = answered(first.state, "phone_on_file", NOW, lost="yes")
    assert (first.effects, both.state.lost) == ((), "both")
    assert address(both.state) == ENDS["helpline"].path
    assert both.effects == (Note("recovery.helpline", MEMBER, detail=case_number("journey-of-amina")),)


def test_a_phone_lost_after_the_mailbox_that_was_proven_can_not_be_replaced_with_a_mailbox_that_was_typed() -> None:
    """The new address is in, proven; then the number is said to be lost as well: nothing old is proven any more."""
    state = at("password", Door.RECOVERY, "email")
    both = answered(state, "phone_on_file", NOW, lost="yes").state
    assert both.lost == "both"
    assert address(both) == ENDS["helpline"].path


def test_of_a_frozen_account_no_contact_can_be_replaced() -> None:
    state = at("email_on_file", Door.RECOVERY)
    frozen = replace(state, on_file=replace(ON_FILE, frozen=True))
    lost = answered(frozen, "email_on_file", NOW, lost="yes").state
    assert address(lost) == ENDS["helpline"].path
    again = answered(lost, "email_on_file").state
    assert (again.lost, place(again)) == (None, "email_code")


@pytest.mark.parametrize("slot", ["email", "phone"])
def test_a_contact_that_is_found_again_takes_the_place_of_the_new_one(slot: Slot) -> None:
    state = at("password", Door.RECOVERY, slot)
    found = answered(state, f"{slot}_on_file")
    contact = found.state.email if slot == "email" else found.state.phone
    assert contact is not None
    assert (found.state.lost, contact.address, contact.proven) == (None, getattr(ON_FILE, slot), False)
    assert place(found.state) == f"{slot}_code"


def test_a_new_address_can_not_be_the_one_that_is_lost() -> None:
    both: list[tuple[AnyStep, Slot]] = [(email.STEP, "email"), (phone.STEP, "phone")]
    for step, slot in both:
        state = at(step.key, Door.RECOVERY, slot)
        again = dict.fromkeys((slot, f"{slot}_confirm"), getattr(ON_FILE, slot))
        outcome = submit(step, state, again)
        assert [(error.field, error.code) for error in getattr(outcome, "errors", ())] == [(slot, "same")]


def test_to_say_that_a_contact_is_lost_costs_nobody_a_message() -> None:
    for step, slot in ((email_on_file.STEP, "email"), (phone_on_file.STEP, "phone")):
        state = at(step.key, Door.RECOVERY)
        charged = {"send-destination": getattr(ON_FILE, slot)}
        assert counted_for(step.action, state, Wish(getattr(ON_FILE, slot))) == charged
        assert counted_for(step.action, state, Wish(None)) == {"send-destination": None}


# --- Sign-in


@pytest.mark.parametrize(("by", "key", "slot"), [("sms", "phone_code", "phone"), ("email", "email_code", "email")])
def test_an_unknown_browser_proves_one_contact_and_the_mailbox_hears_of_it(by: Channel, key: str, slot: str) -> None:
    chosen = answered(at("channel", Door.SIGN_IN), "channel", NOW, channel=by)
    assert codes([*chosen.effects]) == [("sign-in", getattr(ON_FILE, slot))]
    assert place(chosen.state) == key
    ended = concluded(JOURNEYS[Door.SIGN_IN], answered(chosen.state, key), NOW)
    assert OpenSignIn(MEMBER, VISITOR, NOW) in ended.effects
    told = [(tell.message, tell.address) for tell in ended.effects if isinstance(tell, Tell)]
    assert told == [("new_browser_email", ON_FILE.email)]
    assert ended.state == State("journey-of-amina", Door.SIGN_IN, NOW, visitor=VISITOR, done=True)
    assert ended.gain


def test_a_code_of_the_one_channel_does_not_open_the_other() -> None:
    by_sms = at("phone_code", Door.SIGN_IN)
    assert [row.step.key for row in JOURNEYS[Door.SIGN_IN].table if row.when(by_sms)] == [
        *("sign_in", "channel", "phone_code")
    ]
    by_mail = answered(by_sms, "channel", NOW, channel="email").state
    assert place(by_mail) == "email_code"
    assert channel.STEP.ready(by_mail)


def test_a_sign_in_without_its_code_opens_nothing() -> None:
    for key in ("channel", "phone_code"):
        assert concluded(JOURNEYS[Door.SIGN_IN], Advance(at(key, Door.SIGN_IN)), NOW).effects == ()


# --- Changes from inside


@pytest.mark.parametrize(("door", "slot"), [(Door.NEW_EMAIL, "email"), (Door.NEW_PHONE, "phone")])
def test_a_contact_is_replaced_after_the_password_and_a_code_to_the_new_one(door: Door, slot: Slot) -> None:
    keys, state, effects = walk(door)
    assert keys == ["confirm", slot, f"{slot}_code"]
    assert codes(effects) == [(door.value, ANSWERED[slot])]
    assert written(effects) == [ReplaceContact(MEMBER, "journey-of-amina", slot, ANSWERED[slot])]
    told = {tell.address for tell in effects if isinstance(tell, Tell)}
    assert told == {ON_FILE.email, ON_FILE.phone, ANSWERED[slot]}
    assert address(state) == "/espace"


def test_a_new_password_from_inside_is_written_after_the_old_one_was_asked() -> None:
    keys, _, effects = walk(Door.NEW_PASSWORD)
    assert keys == ["confirm", "password"]
    assert written(effects) == [ChangePassword(MEMBER, "journey-of-amina", "$argon2id$hash", "sign-in-of-amina")]


def test_an_account_is_closed_a_fortnight_after_its_member_wished_it() -> None:
    keys, _, effects = walk(Door.CLOSING)
    assert keys == ["confirm", "closing"]
    assert written(effects) == [CloseAccount(MEMBER, "journey-of-amina", NOW + 14 * 86400)]
    assert {tell.address for tell in effects if isinstance(tell, Tell)} == {ON_FILE.email, ON_FILE.phone}


# --- All doors


@pytest.mark.parametrize(("door", "lost"), WAYS)
def test_every_notice_has_its_texts_and_no_code_of_one_purpose_is_sent_in_another(
    door: Door, lost: Slot | None
) -> None:
    _, _, effects = walk(door, lost)
    told = {tell.message for tell in effects if isinstance(tell, Tell)}
    assert [message for message in told if not (MESSAGES / message / "body.txt").is_file()] == []
    assert {purpose for purpose, _ in codes(effects)} <= {door.value}


@pytest.mark.parametrize(("door", "lost"), WAYS)
def test_a_journey_that_is_over_remembers_no_address(door: Door, lost: Slot | None) -> None:
    _, state, _ = walk(door, lost)
    assert (state.member, state.email, state.phone, state.on_file, state.claim) == (None,) * 5


@pytest.mark.parametrize("door", [Door.NEW_EMAIL, Door.NEW_PHONE, Door.NEW_PASSWORD, Door.CLOSING])
def test_nothing_in_the_space_changes_before_the_password_was_asked_again(door: Door) -> None:
    rows = [screen for screen in JOURNEYS[door].table if screen is not screen_of("confirm", door)]
    assert [screen.step.key for screen in rows if screen.step.ready(started(door))] == []
    assert passed(Advance(started(door))).effects == ()
