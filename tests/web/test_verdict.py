"""One verdict, after screen 3, without saying which answer was wrong; a stranger sees what a member sees."""

import re

import pytest

from tests.support.journey import Member, Town
from tests.support.visitor import HOME, Page, Visitor

STRANGER = {"registration_number": "0999999999", "national_id": "ZZ999999"}
WRONG = {
    "an unknown person": (STRANGER, {}),
    "another birth date": ({"birth_year": "1972"}, {}),
    "another national id": ({"national_id": "QX999999"}, {}),
    "other payment digits": ({}, {"payment": "99999999"}),
    "another employer's number": ({}, {"employer_id": "7999999"}),
}


def judged(visitor: Visitor, town: Town, member: Member, wrong: str) -> Page:
    """The page after screen 3 for one kind of wrong set of answers."""
    identity, payment = WRONG[wrong]
    town.walk(visitor, member, "identification")
    page = visitor.send(**{**member.identity, **identity})
    assert page.path == f"{HOME}/paiement", "everyone is led on to the question"
    question = next(name for name in ("bank_last8", "civil_status_number") if page.all("input", name=name))
    right = member.row[question] or "12345678"
    answers = {"employer_id": member.row["employer_id"], question: right}
    if "payment" in payment:
        answers[question] = payment["payment"]
    answers |= {name: text for name, text in payment.items() if name == "employer_id"}
    return visitor.send(**answers)


def without_noise(page: Page) -> str:
    """The page without its masked token and the values that were typed."""
    return re.sub(r'value="[^"]*"', "", page.text)


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_set_of_answers_goes_no_further(town: Town, member: Member, wrong: str) -> None:
    visitor = town.visitor(accept_language="fr")
    page = judged(visitor, town, member, wrong)
    assert (page.status, page.path) == (422, f"{HOME}/paiement")
    assert page.all("a", href=f"{HOME}/identification"), "one tap leads back to screen 2"
    assert not page.errors, "no field is named"
    assert visitor.get(f"{HOME}/email").path == f"{HOME}/paiement"


def test_whatever_was_wrong_the_verdict_reads_the_same(town: Town) -> None:
    members = [next(one for one in town.fresh if not one.n % 2) for _ in WRONG]
    pages = [
        judged(town.visitor(accept_language="fr"), town, one, wrong) for one, wrong in zip(members, WRONG, strict=True)
    ]
    asked = [page for page in pages if page.all("input", name="bank_last8")]
    assert len(asked) >= len(WRONG) - 3
    assert len({without_noise(page) for page in asked}) == 1


def test_a_member_whose_answers_are_right_on_the_second_try_goes_on(town: Town, member: Member) -> None:
    visitor = town.visitor()
    judged(visitor, town, member, "another employer's number")
    assert visitor.send(**member.payment).path == f"{HOME}/email"
