"""Screen 3: the question of the member's payment mode, and one verdict that never says which answer was wrong."""

import pytest
from msgspec.structs import replace

from tests.steps.walk import ANSWERS, FACTS, NOW, ON_FILE, answered, at, counted_for, errors_of, passed, started, submit
from webapp.core.state import Claim, Door, IdentifierKind, PaymentMode, State
from webapp.core.step import Note
from webapp.core.views import PaymentView
from webapp.ports import Answers
from webapp.steps.payment import STEP, Verdict

RIGHT = dict(ANSWERS["payment"])
NEW = Verdict("member-amina", None)
ACTIVE = Verdict("member-amina", ON_FILE)
STRANGER = Verdict(None, None)


def asked(kind: IdentifierKind, mode: PaymentMode) -> State:
    """Somebody who identified by that number and is asked that question."""
    return replace(started(), claim=Claim(kind, "hash", mode))


BY_CARD_PAID_BY_BANK = asked(IdentifierKind.REGISTRATION, PaymentMode.VIREMENT)
BY_CARD_PAID_BY_POST = asked(IdentifierKind.REGISTRATION, PaymentMode.E_MANDAT)
BY_EMPLOYER_PAID_BY_BANK = asked(IdentifierKind.EMPLOYER, PaymentMode.VIREMENT)
BY_EMPLOYER_PAID_BY_POST = asked(IdentifierKind.EMPLOYER, PaymentMode.E_MANDAT)
ALL = {"employer_id": "7 714 209", "bank_last8": "MA64 0117 8000 0000 3400 3488 1527", "civil_status_number": "٠٠٤١٧"}


@pytest.mark.parametrize(
    ("state", "answers"),
    [
        (BY_CARD_PAID_BY_BANK, Answers("7714209", "34881527")),
        (BY_CARD_PAID_BY_POST, Answers("7714209", "00417")),
        (BY_EMPLOYER_PAID_BY_BANK, Answers(None, "34881527")),
        (BY_EMPLOYER_PAID_BY_POST, Answers(None, "00417")),
    ],
)
def test_a_transfer_is_asked_for_the_account_and_a_money_order_for_the_etat_civil(
    state: State, answers: Answers
) -> None:
    assert STEP.action.parse(state, ALL, NOW) == answers


@pytest.mark.parametrize(
    ("state", "errors"),
    [
        (BY_CARD_PAID_BY_BANK, ["employer_id", "bank_last8"]),
        (BY_CARD_PAID_BY_POST, ["employer_id", "civil_status_number"]),
        (BY_EMPLOYER_PAID_BY_BANK, ["bank_last8"]),
        (BY_EMPLOYER_PAID_BY_POST, ["civil_status_number"]),
    ],
)
def test_every_field_that_is_asked_is_needed_and_no_other(state: State, errors: list[str]) -> None:
    assert errors_of(submit(STEP, state, {})) == [(field, "required") for field in errors]
    assert errors_of(submit(STEP, state, dict.fromkeys(ALL, "#"))) == [(field, "format") for field in errors]


@pytest.mark.parametrize(
    ("state", "view"),
    [
        (BY_CARD_PAID_BY_BANK, PaymentView("bank_last8", employer_given=False)),
        (BY_CARD_PAID_BY_POST, PaymentView("civil_status_number", employer_given=False)),
        (BY_EMPLOYER_PAID_BY_BANK, PaymentView("bank_last8", employer_given=True)),
        (BY_EMPLOYER_PAID_BY_POST, PaymentView("civil_status_number", employer_given=True)),
    ],
)
def test_the_screen_asks_what_is_read(state: State, view: PaymentView) -> None:
    assert STEP.view(state, NOW) == view


def test_a_wrong_set_of_answers_is_one_error_of_the_whole_form() -> None:
    assert errors_of(submit(STEP, at("payment"), RIGHT, STRANGER)) == [("form", "mismatch")]


def test_a_stranger_is_told_the_same_whatever_account_their_claim_would_meet() -> None:
    states = (BY_CARD_PAID_BY_BANK, at("password"))
    verdicts = (STRANGER, Verdict(None, ON_FILE))
    told = {repr(submit(STEP, state, ALL, verdict)) for state in states for verdict in verdicts}
    assert len(told) == 1


def test_the_right_set_proves_the_member_and_is_a_gain_of_trust() -> None:
    after = passed(submit(STEP, at("payment"), RIGHT, NEW))
    assert after.state == replace(at("payment"), member="member-amina")
    assert after.effects == (Note("identity.proved", "member-amina"),)
    assert after.gain


@pytest.mark.parametrize("pressed", [Door.ACTIVATION, Door.RECOVERY])
@pytest.mark.parametrize(("verdict", "right"), [(NEW, Door.ACTIVATION), (ACTIVE, Door.RECOVERY)])
def test_the_verdict_decides_what_the_journey_is_for_and_says_so_to_whoever_pressed_the_other_door(
    pressed: Door, verdict: Verdict, right: Door
) -> None:
    after = passed(submit(STEP, at("payment", pressed), RIGHT, verdict))
    notices = {Door.ACTIVATION: "no-account-yet", Door.RECOVERY: "account-exists"}
    assert (after.state.door, after.state.on_file) == (right, verdict.on_file)
    assert after.notice == (None if pressed is right else notices[right])


@pytest.mark.parametrize("pressed", [Door.ACTIVATION, Door.RECOVERY])
def test_a_stranger_keeps_the_door_that_was_pressed(pressed: Door) -> None:
    assert errors_of(submit(STEP, at("payment", pressed), RIGHT, STRANGER)) == [("form", "mismatch")]


def test_an_account_that_was_made_or_changed_meanwhile_begins_the_proofs_anew() -> None:
    recovering = at("password", Door.RECOVERY)
    changed = Verdict("member-amina", replace(ON_FILE, email="autre@exemple.ma"))
    after = passed(submit(STEP, recovering, RIGHT, changed)).state
    assert (after.on_file, after.email, after.phone, after.lost) == (changed.on_file, None, None, None)
    assert (after.email_tally, after.phone_tally) == (recovering.email_tally, recovering.phone_tally)


def test_the_same_right_answers_again_change_nothing() -> None:
    state = at("password")
    again = answered(state, "payment")
    assert (again.state, again.effects, again.gain) == (state, (), False)


def test_answers_of_another_member_forget_the_addresses_but_not_what_was_sent_to_them() -> None:
    state = at("password")
    after = passed(submit(STEP, state, RIGHT, Verdict("member-badr", None))).state
    assert (after.member, after.email, after.phone) == ("member-badr", None, None)
    assert (after.email_tally, after.phone_tally) == (state.email_tally, state.phone_tally)


def test_wrong_answers_count_against_the_claimed_identity_and_right_ones_forgive_them() -> None:
    assert counted_for(STEP.action, BY_CARD_PAID_BY_BANK, Answers("1", "2")) == {"identity-answers": "hash"}
    assert [budget.clears for budget in STEP.action.budgets] == [True]


def test_a_question_without_a_claim_is_a_fault_of_ours_and_not_an_answer() -> None:
    with pytest.raises(RuntimeError):
        submit(STEP, at("identity"), RIGHT, FACTS["payment"])
