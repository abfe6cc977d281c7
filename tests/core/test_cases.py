"""A case number can be read out over the phone and tells nothing of the journey it stands for."""

from hypothesis import given
from hypothesis import strategies as st

from webapp.core.cases import case_number


@given(st.text(min_size=1))
def test_a_case_has_eight_digits_and_always_the_same(journey: str) -> None:
    number = case_number(journey)
    assert (len(number), number.isdecimal(), number) == (8, True, case_number(journey))


def test_two_journeys_are_two_cases() -> None:
    assert len({case_number(f"journey-{n}") for n in range(500)}) > 495
