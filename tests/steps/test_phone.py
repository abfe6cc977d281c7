"""Screen 6: as the e-mail screen, for a Moroccan mobile; its code goes out by SMS and its counts are its own."""

import pytest

from tests.steps.walk import NOW, at, counted_for, errors_of, passed, submit
from webapp.core.codes import Challenge
from webapp.core.state import Contact, State, Tally
from webapp.core.step import Advance, OpenCode, Outcome, SendCode
from webapp.core.views import ContactView
from webapp.steps.phone import STEP

AMINA = "+212612345642"
CODE_LIFE, PAUSE = 600, 120


def write(state: State, number: str, now: float = NOW) -> Outcome:
    """The same number in both fields."""
    return submit(STEP, state, {"phone": number, "phone_confirm": number}, None, now)


@pytest.mark.parametrize(
    ("first", "second", "errors"),
    [
        ("", "", [("phone", "required"), ("phone_confirm", "required")]),
        ("0612345642", "", [("phone_confirm", "required")]),
        ("0522123456", "0522123456", [("phone", "format")]),
        ("0522123456", "0612345642", [("phone", "format"), ("phone_confirm", "mismatch")]),
        ("0612345642", "0612345643", [("phone_confirm", "mismatch")]),
        ("0612345642", "x", [("phone_confirm", "mismatch")]),
    ],
)
def test_both_fields_must_hold_one_mobile(first: str, second: str, errors: list[tuple[str, str]]) -> None:
    assert errors_of(submit(STEP, at("phone"), {"phone": first, "phone_confirm": second})) == errors


def test_the_two_writings_may_differ_where_the_number_does_not() -> None:
    data = {"phone": "+212 (0)6 12 34 56 42", "phone_confirm": "٠٦١٢٣٤٥٦٤٢"}
    contact = passed(submit(STEP, at("phone"), data)).state.phone
    assert contact is not None
    assert contact.address == AMINA


def test_a_code_is_opened_and_sent_by_sms_and_the_e_mail_is_left_as_it_was() -> None:
    before = at("phone")
    after = passed(write(before, AMINA))
    challenge = Challenge("journey-of-amina", "sms", "activation", 1, AMINA)
    assert after.state.phone == Contact(AMINA, generation=1, issued_at=NOW, sent_at=NOW)
    assert after.effects == (OpenCode(challenge), SendCode(challenge, AMINA, send=1, not_after=NOW + CODE_LIFE))
    assert (after.state.email, after.state.email_tally) == (before.email, before.email_tally)


def test_the_same_number_sends_nothing_while_its_code_lives_and_a_new_code_after() -> None:
    state = at("phone_code")
    assert write(state, "0612345642", NOW + CODE_LIFE - 1) == Advance(state)
    assert counted_for(STEP.action, state, AMINA) == {"send-destination": None}
    assert passed(write(state, AMINA, NOW + CODE_LIFE)).state.phone_tally == Tally(generations=2, sends=2, resends=1)
    assert counted_for(STEP.action, state, AMINA, NOW + CODE_LIFE) == {"send-destination": AMINA}


def test_a_number_can_be_changed_three_times_and_the_last_can_be_kept() -> None:
    state = at("phone_code")
    for number in range(1, 4):
        state = passed(write(state, f"+21261234564{number + 2}", NOW + PAUSE * number)).state
    assert state.phone_tally == Tally(generations=4, sends=4, changes=3)
    assert errors_of(write(state, AMINA, NOW + 500)) == [("phone", "changes")]
    assert write(state, "+212612345645", NOW + 500) == Advance(state)
    assert STEP.view(state, NOW) == ContactView(0)


def test_changes_of_the_e_mail_do_not_count_for_the_number() -> None:
    assert STEP.view(at("phone"), NOW) == ContactView(3)


def test_the_number_given_before_is_shown_again() -> None:
    assert STEP.values(at("phone")) == {"phone": "", "phone_confirm": ""}
    assert STEP.values(at("phone_code")) == {"phone": "06 12 34 56 42", "phone_confirm": "06 12 34 56 42"}


@pytest.mark.parametrize("key", ["terms", "identity", "payment", "email", "email_code"])
def test_no_number_is_asked_before_the_e_mail_is_proven(key: str) -> None:
    assert not STEP.ready(at(key))
    assert STEP.ready(at("phone"))
