"""How one fictional member answers each screen, and the states this leads to, through pure functions alone."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from msgspec.structs import replace

from webapp.core.flow import AnyStep, Screen, furthest, open_to
from webapp.core.state import Door, OnFile, PaymentMode, Slot, State, Visitor
from webapp.core.step import Action, Advance, Data, Outcome, Stay
from webapp.journeys import JOURNEYS
from webapp.ports import Guess, Guessed
from webapp.steps.confirm import Confirmed
from webapp.steps.payment import Verdict
from webapp.steps.sign_in import Known

NOW: Final = 1_789_996_400.0  # 2026-09-21, 14:13:20 in Casablanca
TERMS: Final = "2026-09"
MEMBER: Final = "member-amina"
ON_FILE: Final = OnFile("ancienne@exemple.ma", "+212698765421")
VISITOR: Final = Visitor("192.0.2.0/24", "browser-of-amina", "firefox-android")
STEPS: Final[Mapping[str, AnyStep]] = {
    screen.step.key: screen.step for journey in JOURNEYS.values() for screen in journey.table
}
WAYS: Final[Sequence[tuple[Door, Slot | None]]] = (
    *((door, None) for door in Door),
    (Door.RECOVERY, "email"),
    (Door.RECOVERY, "phone"),
)
INSIDE: Final = frozenset({Door.NEW_EMAIL, Door.NEW_PHONE, Door.NEW_PASSWORD, Door.CLOSING})

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
    "email_on_file": {},
    "email_code": {"code": "123456"},
    "phone": {"phone": "0612345642", "phone_confirm": "0612345642"},
    "phone_on_file": {},
    "phone_code": {"code": "654321"},
    "password": {"password": "Un-mot-de-passe-9", "password_confirm": "Un-mot-de-passe-9"},
    "sign_in": {"registration_number": "003458721", "password": "Un-mot-de-passe-9"},
    "channel": {"channel": "sms"},
    "confirm": {"current_password": "Un-mot-de-passe-9"},
    "closing": {"sure": "yes"},
}
FACTS: Final[Mapping[str, object]] = {  # what the outside says when all goes well
    "terms": TERMS,
    "identity": ("claim-of-amina", PaymentMode.VIREMENT),
    "payment": Verdict(MEMBER, None),
    "email_code": Guessed(Guess.RIGHT, 4),
    "phone_code": Guessed(Guess.RIGHT, 4),
    "password": "$argon2id$hash",
    "sign_in": Known(MEMBER, ON_FILE, 0.0, ask=True),
    "confirm": Confirmed(right=True, on_file=ON_FILE),
}


def facts(key: str, door: Door) -> object:
    """What the outside says of a right answer to a screen of that journey."""
    return Verdict(MEMBER, ON_FILE) if (key, door) == ("payment", Door.RECOVERY) else FACTS.get(key)


def started(door: Door = Door.ACTIVATION) -> State:
    """A journey that has just begun."""
    state = State("journey-of-amina", door, NOW)
    if door is Door.SIGN_IN:
        return replace(state, visitor=VISITOR)
    return replace(state, holder=MEMBER, sign_in="sign-in-of-amina") if door in INSIDE else state


def keys_of(state: State) -> list[str]:
    """The steps of a journey that are for this member."""
    return [screen.step.key for screen in open_to(JOURNEYS[state.door].table, state)]


def place(state: State) -> str:
    """The key of the screen where a member stands."""
    return furthest(JOURNEYS[state.door].table, state).step.key


def screen_of(key: str, door: Door = Door.ACTIVATION) -> Screen:
    """The first row of a journey that holds a step."""
    return next(screen for screen in JOURNEYS[door].table if screen.step.key == key)


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
    data = {**ANSWERS[key], **instead}
    return passed(submit(screen_of(key, state.door).step, state, data, facts(key, state.door), now))


def at(key: str, door: Door = Door.ACTIVATION, lost: Slot | None = None) -> State:
    """The state of a member who stands on that screen for the first time; `lost` is the contact they can not reach."""
    state = started(door)
    for _ in JOURNEYS[door].table:
        here = place(state)
        if here == key:
            return state
        out_of_reach = lost is not None and here == f"{lost}_on_file"
        state = answered(state, here, **({"lost": "yes"} if out_of_reach else {})).state
    raise KeyError(key)


def standing(key: str) -> list[State]:
    """Members who stand on that screen for the first time, one for each way that leads there."""
    found = list[State]()
    for door, lost in WAYS:
        with suppress(KeyError):
            found.append(at(key, door, lost))
    return found


def errors_of(outcome: object) -> list[tuple[str, str]]:
    """The (field, code) pairs of a refusal, in order; none of anything else."""
    return [(error.field, error.code) for error in outcome.errors] if isinstance(outcome, Stay) else []


def counted_for(action: Action[Any, Any, Any], state: State, form: object, now: float = NOW) -> dict[str, str | None]:
    """Whom each budget of an action charges."""
    return {budget.row: budget.key(state, form, now) for budget in action.budgets}
