"""Screen 2: the answers are read, all their errors told at once, and everyone whose answers could be true goes on."""

from datetime import UTC, datetime

import pytest

from tests.steps.walk import ANSWERS, FACTS, NOW, answered, at, errors_of, passed, submit
from webapp.core.state import Claim, IdentifierKind, PaymentMode, State
from webapp.ports import Identity
from webapp.steps.identity import STEP

RIGHT = dict(ANSWERS["identity"])
BY_EMPLOYER = {**RIGHT, "identifier_kind": "employer", "employer_id": "ppr 7714209"}


def proved(state: State) -> tuple[object, ...]:
    """Whatever rests on an identity."""
    return (state.member, state.email, state.phone)


@pytest.mark.parametrize(
    ("data", "identity"),
    [
        (RIGHT, Identity(IdentifierKind.REGISTRATION, "003458721", "BE845213", "1971-03-09")),
        (BY_EMPLOYER, Identity(IdentifierKind.EMPLOYER, "PPR7714209", "BE845213", "1971-03-09")),
        (
            {
                "identifier_kind": "registration",
                "registration_number": "٠٠٣ ٤٥٨ ٧٢١",
                "national_id": "\u200fbe-٨٤٥٢١٣",
                "birth_day": "٠٩",
                "birth_month": "۳",
                "birth_year": "１９７１",
            },
            Identity(IdentifierKind.REGISTRATION, "003458721", "BE845213", "1971-03-09"),
        ),
        (
            {**RIGHT, "employer_id": "never asked, never read !"},
            Identity(IdentifierKind.REGISTRATION, "003458721", "BE845213", "1971-03-09"),
        ),
    ],
)
def test_the_answers_are_read_in_one_form_however_they_are_written(data: dict[str, str], identity: Identity) -> None:
    assert STEP.action.parse(at("identity"), data, NOW) == identity


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"identifier_kind": ""}, [("identifier_kind", "required")]),
        ({"identifier_kind": "REGISTRATION"}, [("identifier_kind", "required")]),
        ({"identifier_kind": "\ud800"}, [("identifier_kind", "required")]),
        ({"registration_number": ""}, [("registration_number", "required")]),
        ({"registration_number": "12345"}, [("registration_number", "format")]),
        ({"identifier_kind": "employer"}, [("employer_id", "required")]),
        ({"identifier_kind": "employer", "employer_id": "12"}, [("employer_id", "format")]),
        ({"national_id": "\u00a0"}, [("national_id", "required")]),
        ({"national_id": "845213"}, [("national_id", "format")]),
        ({"birth_day": "", "birth_month": "", "birth_year": ""}, [("birth_date", "required")]),
        ({"birth_month": ""}, [("birth_date", "incomplete")]),
        ({"birth_year": "71"}, [("birth_date", "impossible")]),
        ({"birth_day": "29", "birth_month": "2"}, [("birth_date", "impossible")]),
        ({"birth_year": "2027"}, [("birth_date", "future")]),
        ({"birth_year": "1871"}, [("birth_date", "too_old")]),
    ],
)
def test_one_wrong_answer_is_one_error_beside_its_field(change: dict[str, str], errors: list[tuple[str, str]]) -> None:
    assert errors_of(submit(STEP, at("identity"), {**RIGHT, **change}, FACTS["identity"])) == errors


def test_all_errors_are_told_at_once_in_the_order_of_the_fields() -> None:
    assert errors_of(submit(STEP, at("identity"), {})) == [
        ("identifier_kind", "required"),
        ("national_id", "required"),
        ("birth_date", "required"),
    ]
    kind = {"identifier_kind": "registration", "registration_number": "x", "birth_day": "1"}
    assert errors_of(submit(STEP, at("identity"), kind)) == [
        ("registration_number", "format"),
        ("national_id", "required"),
        ("birth_date", "incomplete"),
    ]


@pytest.mark.parametrize(
    ("day", "errors"), [("21", []), ("22", [("birth_date", "future")]), ("23", [("birth_date", "future")])]
)
def test_today_is_the_day_in_casablanca(day: str, errors: list[tuple[str, str]]) -> None:
    just_past_midnight_there = datetime(2026, 9, 21, 23, 30, tzinfo=UTC).timestamp()
    born = {**RIGHT, "birth_day": day, "birth_month": "9", "birth_year": "2026"}
    assert errors_of(submit(STEP, at("identity"), born, FACTS["identity"], just_past_midnight_there)) == errors


@pytest.mark.parametrize("mode", PaymentMode)
@pytest.mark.parametrize("data", [RIGHT, BY_EMPLOYER])
def test_everyone_goes_on_with_a_claim_and_nothing_proved(data: dict[str, str], mode: PaymentMode) -> None:
    after = passed(submit(STEP, at("identity"), data, ("hash", mode)))
    assert after.state.claim == Claim(IdentifierKind(data["identifier_kind"]), "hash", mode)
    assert proved(after.state) == (None, None, None)
    assert (after.effects, after.gain, after.notice) == ((), False, None)


def test_the_same_identity_again_destroys_nothing() -> None:
    state = at("password")
    assert answered(state, "identity").state == state


@pytest.mark.parametrize("facts", [("another-hash", PaymentMode.VIREMENT), ("claim-of-amina", PaymentMode.E_MANDAT)])
def test_another_identity_forgets_what_was_proved_under_the_first(facts: tuple[str, PaymentMode]) -> None:
    state = at("password")
    after = passed(submit(STEP, state, RIGHT, facts)).state
    assert proved(state) != (None, None, None) == proved(after)
    assert after.terms == state.terms


def test_another_identity_gives_back_nothing_that_was_used_up() -> None:
    state = at("password")
    after = passed(submit(STEP, state, RIGHT, ("another-hash", PaymentMode.VIREMENT))).state
    assert (after.email_tally, after.phone_tally) == (state.email_tally, state.phone_tally)
    assert after.email_tally.sends == after.phone_tally.sends == 1


def test_a_screen_seen_again_starts_blank() -> None:
    assert STEP.values(at("password")) == {}
