"""Screen 5: five guesses and one acceptance; another message after a pause, four times, with the same or a new code."""

import pytest
from msgspec.structs import replace

from tests.steps.walk import FACTS, NOW, answered, at, counted_for, errors_of, passed, submit
from webapp.core.codes import Challenge
from webapp.core.state import Contact, State, Tally
from webapp.core.step import Advance, FieldError, Late, Note, OpenCode, Outcome, SendCode, Stay
from webapp.core.views import CodeView
from webapp.ports import Guess, Guessed
from webapp.steps.email_code import STEP

AMINA = "amina@exemple.ma"
LIFE, PAUSE = 600, 60
RESEND = STEP.resend
assert RESEND is not None


def guess(guessed: Guessed, state: State | None = None) -> Outcome:
    """A code was typed, and this is what came of it."""
    return submit(STEP, state or at("email_code"), {"code": "123456"}, guessed)


def resend(state: State, now: float, *, usable: bool = True) -> Outcome:
    """Another message was asked for, while the code could still be used or not."""
    assert RESEND is not None
    return submit(RESEND, state, {}, usable, now)


def sent(state: State) -> Contact:
    """The address on its way."""
    assert state.email is not None
    return state.email


# --- Guesses


@pytest.mark.parametrize(
    "typed", ["004219", " 004 219 ", "004-219", "٠٠٤٢١٩", "۰۰۴۲۱۹", "００４２１９", "\u200f004\u00a0219"]
)
def test_a_code_is_read_with_its_zeros_however_it_is_written(typed: str) -> None:
    assert STEP.action.parse(at("email_code"), {"code": typed}, NOW) == "004219"


@pytest.mark.parametrize(
    ("typed", "code"),
    [("", "required"), ("\u200f ", "required"), ("12345", "format"), ("1234567", "format"), ("l23456", "format")],
)
def test_what_can_be_no_code_is_refused_before_it_costs_a_try(typed: str, code: str) -> None:
    assert STEP.action.parse(at("email_code"), {"code": typed}, NOW) == Stay(
        (FieldError("code", code, values={"digits": "6"}),)
    )


@pytest.mark.parametrize(
    ("guessed", "error"),
    [
        (Guessed(Guess.WRONG, 4), FieldError("code", "wrong", n=4)),
        (Guessed(Guess.WRONG, 1), FieldError("code", "wrong", n=1)),
        (Guessed(Guess.WRONG, 0), FieldError("code", "spent")),
        (Guessed(Guess.SPENT, 0), FieldError("code", "spent")),
        (Guessed(Guess.CLOSED, 0), FieldError("code", "expired")),
    ],
)
def test_a_wrong_guess_says_how_many_are_left_and_the_fifth_that_the_code_is_spent(
    guessed: Guessed, error: FieldError
) -> None:
    assert guess(guessed) == Stay((error,))


def test_whoever_comes_second_with_the_right_code_is_led_after_the_first() -> None:
    assert guess(Guessed(Guess.TAKEN, 0)) == Late((FieldError("code", "spent"),))


@pytest.mark.parametrize("left", [4, 0])
def test_the_right_code_proves_the_address_and_is_a_gain_of_trust(left: int) -> None:
    state = at("email_code")
    after = passed(guess(Guessed(Guess.RIGHT, left)))
    assert after.state == replace(state, email=replace(sent(state), proven=True))
    assert (after.effects, after.gain) == ((Note("email.proved", "member-amina"),), True)


@pytest.mark.parametrize("guessed", [Guessed(Guess.RIGHT, 0), Guessed(Guess.WRONG, 3), Guessed(Guess.CLOSED, 0)])
def test_an_address_that_is_proven_stays_so_whatever_is_typed(guessed: Guessed) -> None:
    state = at("phone")
    assert guess(guessed, state) == Advance(state)


def test_guesses_count_for_the_journey_and_for_the_member() -> None:
    assert counted_for(STEP.action, at("email_code"), "123456") == {
        "code-journey": "journey-of-amina",
        "code-member": "member-amina",
    }


# --- Another message


@pytest.mark.parametrize("later", [0, 30.5, PAUSE - 0.1])
def test_a_message_too_early_is_refused_until_a_minute_has_passed(later: float) -> None:
    outcome = resend(at("email_code"), NOW + later)
    assert isinstance(outcome, Stay)
    assert (errors_of(outcome), outcome.until) == ([("resend", "early")], NOW + PAUSE)


def test_at_the_hour_that_a_refusal_names_the_message_can_be_had() -> None:
    state = answered(at("email"), "email", NOW + 30).state  # sent at 14:13:50, possible from 14:14:50
    refusal = resend(state, NOW + 31)
    assert isinstance(refusal, Stay)
    assert refusal.errors[0].values["clock"] == "14:15"


@pytest.mark.parametrize("later", [PAUSE, 120, LIFE / 2 - 0.1])
def test_in_the_first_half_of_its_life_the_same_code_is_sent_again_and_ends_as_before(later: float) -> None:
    state = at("email_code")
    after = passed(resend(state, NOW + later))
    challenge = Challenge("journey-of-amina", "email", "activation", 1, AMINA)
    assert after.state.email == replace(sent(state), sent_at=NOW + later)
    assert after.effects == (OpenCode(challenge), SendCode(challenge, AMINA, send=2, not_after=NOW + LIFE))
    assert (after.gain, after.notice) == (False, "new-code-sent")


@pytest.mark.parametrize(
    ("later", "usable"), [(LIFE / 2, True), (LIFE - 1, True), (LIFE, False), (PAUSE, False), (1700, False)]
)
def test_past_half_of_its_life_or_spent_a_code_is_replaced_by_a_new_one(later: float, *, usable: bool) -> None:
    after = passed(resend(at("email_code"), NOW + later, usable=usable))
    challenge = Challenge("journey-of-amina", "email", "activation", 2, AMINA)
    assert after.state.email == Contact(AMINA, generation=2, issued_at=NOW + later, sent_at=NOW + later)
    assert after.effects == (OpenCode(challenge), SendCode(challenge, AMINA, send=2, not_after=NOW + later + LIFE))


def test_sending_a_code_again_does_not_make_it_younger() -> None:
    state = passed(resend(at("email_code"), NOW + 290)).state
    assert sent(passed(resend(state, NOW + 350)).state).generation == 2


def test_the_pause_begins_again_with_every_message() -> None:
    state = passed(resend(at("email_code"), NOW + 100)).state
    assert errors_of(resend(state, NOW + 159)) == [("resend", "early")]
    assert errors_of(resend(state, NOW + 160)) == []


def test_there_are_four_more_messages_and_no_fifth() -> None:
    state = at("email_code")
    for number in range(1, 5):
        assert STEP.view(state, NOW + 400 * number).sends_left == 5 - number  # type: ignore[attr-defined]
        state = passed(resend(state, NOW + 400 * number)).state
    assert state.email_tally == Tally(generations=5, sends=5, resends=4)
    assert errors_of(resend(state, NOW + 3000)) == [("resend", "exhausted")]


@pytest.mark.parametrize("change", ["badr@exemple.ma", "badr@exemple.ma again"])
def test_another_address_or_the_way_back_gives_no_message_back(change: str) -> None:
    state = replace(at("email_code"), email_tally=Tally(generations=5, sends=5, resends=4))
    for address in ["badr@exemple.ma", *([AMINA] if "again" in change else [])]:
        state = answered(state, "email", NOW + 100, email=address, email_confirm=address).state
    assert errors_of(resend(state, NOW + 400)) == [("resend", "exhausted")]


def test_a_new_identity_gives_no_message_back() -> None:
    state = replace(at("email_code"), email_tally=Tally(generations=5, sends=5, resends=4), claim=None, email=None)
    state = answered(answered(answered(state, "identity").state, "payment").state, "email", NOW + 100).state
    assert errors_of(resend(state, NOW + 400)) == [("resend", "exhausted")]


def test_a_proven_address_is_sent_nothing_more() -> None:
    state = at("phone")
    assert resend(state, NOW + 10 * LIFE) == Advance(state)


def test_a_message_counts_for_its_destination_and_none_for_a_proven_one() -> None:
    assert RESEND is not None
    assert counted_for(RESEND, at("email_code"), sent(at("email_code"))) == {"send-destination": AMINA}
    assert counted_for(RESEND, at("phone"), sent(at("phone"))) == {"send-destination": None}


# --- The screen


def test_the_screen_says_where_the_code_went_until_when_it_works_and_when_the_next_can_be_had() -> None:
    assert STEP.view(at("email_code"), NOW + 17.5) == CodeView(
        channel="email",
        masked="am…a@exemple.ma",
        valid_until="14:23",
        expired=False,
        resend_clock="14:15",
        resend_in=43,
        sends_left=4,
        digits=6,
    )


@pytest.mark.parametrize(("later", "expired"), [(PAUSE, False), (LIFE - 0.1, False), (LIFE, True), (1700, True)])
def test_the_screen_knows_a_code_that_is_over(later: float, *, expired: bool) -> None:
    view = STEP.view(at("email_code"), NOW + later)
    assert isinstance(view, CodeView)
    assert (view.expired, view.resend_in) == (expired, 0)


@pytest.mark.parametrize("later", range(0, PAUSE + 1, 5))
def test_the_countdown_and_the_clock_never_promise_too_much(later: int) -> None:
    view = STEP.view(at("email_code"), NOW + later)
    assert isinstance(view, CodeView)
    assert errors_of(resend(at("email_code"), NOW + later + view.resend_in)) == []
    assert view.resend_clock == "14:15"


def test_no_code_is_typed_before_an_address_is_there() -> None:
    assert not STEP.ready(at("email"))
    assert STEP.ready(at("email_code"))
    with pytest.raises(RuntimeError):
        submit(STEP, at("email"), {"code": "123456"}, FACTS["email_code"])


def test_a_code_is_never_shown_again() -> None:
    assert (STEP.values(at("password")), STEP.keeps) == ({}, frozenset())
