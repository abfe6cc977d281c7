"""Screen 7: as the code of the e-mail, by SMS: a longer pause, a masked number, and counts of its own."""

import pytest
from msgspec.structs import replace

from tests.steps.walk import NOW, at, counted_for, errors_of, passed, submit
from webapp.core.codes import Challenge
from webapp.core.state import Contact, State, Tally
from webapp.core.step import Advance, FieldError, Note, OpenCode, Outcome, SendCode, Stay
from webapp.core.views import CodeView
from webapp.ports import Guess, Guessed
from webapp.steps.phone_code import STEP

AMINA = "+212612345642"
LIFE, PAUSE = 600, 120
RESEND = STEP.resend


def resend(state: State, now: float, *, usable: bool = True) -> Outcome:
    """Another message was asked for, while the code could still be used or not."""
    assert RESEND is not None
    return submit(RESEND, state, {}, usable, now)


def sent(state: State) -> Contact:
    """The number on its way."""
    assert state.phone is not None
    return state.phone


def test_the_right_code_proves_the_number_and_nothing_else() -> None:
    state = at("phone_code")
    after = passed(submit(STEP, state, {"code": "٦٥٤٣٢١"}, Guessed(Guess.RIGHT, 0)))
    assert after.state == replace(state, phone=replace(sent(state), proven=True))
    assert (after.effects, after.gain) == ((Note("phone.proved", "member-amina"),), True)


@pytest.mark.parametrize(("left", "error"), [(2, FieldError("code", "wrong", n=2)), (0, FieldError("code", "spent"))])
def test_a_wrong_code_leaves_the_number_unproven(left: int, error: FieldError) -> None:
    assert submit(STEP, at("phone_code"), {"code": "000000"}, Guessed(Guess.WRONG, left)) == Stay((error,))


def test_the_next_sms_waits_two_minutes() -> None:
    assert errors_of(resend(at("phone_code"), NOW + PAUSE - 1)) == [("resend", "early")]
    assert errors_of(resend(at("phone_code"), NOW + PAUSE)) == []


@pytest.mark.parametrize(("later", "generation"), [(PAUSE, 1), (LIFE / 2 - 1, 1), (LIFE / 2, 2)])
def test_the_same_code_goes_again_in_the_first_half_of_its_life(later: float, generation: int) -> None:
    after = passed(resend(at("phone_code"), NOW + later))
    challenge = Challenge("journey-of-amina", "sms", "activation", generation, AMINA)
    end = NOW + LIFE + (later if generation == 2 else 0)
    assert after.effects == (OpenCode(challenge), SendCode(challenge, AMINA, send=2, not_after=end))


def test_messages_by_mail_and_by_sms_are_counted_apart() -> None:
    mails_used_up = replace(at("phone_code"), email_tally=Tally(generations=5, sends=5, resends=4))
    state = passed(resend(mails_used_up, NOW + PAUSE)).state
    assert state.phone_tally == Tally(generations=1, sends=2, resends=1)
    assert state.email_tally == mails_used_up.email_tally
    sms_used_up = replace(at("phone_code"), phone_tally=Tally(generations=5, sends=5, resends=4))
    assert errors_of(resend(sms_used_up, NOW + LIFE)) == [("resend", "exhausted")]


def test_a_proven_number_is_sent_nothing_more() -> None:
    assert RESEND is not None
    state = at("password")
    assert resend(state, NOW + PAUSE) == Advance(state)
    assert counted_for(RESEND, state, sent(state)) == {"send-destination": None}


def test_the_screen_shows_the_masked_number_and_the_countdown() -> None:
    assert STEP.view(at("phone_code"), NOW + 40) == CodeView(
        channel="sms",
        masked="06 ** ** ** 42",
        valid_until="14:23",
        expired=False,
        resend_clock="14:16",
        resend_in=80,
        sends_left=4,
        digits=6,
    )


def test_no_code_is_typed_before_a_number_is_there() -> None:
    assert not STEP.ready(at("phone"))
    assert STEP.ready(at("phone_code"))
