"""Screen 1: nothing is asked before the terms are accepted, and an acceptance keeps its version and its hour."""

import pytest
from msgspec.structs import replace

from tests.steps.walk import NOW, TERMS, at, errors_of, passed, started, submit
from webapp.core.state import Terms
from webapp.steps.terms import STEP


@pytest.mark.parametrize("tick", ["yes", "on", "1", "نعم", "\x00", "x" * 16384], ids=ascii)
def test_any_tick_is_an_acceptance_of_the_terms_in_force_at_that_moment(tick: str) -> None:
    after = passed(submit(STEP, started(), {"accept": tick}, TERMS))
    assert after.state == replace(started(), terms=Terms(TERMS, NOW))
    assert (after.effects, after.gain) == ((), False)


@pytest.mark.parametrize("data", [{}, {"accept": ""}, {"accepted": "yes"}])
def test_without_a_tick_nobody_goes_on(data: dict[str, str]) -> None:
    assert errors_of(submit(STEP, started(), data, TERMS)) == [("accept", "required")]


def test_accepting_the_same_terms_again_keeps_the_first_hour() -> None:
    state = at("identity")
    assert passed(submit(STEP, state, {"accept": "yes"}, TERMS, NOW + 90)).state == state


def test_newer_terms_are_accepted_anew_and_nothing_that_was_proved_is_lost() -> None:
    state = at("password")
    after = passed(submit(STEP, state, {"accept": "yes"}, "2027-01", NOW + 90)).state
    assert after == replace(state, terms=Terms("2027-01", NOW + 90))


def test_the_box_is_ticked_again_for_whoever_comes_back() -> None:
    assert STEP.values(started()) == {}
    assert STEP.values(at("identity")) == {"accept": "yes"}
