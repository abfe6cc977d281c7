"""The password is asked again before something important changes: a wrong one costs a try, a right one goes on."""

import pytest
from msgspec.structs import replace

from tests.steps.walk import ANSWERS, MEMBER, NOW, ON_FILE, counted_for, errors_of, passed, started, submit
from webapp.core.state import Contact, Door
from webapp.steps.confirm import STEP, Confirmed

RIGHT = ANSWERS["confirm"]
EMAIL = Contact(ON_FILE.email, generation=0, issued_at=NOW, sent_at=NOW, proven=True)
PHONE = replace(EMAIL, address=ON_FILE.phone)


@pytest.mark.parametrize(
    ("door", "email", "phone"),
    [
        (Door.NEW_EMAIL, None, PHONE),
        (Door.NEW_PHONE, EMAIL, None),
        (Door.NEW_PASSWORD, EMAIL, PHONE),
        (Door.CLOSING, EMAIL, PHONE),
    ],
)
def test_the_password_proves_the_member_and_the_contacts_that_stay(
    door: Door, email: Contact | None, phone: Contact | None
) -> None:
    after = passed(submit(STEP, started(door), RIGHT, Confirmed(right=True, on_file=ON_FILE)))
    assert (after.state.member, after.state.on_file) == (MEMBER, ON_FILE)
    assert (after.state.email, after.state.phone) == (email, phone)
    assert (after.effects, after.gain) == ((), True)


@pytest.mark.parametrize("facts", [Confirmed(right=False, on_file=ON_FILE), Confirmed(right=True)])
def test_a_wrong_password_or_an_account_that_is_gone_proves_nothing(facts: Confirmed) -> None:
    assert errors_of(submit(STEP, started(Door.NEW_EMAIL), RIGHT, facts)) == [("current_password", "wrong")]


def test_a_blank_form_is_told_so_before_anything_is_compared() -> None:
    assert errors_of(submit(STEP, started(Door.CLOSING), {})) == [("current_password", "required")]


def test_tries_count_against_the_member_and_are_forgiven() -> None:
    assert counted_for(STEP.action, started(Door.NEW_PHONE), "x") == {"password-again": MEMBER}
    assert [budget.clears for budget in STEP.action.budgets] == [True]


def test_nobody_confirms_who_is_not_signed_in() -> None:
    with pytest.raises(RuntimeError):
        counted_for(STEP.action, replace(started(Door.NEW_PHONE), holder=None), "x")
