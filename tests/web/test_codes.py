"""One-time codes as members meet them: tries counted down, a spent code, a resend too early, another address."""

import pytest

from tests.support.journey import Member, Town
from tests.support.visitor import HOME, Visitor


def wrong(code: str, by: int = 1) -> str:
    """Another code."""
    return f"{(int(code) + by) % 1_000_000:06}"


@pytest.fixture
def waiting(town: Town, member: Member) -> Visitor:
    """A visitor before the code of their e-mail."""
    visitor = town.visitor(accept_language="fr")
    town.walk(visitor, member, "email-code")
    return visitor


def test_each_wrong_code_costs_a_try_and_the_fifth_spends_it(town: Town, member: Member, waiting: Visitor) -> None:
    code = town.code(member.email)
    for left in (4, 3, 2, 1):
        page = waiting.send(code=wrong(code, left))
        assert page.status == 422
        assert str(left) in page.errors["code"]
    spent = waiting.send(code=wrong(code, 9)).errors["code"]
    assert waiting.send(code=code).errors["code"] == spent
    assert waiting.get(f"{HOME}/telephone").path == f"{HOME}/email-code"


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "abcdef", "12 34"])
def test_a_code_of_the_wrong_shape_costs_no_try(town: Town, member: Member, waiting: Visitor, typed: str) -> None:
    for _ in range(6):
        assert waiting.send(code=typed).status == 422
    assert waiting.send(code=town.code(member.email)).path == f"{HOME}/telephone"


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"])
def test_a_code_may_be_typed_in_eastern_digits_with_spaces(
    town: Town, member: Member, waiting: Visitor, digits: str
) -> None:
    code = town.code(member.email).translate({48 + n: digit for n, digit in enumerate(digits)})
    assert waiting.send(code=f" \u200f{code[:3]}\u00a0{code[3:]} ").path == f"{HOME}/telephone"


def test_a_resend_before_its_time_is_refused_with_the_hour(waiting: Visitor) -> None:
    page = waiting.send(f"{HOME}/email-code/renvoi")
    assert page.status == 429
    assert 1 <= int(page.response.headers["retry-after"]) <= 60
    assert page.path == f"{HOME}/email-code/renvoi"
    assert page.all("form", action=f"{HOME}/email-code")
    assert waiting.get(page.path).path == f"{HOME}/email-code"


def test_another_address_gets_another_code_and_the_first_one_is_dead(
    town: Town, member: Member, waiting: Visitor
) -> None:
    first = town.code(member.email)
    waiting.get(f"{HOME}/email")
    other = f"autre-{member.email}"
    waiting.send(email=other, email_confirm=other)
    second = town.code(other)
    if first != second:
        assert waiting.send(code=first).status == 422
    assert waiting.send(code=second).path == f"{HOME}/telephone"


def test_the_address_may_be_changed_three_times_in_a_journey(waiting: Visitor, member: Member) -> None:
    for n in (1, 2, 3):
        waiting.get(f"{HOME}/email")
        other = f"autre{n}-{member.email}"
        assert waiting.send(email=other, email_confirm=other).path == f"{HOME}/email-code"
    waiting.get(f"{HOME}/email")
    page = waiting.send(email=member.email, email_confirm=member.email)
    assert page.status == 422
    assert "053 800 20 20" in page.errors["email"]


def test_the_screen_says_where_the_code_went_without_telling_the_whole_address(
    town: Town, member: Member, waiting: Visitor
) -> None:
    assert member.email not in waiting.page.text
    assert "@exemple.ma" in waiting.page.text
    page = town.walk(town.visitor(), other := next(town.fresh), "telephone-code")
    assert other.phone[-8:] not in page.text.replace(" ", "")
    assert f"** {other.phone[-2:]}" in page.text


def test_a_code_of_another_journey_is_worth_nothing(town: Town, member: Member, waiting: Visitor) -> None:
    other = next(town.fresh)
    town.walk(town.visitor(), other, "email-code")
    mine, theirs = town.code(member.email), town.code(other.email)
    if mine != theirs:
        assert waiting.send(code=theirs).status == 422


def test_the_sms_ends_with_the_line_that_phones_bind_to_the_site(town: Town, member: Member) -> None:
    town.walk(town.visitor(), member, "telephone-code")
    assert town.message(member.phone)["body"].splitlines()[-1] == f"@127.0.0.1 #{town.code(member.phone)}"
