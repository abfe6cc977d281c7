"""Where a member stands follows from what is known; no pointer can fall out of step with it."""

import dataclasses
from itertools import product

import pytest
from msgspec.structs import replace

from webapp.core.flow import Ended, Journey, Screen, allows, back, concluded, counted, furthest, open_to
from webapp.core.state import Claim, Door, IdentifierKind, PaymentMode, State, Terms
from webapp.core.step import Action, Advance, Data, Note, Outcome, Step, no_view, nothing_typed

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


FIRST, SECOND, THIRD, FOURTH = ROWS = (
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
    assert furthest(ROWS, state) is place


def test_the_first_screen_is_open_even_if_it_says_it_is_not() -> None:
    assert furthest((screen("only", None, "terms"),), START).path == "only"


@pytest.mark.parametrize(("terms", "claim", "member"), list(product([None, TERMS], [None, CLAIM], [None, "m"])))
def test_every_screen_up_to_the_furthest_is_open_and_none_past_it(
    terms: Terms | None, claim: Claim | None, member: str | None
) -> None:
    state = replace(START, terms=terms, claim=claim, member=member)
    facts = [terms, claim, member]
    reached = facts.index(None) if None in facts else len(facts)
    assert [allows(ROWS, state, row) for row in ROWS] == [place <= reached for place in range(len(ROWS))]


def test_back_leads_one_screen_up_and_from_the_first_nowhere() -> None:
    assert [back(ROWS, START, row) for row in ROWS] == [None, FIRST, SECOND, THIRD]


def test_only_screens_with_a_percentage_are_counted() -> None:
    assert [counted(ROWS, START, row) for row in ROWS] == [None, (1, 3), (2, 3), (3, 3)]


# --- Rows that are for some members only

OLD_WAY = dataclasses.replace(SECOND, path="old-way", when=lambda state: state.lost is None)
NEW_WAY = dataclasses.replace(SECOND, path="new-way", when=lambda state: state.lost == "email")
FORKED = (FIRST, OLD_WAY, NEW_WAY, THIRD)
KEPT, LOST = replace(START, terms=TERMS), replace(START, terms=TERMS, lost="email")


@pytest.mark.parametrize(("state", "own", "other"), [(KEPT, OLD_WAY, NEW_WAY), (LOST, NEW_WAY, OLD_WAY)])
def test_a_row_for_others_is_walked_past_counted_out_and_closed(state: State, own: Screen, other: Screen) -> None:
    assert open_to(FORKED, state) == [FIRST, own, THIRD]
    assert furthest(FORKED, state) is own
    assert (allows(FORKED, state, own), allows(FORKED, state, other)) == (True, False)
    assert back(FORKED, state, THIRD) is own
    assert (counted(FORKED, state, own), counted(FORKED, state, other)) == ((1, 2), None)


# --- The end of a journey

ENDED = Ended(replace(START, done=True), (Note("ended", "m"),), notice="over")


def once_a_member(state: State, _: float) -> Ended | None:
    """Everything is proved once the member is known."""
    return ENDED if state.member else None


PROVING = Journey("/here", ROWS, "/there", "/away", once_a_member)


def test_a_step_that_leaves_something_to_prove_is_as_it_was() -> None:
    step = Advance(START, (Note("passed", "m"),))
    assert concluded(PROVING, step, 0.0) is step


def test_the_last_proof_ends_the_journey_after_its_own_effects() -> None:
    step = Advance(replace(START, member="m"), (Note("passed", "m"),))
    assert concluded(PROVING, step, 0.0) == Advance(
        ENDED.state, (Note("passed", "m"), Note("ended", "m")), gain=True, notice="over"
    )


def test_the_first_screen_may_stand_under_the_journey_s_own_address() -> None:
    assert [PROVING.address(row) for row in (FIRST, dataclasses.replace(FIRST, path=""))] == ["/here/first", "/here"]
