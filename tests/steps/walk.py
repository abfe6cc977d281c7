"""How one fictional member answers each screen, and the states this leads to, through pure functions alone."""

from collections.abc import Mapping
from typing import Any, Final

from webapp.core.flow import AnyStep, Screen
from webapp.core.state import Door, PaymentMode, State
from webapp.core.step import Action, Advance, Data, Outcome, Stay
from webapp.journeys import ACTIVATION
from webapp.ports import Guess, Guessed
from webapp.steps.payment import Verdict

NOW: Final = 1_789_996_400.0  # 2026-09-21, 14:13:20 in Casablanca
TERMS: Final = "2026-09"

ANSWERS: Final[Mapping[str, Data]] = {
    "terms": {"accept": "yes"},
    "identity": {
        "identifier_kind": "registration",
        "registration_number": "003458721",
        "national_id": "BE845213",
        "birth_day": "9",
        "birth_month": "3",
        "birth_year": "1971",
    },
    "payment": {"employer_id": "7714209", "bank_last8": "00348815"},
    "email": {"email": "amina@exemple.ma", "email_confirm": "amina@exemple.ma"},
    "email_code": {"code": "123456"},
    "phone": {"phone": "0612345642", "phone_confirm": "0612345642"},
    "phone_code": {"code": "654321"},
    "password": {"password": "Un-mot-de-passe-9", "password_confirm": "Un-mot-de-passe-9"},
}
FACTS: Final[Mapping[str, object]] = {  # what the outside says when all goes well
    "terms": TERMS,
    "identity": ("claim-of-amina", PaymentMode.VIREMENT),
    "payment": Verdict("member-amina", active=False),
    "email": None,
    "email_code": Guessed(Guess.RIGHT, 4),
    "phone": None,
    "phone_code": Guessed(Guess.RIGHT, 4),
    "password": "$argon2id$hash",
}


def started(door: Door = Door.ACTIVATION) -> State:
    """A journey that has just begun."""
    return State("journey-of-amina", door, NOW)


def screen_of(key: str) -> Screen:
    """The row of the table that holds a step."""
    return next(screen for screen in ACTIVATION if screen.step.key == key)


def submit(
    step: AnyStep | Action[Any, Any, Any], state: State, data: Data, facts: object = None, now: float = NOW
) -> Outcome:
    """Parse and decide, with the facts that `gather` would have brought."""
    action = step if isinstance(step, Action) else step.action
    form = action.parse(state, data, now)
    return form if isinstance(form, Stay) else action.decide(state, form, facts, now)


def passed(outcome: Outcome) -> Advance:
    """The outcome of an answer that was accepted."""
    assert isinstance(outcome, Advance), outcome
    return outcome


def answered(state: State, key: str, now: float = NOW, /, **instead: str) -> Advance:
    """What a right answer to a screen leads to; `instead` replaces some of its fields."""
    return passed(submit(screen_of(key).step, state, {**ANSWERS[key], **instead}, FACTS[key], now))


def at(key: str, door: Door = Door.ACTIVATION) -> State:
    """The state of a member who stands on that screen for the first time."""
    state = started(door)
    for screen in ACTIVATION:
        if screen.step.key == key:
            return state
        state = answered(state, screen.step.key).state
    raise KeyError(key)


def errors_of(outcome: object) -> list[tuple[str, str]]:
    """The (field, code) pairs of a refusal, in order; none of anything else."""
    return [(error.field, error.code) for error in outcome.errors] if isinstance(outcome, Stay) else []


def counted_for(action: Action[Any, Any, Any], state: State, form: object, now: float = NOW) -> dict[str, str | None]:
    """Whom each budget of an action charges."""
    return {budget.row: budget.key(state, form, now) for budget in action.budgets}
