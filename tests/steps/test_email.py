"""Screen 4: the address is written twice, a code leaves for it once, and it can be changed three times."""

import pytest
from msgspec.structs import replace

from tests.steps.walk import ANSWERS, NOW, answered, at, counted_for, errors_of, passed, submit
from webapp.core.codes import Challenge
from webapp.core.limits import CODE
from webapp.core.state import Contact, PaymentMode, State, Tally
from webapp.core.step import Advance, OpenCode, Outcome, SendCode
from webapp.core.views import ContactView
from webapp.steps import identity
from webapp.steps.email import STEP

AMINA = "amina@exemple.ma"
CODE_LIFE, PAUSE = 600, 60


def write(state: State, address: str, now: float = NOW) -> Outcome:
    """The same address in both fields."""
    return submit(STEP, state, {"email": address, "email_confirm": address}, None, now)


def changed(state: State, times: int) -> State:
    """After so many changes of the address, a minute apart."""
    for number in range(1, times + 1):
        state = passed(write(state, f"amina{number}@exemple.ma", NOW + PAUSE * number)).state
    return state


@pytest.mark.parametrize(
    ("first", "second", "errors"),
    [
        ("", "", [("email", "required"), ("email_confirm", "required")]),
        (AMINA, "", [("email_confirm", "required")]),
        (AMINA, "\u200f\u00a0", [("email_confirm", "required")]),
        ("", AMINA, [("email", "required"), ("email_confirm", "mismatch")]),
        ("amina", "amina", [("email", "format")]),
        ("amina", AMINA, [("email", "format"), ("email_confirm", "mismatch")]),
        (AMINA, "amina", [("email_confirm", "mismatch")]),
        (AMINA, "badr@exemple.ma", [("email_confirm", "mismatch")]),
        (AMINA, "Amina@exemple.ma", [("email_confirm", "mismatch")]),
    ],
)
def test_both_fields_must_hold_one_address(first: str, second: str, errors: list[tuple[str, str]]) -> None:
    assert errors_of(submit(STEP, at("email"), {"email": first, "email_confirm": second})) == errors


def test_the_two_writings_may_differ_where_the_address_does_not() -> None:
    data = {"email": " amina@EXEMPLE.ma", "email_confirm": "amina@exemple.ma\u200e"}
    contact = passed(submit(STEP, at("email"), data)).state.email
    assert contact is not None
    assert contact.address == AMINA


def test_a_code_is_opened_and_sent_to_the_address() -> None:
    after = passed(write(at("email"), AMINA))
    challenge = Challenge("journey-of-amina", "email", "activation", 1, AMINA)
    assert after.state.email == Contact(AMINA, generation=1, issued_at=NOW, sent_at=NOW)
    assert after.state.email_tally == Tally(generations=1, sends=1)
    assert after.effects == (OpenCode(challenge), SendCode(challenge, AMINA, send=1, not_after=NOW + CODE_LIFE))
    assert not after.gain


@pytest.mark.parametrize("later", [0.0, 59.0, 300.0, CODE_LIFE - 0.1])
def test_the_same_address_sends_nothing_while_its_code_lives(later: float) -> None:
    state = at("email_code")
    assert write(state, AMINA, NOW + later) == Advance(state)
    assert counted_for(STEP.action, state, AMINA, NOW + later) == {"send-destination": None}


def test_the_same_address_gets_a_new_code_once_the_old_one_is_over() -> None:
    after = passed(write(at("email_code"), AMINA, NOW + CODE_LIFE))
    assert after.state.email == Contact(AMINA, generation=2, issued_at=NOW + CODE_LIFE, sent_at=NOW + CODE_LIFE)
    assert after.state.email_tally.changes == 0
    assert len(after.effects) == 2


def test_an_address_that_is_proven_stays_proven_and_is_sent_nothing() -> None:
    state = at("phone")
    assert write(state, AMINA, NOW + 10 * CODE_LIFE) == Advance(state)


def test_another_address_is_another_code_and_the_proof_of_the_first_is_gone() -> None:
    after = passed(write(at("password"), "badr@exemple.ma", NOW + PAUSE))
    contact = after.state.email
    assert contact == Contact("badr@exemple.ma", generation=2, issued_at=NOW + PAUSE, sent_at=NOW + PAUSE)
    assert after.state.phone == at("password").phone
    challenge = Challenge("journey-of-amina", "email", "activation", 2, "badr@exemple.ma")
    assert after.effects == (
        OpenCode(challenge),
        SendCode(challenge, "badr@exemple.ma", send=2, not_after=NOW + PAUSE + CODE_LIFE),
    )
    assert counted_for(STEP.action, at("password"), "badr@exemple.ma") == {"send-destination": "badr@exemple.ma"}


def test_an_address_can_be_changed_three_times() -> None:
    state = changed(at("email_code"), 3)
    assert state.email_tally.changes == 3
    assert errors_of(write(state, "a-fourth@exemple.ma", NOW + 900)) == [("email", "changes")]


def test_when_no_change_is_left_the_address_before_can_be_kept() -> None:
    state = changed(at("email_code"), 3)
    assert write(state, "amina3@exemple.ma", NOW + 200) == Advance(state)


def test_going_back_to_an_earlier_address_is_a_change_with_a_code_of_its_own() -> None:
    after = passed(write(changed(at("email_code"), 1), AMINA, NOW + 2 * PAUSE)).state
    assert after.email_tally == Tally(generations=3, sends=3, changes=2)
    assert after.email == Contact(AMINA, generation=3, issued_at=NOW + 2 * PAUSE, sent_at=NOW + 2 * PAUSE)


def test_a_mistyped_address_uses_no_change_up() -> None:
    state = changed(at("email_code"), 2)
    assert errors_of(write(state, "amina@")) == [("email", "format")]
    assert passed(write(state, "at-last@exemple.ma")).state.email_tally.changes == 3


@pytest.mark.parametrize(("times", "left"), [(0, 3), (1, 2), (3, 0)])
def test_the_screen_says_how_many_changes_are_left(times: int, left: int) -> None:
    assert STEP.view(changed(at("email_code"), times), NOW) == ContactView(left)


def test_the_address_given_before_is_shown_again() -> None:
    assert STEP.values(at("email")) == {"email": "", "email_confirm": ""}
    assert STEP.values(at("password")) == {"email": AMINA, "email_confirm": AMINA}


@pytest.mark.parametrize("key", ["terms", "identity", "payment"])
def test_no_address_is_asked_before_the_verdict(key: str) -> None:
    assert not STEP.ready(at(key))
    assert STEP.ready(at("email"))


# --- What one journey may send

ALLOWED = 1 + CODE.resends + CODE.changes


def test_another_identity_gives_no_change_of_address_back() -> None:
    state = at("email_code")
    for number in range(ALLOWED):
        other = passed(submit(identity.STEP, state, ANSWERS["identity"], (f"claim-{number}", PaymentMode.VIREMENT)))
        state = answered(other.state, "payment").state
        outcome = write(state, f"amina{number}@exemple.ma")
        state = outcome.state if isinstance(outcome, Advance) else state
    assert state.email_tally.sends <= ALLOWED


def test_the_address_screen_is_no_way_round_the_last_resend() -> None:
    used_up = replace(at("email_code"), email_tally=Tally(generations=4, sends=5, resends=CODE.resends))
    after = write(used_up, AMINA, NOW + CODE_LIFE)
    assert after == Advance(used_up)
