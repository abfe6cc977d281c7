"""A step's `errors` are a promise: it shows all of these codes, no other, and each has its words in both languages."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tests.steps.walk import ANSWERS, FACTS, NOW, ON_FILE, STEPS, keys_of, standing, submit
from webapp.core.state import Claim, IdentifierKind, PaymentMode, State, Tally
from webapp.core.step import Action, Advance, Data, FieldError, Late, Outcome, Stay
from webapp.ports import Guess, Guessed, Proof
from webapp.steps.confirm import Confirmed
from webapp.steps.payment import Verdict
from webapp.steps.sign_in import Known

LOCALES = Path(__file__).parents[1] / "locales"
LANGUAGES = ("fr", "ar")
PLACEHOLDER = re.compile(r"%\((\w+)\)s")
ACTIONS: dict[str, Action[Any, Any, Any]] = {
    **{key: step.action for key, step in STEPS.items()},
    **{f"{key} again": step.resend for key, step in STEPS.items() if step.resend},
}
FIELDS = sorted(
    {field for data in ANSWERS.values() for field in data}
    | {"employer_id", "civil_status_number", "lost", "resend", "form"}
)

# --- What may be true, known and written on each screen

USED_UP = Tally(generations=4, sends=5, resends=4, changes=3)
GUESSES = [Guessed(guess, left) for guess in Guess for left in range(5)]
KNOWN: dict[str, list[object]] = {
    **{key: [FACTS.get(key)] for key in STEPS},
    "identity": [("claim-of-badr", mode) for mode in PaymentMode],
    "payment": [
        *(Verdict(None, None), Verdict(None, ON_FILE)),
        *(Verdict("member-badr", None), Verdict("member-badr", ON_FILE)),
    ],
    "email_code": [*GUESSES],
    "phone_code": [*GUESSES],
    "email_code again": [True, False],
    "phone_code again": [True, False],
    "sign_in": [
        None,
        *(Known("member-badr", ON_FILE, opens, ask=ask) for opens in (0.0, NOW + 7200) for ask in (True, False)),
        Known("member-badr", replace(ON_FILE, frozen=True), 0.0, ask=False),
    ],
    "confirm": [
        Confirmed(right=True, on_file=ON_FILE),
        Confirmed(right=False, on_file=ON_FILE),
        Confirmed(right=False),
    ],
}


def written(field: str, *texts: str) -> list[dict[str, str]]:
    """A field with each of these texts."""
    return [{field: text} for text in texts]


def born(*dates: str) -> list[dict[str, str]]:
    """The three fields of a date, each written as day/month/year."""
    return [dict(zip(("birth_day", "birth_month", "birth_year"), day.split("/"), strict=True)) for day in dates]


WRITTEN: dict[str, list[list[dict[str, str]]]] = {
    "terms": [written("accept", "", "yes")],
    "identity": [
        written("identifier_kind", "", "registration", "employer"),
        written("registration_number", "", "x", "003458721"),
        written("employer_id", "", "#", "7714209"),
        written("national_id", "", "x", "BE845213"),
        born("//", "9//1971", "31/2/1971", "9/3/2071", "9/3/1871", "9/3/1971"),
    ],
    "payment": [
        written("employer_id", "", "#", "7714209"),
        written("bank_last8", "", "x", "00348815"),
        written("civil_status_number", "", "x", "000417"),
    ],
    "email": [written(field, "", "x", "amina@exemple.ma", ON_FILE.email) for field in ("email", "email_confirm")],
    "email_code": [written("code", "", "x", "123456")],
    "phone": [written(field, "", "x", "0612345642", ON_FILE.phone) for field in ("phone", "phone_confirm")],
    "phone_code": [written("code", "", "x", "123456")],
    "email_on_file": [written("lost", "", "yes")],
    "phone_on_file": [written("lost", "", "yes")],
    "sign_in": [written("registration_number", "", "x", "003458721"), written("password", "", "Un-mot-de-passe-9")],
    "channel": [written("channel", "", "x", "sms", "email")],
    "confirm": [written("current_password", "", "Un-mot-de-passe-9")],
    "closing": [written("sure", "", "yes")],
    "password": [
        written(field, "", "x", "X9" * 65, "Un-mot-de-passe-9", "Autre-mot-de-passe-9")
        for field in ("password", "password_confirm")
    ],
}


@cache
def states(name: str) -> tuple[State, ...]:
    """Members who may stand on the screen of an action: the first time, again, and with everything used up."""
    key = name.removesuffix(" again")
    first, later = standing(key), [state for state in standing("password") if key in keys_of(state)]
    spent = [replace(state, email_tally=USED_UP, phone_tally=USED_UP) for state in (*first, *later)]
    claims = [Claim(kind, "claim-of-amina", mode) for kind in IdentifierKind for mode in PaymentMode]
    asked = [replace(first[0], claim=claim) for claim in claims] if key == "payment" else []
    return (*first, *later, *spent, *asked)


def outcomes(name: str) -> Iterator[Outcome]:
    """Everything that comes of everything above."""
    texts = [{key: text for part in parts for key, text in part.items()} for parts in product(*WRITTEN.get(name, []))]
    for state, data, facts, later in product(states(name), texts, KNOWN[name], (0.0, 60.0, 3000.0)):
        yield submit(ACTIONS[name], state, data, facts, NOW + later)


def shown(outcome: Outcome) -> tuple[FieldError, ...]:
    """The errors of an outcome."""
    return outcome.errors if isinstance(outcome, Stay | Late) else ()


@cache
def all_shown(name: str) -> tuple[FieldError, ...]:
    """Every error that an action has to show, once for each field and code."""
    return tuple({(error.field, error.code): error for outcome in outcomes(name) for error in shown(outcome)}.values())


def declared(name: str) -> set[tuple[str, str]]:
    """The (field, code) pairs of an action's declaration."""
    return {(field, code) for field, codes in ACTIONS[name].errors.items() for code in codes}


# --- The promise


@pytest.mark.parametrize("name", ACTIONS)
def test_a_step_shows_every_code_it_declares_and_no_other(name: str) -> None:
    assert {(error.field, error.code) for error in all_shown(name)} == declared(name)


garbage = st.text(st.characters(exclude_categories=()), max_size=30) | st.sampled_from(
    ["9" * 16384, "é" * 8192, "\ud800" * 16384, "\x00\xff" * 8192, "a\u0300\u0316" * 5461, "@" * 16384, "MA" + "0" * 26]
)
good = st.sampled_from(sorted({text for data in ANSWERS.values() for text in data.values()}))


@st.composite
def submissions(draw: st.DrawFn) -> tuple[str, State, Data, object, float]:
    """Any action, by anyone who may stand there, with anything in any field, whatever is known of it."""
    name = draw(st.sampled_from(sorted(ACTIONS)))
    data = draw(st.dictionaries(st.sampled_from(FIELDS) | garbage, garbage | good, max_size=8))
    usual = ANSWERS[name] if name in ANSWERS and draw(st.booleans()) else {}
    later = draw(st.floats(0, 4000))
    return name, draw(st.sampled_from(states(name))), {**usual, **data}, draw(st.sampled_from(KNOWN[name])), NOW + later


@settings(deadline=None, max_examples=400)
@given(submissions())
def test_nothing_that_can_be_sent_raises_or_is_answered_with_a_code_that_is_not_declared(
    sent: tuple[str, State, Data, object, float],
) -> None:
    name, state, data, facts, now = sent
    outcome = submit(ACTIONS[name], state, data, facts, now)
    assert {(error.field, error.code) for error in shown(outcome)} <= declared(name)
    assert shown(outcome) or isinstance(outcome, Advance)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(ANSWERS)), garbage)
def test_every_field_of_a_screen_may_hold_garbage_at_once(key: str, text: str) -> None:
    sent = {**dict.fromkeys(FIELDS, text), "identifier_kind": "registration"}
    outcome = submit(ACTIONS[key], standing(key)[0], sent, KNOWN[key][0])
    assert {(error.field, error.code) for error in shown(outcome)} <= declared(key)


# --- Its words


@cache
def catalogue(language: str) -> Catalog:
    """The texts of a language."""
    with (LOCALES / language / "LC_MESSAGES" / "messages.po").open("rb") as po:
        return read_po(po, locale=language, abort_invalid=True)


def texts(language: str, key: str) -> tuple[str, ...]:
    """The text of a key, all forms of a plural, none when there is no such key."""
    message = catalogue(language).get(key)
    if message is None:
        return ()
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ACTIONS)
def test_every_declared_code_has_its_words_in_both_languages(name: str, language: str) -> None:
    keys = [f"error.{field}.{code}" for field, code in sorted(declared(name))]
    assert [key for key in keys if not texts(language, key) or not all(texts(language, key))] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ACTIONS)
def test_an_error_brings_what_its_words_are_filled_with(name: str, language: str) -> None:
    for error in all_shown(name):
        key = f"error.{error.field}.{error.code}"
        message = catalogue(language).get(key)
        assert message is not None
        assert bool(message.pluralizable) == (error.n is not None), key
        filled = {"helpline", *error.values, *(["n"] if error.n is not None else [])}
        assert {name for text in texts(language, key) for name in PLACEHOLDER.findall(text)} <= filled, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_robot_check_and_the_limits_have_words_for_their_refusals(language: str) -> None:
    refusals = [f"captcha.{proof.value}" for proof in Proof if proof is not Proof.PASSED]
    assert [code for code in [*refusals, "form.limited"] if not texts(language, f"error.{code}")] == []


@pytest.mark.parametrize("name", ACTIONS)
def test_what_a_step_announces_has_words(name: str) -> None:
    notices = {outcome.notice for outcome in outcomes(name) if isinstance(outcome, Advance) and outcome.notice}
    assert [notice for notice in notices for language in LANGUAGES if not texts(language, f"notice.{notice}")] == []


@pytest.mark.parametrize("name", ACTIONS)
def test_a_field_that_is_shown_again_after_an_error_is_one_the_screen_reads_and_no_secret(name: str) -> None:
    step = STEPS[name.removesuffix(" again")]
    read = {field for parts in WRITTEN.get(step.key, []) for part in parts for field in part}
    assert step.keeps <= read - {"code", "password", "password_confirm", "current_password"}
