"""Screen 8: a password only the member knows, and an account made of what was proved; the journey forgets the rest."""

import pytest
from msgspec.structs import replace

from tests.steps.walk import ANSWERS, FACTS, MEMBER, NOW, TERMS, at, errors_of, passed, submit
from webapp.core.account import ChangePassword, CreateAccount, ResetPassword
from webapp.core.state import Door, Slot, State, Terms
from webapp.core.step import Apply, Effect, FieldError, Note, Stay, Tell
from webapp.core.views import PasswordView
from webapp.steps.password import STEP

RIGHT = ANSWERS["password"]
LONGEST = "A9" + "é" * 126


def chosen(password: str, again: str | None = None) -> object:
    """What comes of a password, typed twice."""
    data = {"password": password, "password_confirm": password if again is None else again}
    return STEP.action.parse(at("password"), data, NOW)


@pytest.mark.parametrize(
    "password",
    ["Bonjour9", "كلمة السر A٩", "كلمة السر A۹", " A9 spaces at both ends ", "🔑🔑🔑🔑🔑🔑A9", LONGEST],
    ids=ascii,
)
def test_a_password_is_taken_as_it_was_chosen(password: str) -> None:
    assert chosen(password) == password


def test_two_keyboards_that_write_one_letter_differently_give_one_password() -> None:
    assert chosen("Cafe\u0301-du-9", "Café-du-9") == "Café-du-9"
    assert chosen("A9" + "e\u0301" * 126, LONGEST) == LONGEST


@pytest.mark.parametrize(
    ("password", "again", "errors"),
    [
        ("", "", [("password", "required"), ("password_confirm", "required")]),
        ("Bonjour9", "", [("password_confirm", "required")]),
        ("Bonjour9", "Bonjour8", [("password_confirm", "mismatch")]),
        ("Bonjour9", "Bonjour9 ", [("password_confirm", "mismatch")]),
        ("Bonjour9", "Bonjour٩", [("password_confirm", "mismatch")]),
        (LONGEST, LONGEST[:-1] + "è", [("password_confirm", "mismatch")]),
        ("bonjour", "bonjour", [("password", "short"), ("password", "no_capital"), ("password", "no_digit")]),
        ("bonjour9", "x", [("password", "no_capital"), ("password_confirm", "mismatch")]),
        (LONGEST + "x", LONGEST + "x", [("password", "long")]),
        (LONGEST + "x", LONGEST, [("password", "long"), ("password_confirm", "mismatch")]),
    ],
    ids=ascii,
)
def test_every_broken_rule_is_told_at_once(password: str, again: str, errors: list[tuple[str, str]]) -> None:
    assert errors_of(chosen(password, again)) == errors


@pytest.mark.parametrize(("password", "error"), [("Bonjou9", ("short", 8)), ("A9" + "x" * 127, ("long", 128))])
def test_a_length_that_is_wrong_names_the_right_one(password: str, error: tuple[str, int]) -> None:
    code, count = error
    assert chosen(password) == Stay((FieldError("password", code, n=count),))


OLD = ("ancienne@exemple.ma", "+212698765421")
HASH = "$argon2id$hash"
WHO = (MEMBER, "journey-of-amina")


def told(effects: tuple[Effect, ...]) -> tuple[set[str], list[tuple[str, str]]]:
    """The messages that go out, and to whom, in order; each is about the member."""
    letters = [effect for effect in effects if isinstance(effect, Tell)]
    assert {letter.member for letter in letters} == {MEMBER}
    return {letter.message for letter in letters}, [(letter.channel, letter.address) for letter in letters]


def test_a_new_account_holds_what_was_proved_and_both_addresses_are_told() -> None:
    after = passed(submit(STEP, at("password"), RIGHT, HASH))
    assert after.effects[0] == Apply(CreateAccount(*WHO, "amina@exemple.ma", "+212612345642", HASH, Terms(TERMS, NOW)))
    assert told(after.effects) == (
        {"account_ready_email", "account_ready_sms"},
        [("email", "amina@exemple.ma"), ("sms", "+212612345642")],
    )
    assert after.effects[-1] == Note("account.created", MEMBER)
    assert (after.gain, after.notice) == (True, None)


def test_a_recovery_with_both_contacts_changes_the_password_alone_and_at_once() -> None:
    after = passed(submit(STEP, at("password", Door.RECOVERY), RIGHT, HASH))
    assert after.effects[0] == Apply(ResetPassword(*WHO, HASH, Terms(TERMS, NOW)))
    assert told(after.effects) == (
        {"password_changed_email", "password_changed_sms"},
        [("email", OLD[0]), ("sms", OLD[1])],
    )
    assert after.effects[-1] == Note("account.recovered", MEMBER)
    assert after.state == State("journey-of-amina", Door.RECOVERY, NOW, done=True)


@pytest.mark.parametrize(("lost", "new"), [("email", "amina@exemple.ma"), ("phone", "+212612345642")])
def test_a_recovery_that_replaced_a_contact_waits_a_day_and_tells_old_and_new(lost: Slot, new: str) -> None:
    after = passed(submit(STEP, at("password", Door.RECOVERY, lost), RIGHT, HASH))
    opens = NOW + 24 * 3600
    assert after.effects[0] == Apply(ResetPassword(*WHO, HASH, Terms(TERMS, NOW), lost, new, opens))
    messages, addresses = told(after.effects)
    assert messages == {"held_reset_email", "held_reset_sms"}
    assert {address for _, address in addresses} == {*OLD, new}
    assert len(addresses) == 3
    assert (after.state.opens_at, after.state.done) == (opens, True)


def test_a_password_changed_from_inside_spares_the_sign_in_it_was_changed_in() -> None:
    after = passed(submit(STEP, at("password", Door.NEW_PASSWORD), RIGHT, HASH))
    assert after.effects[0] == Apply(ChangePassword(*WHO, HASH, "sign-in-of-amina"))
    assert told(after.effects) == (
        {"password_changed_email", "password_changed_sms"},
        [("email", OLD[0]), ("sms", OLD[1])],
    )
    assert (after.effects[-1], after.notice) == (Note("password.changed", MEMBER), "password-changed")


def test_a_second_click_asks_for_the_very_same_messages() -> None:
    effects = [passed(submit(STEP, at("password"), RIGHT, fact)).effects for fact in ("$argon2id$a", "$argon2id$b")]
    keys = [[effect.key for effect in some if isinstance(effect, Tell)] for some in effects]
    assert keys[0] == keys[1]
    assert len(set(keys[0])) == 2


def test_the_journey_that_is_done_remembers_nobody() -> None:
    after = passed(submit(STEP, at("password"), RIGHT, FACTS["password"])).state
    assert after == State("journey-of-amina", Door.ACTIVATION, NOW, done=True)


@pytest.mark.parametrize("key", ["terms", "identity", "payment", "email", "email_code", "phone", "phone_code"])
def test_no_password_is_asked_before_both_addresses_are_proven(key: str) -> None:
    assert not STEP.ready(at(key))
    assert STEP.ready(at("password"))


@pytest.mark.parametrize("slot", ["email", "phone"])
def test_an_address_whose_proof_is_gone_closes_the_screen_again(slot: str) -> None:
    state = at("password")
    assert not STEP.ready(replace(state, **{slot: replace(getattr(state, slot), proven=False)}))


@pytest.mark.parametrize("fact", ["member", "email", "phone", "terms"])
def test_an_account_without_one_of_its_parts_is_a_fault_of_ours(fact: str) -> None:
    with pytest.raises(RuntimeError):
        submit(STEP, replace(at("password"), **{fact: None}), RIGHT, FACTS["password"])


def test_the_screen_says_the_rule_and_never_shows_a_password_again() -> None:
    assert STEP.view(at("password"), NOW) == PasswordView(8, 128)
    assert (STEP.values(at("password")), STEP.keeps) == ({}, frozenset())
