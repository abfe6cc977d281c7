"""The door to the space: one answer for every stranger, and what holds an account back for its member alone."""

import pytest
from msgspec.structs import replace

from tests.steps.walk import ANSWERS, MEMBER, NOW, ON_FILE, VISITOR, counted_for, errors_of, passed, started, submit
from webapp.core.account import Rehash
from webapp.core.state import Door, State
from webapp.core.step import FieldError, Note, OpenSignIn, Stay
from webapp.steps.sign_in import STEP, Attempt, Known

RIGHT = ANSWERS["sign_in"]
AT_THE_DOOR = started(Door.SIGN_IN)
FROZEN = replace(ON_FILE, frozen=True)


@pytest.mark.parametrize(
    ("number", "password", "errors"),
    [
        ("", "", [("registration_number", "required"), ("password", "missing")]),
        ("x", "", [("registration_number", "format"), ("password", "missing")]),
        ("003458721", "", [("password", "missing")]),
        ("", "Un-mot-de-passe-9", [("registration_number", "required")]),
    ],
)
def test_what_is_missing_is_told_field_by_field(number: str, password: str, errors: list[tuple[str, str]]) -> None:
    assert errors_of(submit(STEP, AT_THE_DOOR, {"registration_number": number, "password": password})) == errors


def test_a_password_is_read_as_it_was_chosen_and_the_number_in_its_one_form() -> None:
    typed = {"registration_number": " ٠٠٣ 458-721 ", "password": " Cafe\u0301-du-9"}
    assert STEP.action.parse(AT_THE_DOOR, typed, NOW) == Attempt("003458721", " Café-du-9")


def test_a_password_that_is_too_long_is_wrong_and_costs_no_more_than_another() -> None:
    attempt = STEP.action.parse(AT_THE_DOOR, {**RIGHT, "password": "A9" * 5000}, NOW)
    assert isinstance(attempt, Attempt)
    assert len(attempt.password) == 129


def test_no_old_rule_keeps_an_old_password_out() -> None:
    assert isinstance(STEP.action.parse(AT_THE_DOOR, {**RIGHT, "password": "court"}, NOW), Attempt)


def test_a_stranger_hears_one_sentence() -> None:
    assert submit(STEP, AT_THE_DOOR, RIGHT, None) == Stay((FieldError("form", "unknown"),))


@pytest.mark.parametrize("opens_at", [0.0, NOW + 3600])
def test_a_frozen_account_says_so_to_whoever_has_the_password(opens_at: float) -> None:
    known = Known(MEMBER, FROZEN, opens_at, ask=False)
    assert submit(STEP, AT_THE_DOOR, RIGHT, known) == Stay((FieldError("form", "frozen"),))


def test_a_new_password_on_hold_says_from_when_it_works() -> None:
    known = Known(MEMBER, ON_FILE, NOW + 3600, ask=False)
    outcome = submit(STEP, AT_THE_DOOR, RIGHT, known)
    assert outcome == Stay((FieldError("form", "on_hold", values={"day": "21/09/2026", "clock": "15:14"}),))
    assert passed(submit(STEP, AT_THE_DOOR, RIGHT, known, NOW + 3600)).state.done


def test_a_known_browser_is_in_and_the_journey_remembers_nobody() -> None:
    after = passed(submit(STEP, AT_THE_DOOR, RIGHT, Known(MEMBER, ON_FILE, 0.0, ask=False)))
    assert after.effects == (OpenSignIn(MEMBER, VISITOR, NOW), Note("sign-in.opened", MEMBER))
    assert after.state == State("journey-of-amina", Door.SIGN_IN, NOW, visitor=VISITOR, done=True)
    assert after.gain


def test_an_unknown_browser_is_asked_for_a_code_and_nothing_opens() -> None:
    after = passed(submit(STEP, AT_THE_DOOR, RIGHT, Known(MEMBER, ON_FILE, 0.0, ask=True)))
    assert (after.effects, after.gain) == ((), True)
    assert (after.state.member, after.state.on_file, after.state.done) == (MEMBER, ON_FILE, False)


@pytest.mark.parametrize("ask", [True, False])
def test_a_stronger_hash_is_kept_as_soon_as_the_password_is_known(*, ask: bool) -> None:
    stronger = Rehash(MEMBER, "$old", "$new")
    after = passed(submit(STEP, AT_THE_DOOR, RIGHT, Known(MEMBER, ON_FILE, 0.0, ask=ask, rehash=stronger)))
    assert after.effects[0] == stronger


def test_attempts_count_against_this_number_from_this_network_only_so_no_stranger_locks_a_member_out() -> None:
    attempt = Attempt("003458721", "x")
    here = counted_for(STEP.action, AT_THE_DOOR, attempt)
    elsewhere = replace(AT_THE_DOOR, visitor=replace(VISITOR, prefix="198.51.100.0/24"))
    assert here == {"sign-in": "003458721|192.0.2.0/24"}
    assert counted_for(STEP.action, elsewhere, attempt) == {"sign-in": "003458721|198.51.100.0/24"}
    assert [budget.clears for budget in STEP.action.budgets] == [True]


def test_the_number_is_shown_again_and_never_the_password() -> None:
    assert STEP.values(AT_THE_DOOR) == {}
    assert STEP.keeps == {"registration_number"}
