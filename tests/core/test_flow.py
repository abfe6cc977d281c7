"""Where a member stands follows from what is known; no pointer can fall out of step with it."""

from itertools import product

import pytest
from msgspec.structs import replace

from webapp.core.flow import Screen, allows, back, counted, furthest
from webapp.core.state import Claim, Door, IdentifierKind, PaymentMode, State, Terms
from webapp.core.step import Action, Advance, Data, Outcome, Step, no_view, nothing_typed

START = State("journey-1", Door.ACTIVATION, 0.0)
TERMS = Terms("2026-09", 0.0)
CLAIM = Claim(IdentifierKind.EMPLOYER, "key", PaymentMode.E_MANDAT)


def taken(_: State, __: Data, ___: float) -> None:
    """Any answer is right."""


async def known(_: State, __: None, ___: None) -> None:
    """Nothing is asked."""


def passed(state: State, _: None, __: None, ___: float) -> Outcome:
    """Whoever answers goes on."""
    return Advance(state)


def screen(path: str, percent: int | None, fact: str) -> Screen:
    """A screen that opens once a fact of the state is there; the empty fact always is."""
    step = Step[None, None, None](
        key=path,
        ready=lambda state: not fact or getattr(state, fact) is not None,
        action=Action(taken, known, passed, errors={}),
        view=no_view,
        values=nothing_typed,
    )
    return Screen(path, percent, step)


FIRST, SECOND, THIRD, FOURTH = JOURNEY = (
    screen("first", None, ""),
    screen("second", 20, "terms"),
    screen("third", 60, "claim"),
    screen("fourth", 100, "member"),
)


@pytest.mark.parametrize(
    ("state", "place"),
    [
        (START, FIRST),
        (replace(START, terms=TERMS), SECOND),
        (replace(START, terms=TERMS, claim=CLAIM), THIRD),
        (replace(START, terms=TERMS, claim=CLAIM, member="m"), FOURTH),
        (replace(START, claim=CLAIM, member="m"), FIRST),
        (replace(START, terms=TERMS, member="m"), SECOND),
    ],
)
def test_a_member_stands_before_the_first_gap(state: State, place: Screen) -> None:
    assert furthest(JOURNEY, state) is place


def test_the_first_screen_is_open_even_if_it_says_it_is_not() -> None:
    assert furthest((screen("only", None, "terms"),), START).path == "only"


@pytest.mark.parametrize(("terms", "claim", "member"), list(product([None, TERMS], [None, CLAIM], [None, "m"])))
def test_every_screen_up_to_the_furthest_is_open_and_none_past_it(
    terms: Terms | None, claim: Claim | None, member: str | None
) -> None:
    state = replace(START, terms=terms, claim=claim, member=member)
    facts = [terms, claim, member]
    reached = facts.index(None) if None in facts else len(facts)
    assert [allows(JOURNEY, state, row) for row in JOURNEY] == [place <= reached for place in range(len(JOURNEY))]


def test_back_leads_one_screen_up_and_from_the_first_nowhere() -> None:
    assert [back(JOURNEY, row) for row in JOURNEY] == [None, FIRST, SECOND, THIRD]


def test_only_screens_with_a_percentage_are_counted() -> None:
    assert [counted(JOURNEY, row) for row in JOURNEY] == [None, (1, 3), (2, 3), (3, 3)]
