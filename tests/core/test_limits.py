"""The figures agree with one another, and with what trust.md promises members and operators."""

from typing import Any, get_args

import limits
import pytest

from tests.steps.walk import STEPS
from webapp.core.limits import (
    BODY_BYTES,
    BUDGETS,
    CODE,
    DELIVERY_LADDER,
    DELIVERY_LEASE,
    HOUR,
    JOURNEY,
    MINUTE,
    OVERTAKEN,
    PASSWORD,
    REPLAY,
    RESEND_AFTER,
)
from webapp.core.state import Channel
from webapp.core.step import Action


@pytest.mark.parametrize(
    ("figure", "promised"),
    [
        (CODE.digits, 6),
        (CODE.life, 10 * MINUTE),
        (CODE.tries, 5),
        (CODE.resends, 4),
        (CODE.changes, 3),
        (RESEND_AFTER["email"], 60),
        (RESEND_AFTER["sms"], 120),
        (JOURNEY.idle, 30 * MINUTE),
        (JOURNEY.absolute, 60 * MINUTE),
        (PASSWORD.shortest, 8),
        (PASSWORD.longest, 128),
        (BODY_BYTES, 16 * 1024),
        (DELIVERY_LEASE, 10),
        (DELIVERY_LADDER, (0, 5, 15, 45, 120, 300)),
        (BUDGETS["identity-answers"], ("5/hour", "8/day")),
        (BUDGETS["code-journey"], ("15/hour",)),
        (BUDGETS["code-member"], ("20/day",)),
        (BUDGETS["send-destination"], ("3/15 minutes", "5/hour", "10/day")),
    ],
    ids=str,
)
def test_a_figure_is_the_one_that_was_promised(figure: object, promised: object) -> None:
    assert figure == promised


def test_every_channel_has_its_pause_and_a_resend_fits_into_the_first_half_of_a_code_s_life() -> None:
    assert set(RESEND_AFTER) == set(get_args(Channel))
    assert max(RESEND_AFTER.values()) < CODE.life / 2


def test_the_last_try_to_deliver_comes_while_the_code_still_works() -> None:
    assert sum(DELIVERY_LADDER) < CODE.life


def test_a_code_ends_before_its_journey_and_rest_before_the_whole() -> None:
    assert CODE.life < JOURNEY.idle < JOURNEY.absolute
    assert JOURNEY.absolute <= HOUR  # a guess budget per journey counts by the hour


def test_the_wait_for_the_first_of_two_clicks_ends_before_its_answer_is_forgotten() -> None:
    assert sum(OVERTAKEN) < REPLAY


@pytest.mark.parametrize(("row", "windows"), list(BUDGETS.items()))
def test_a_longer_window_allows_more_in_all_but_not_more_often(row: str, windows: tuple[str, ...]) -> None:
    rates = sorted((window.get_expiry(), window.amount) for text in windows for window in [limits.parse(text)])
    assert [amount for _, amount in rates] == sorted({amount for _, amount in rates})
    pace = [amount / seconds for seconds, amount in rates]
    assert pace == sorted(pace, reverse=True)


def test_every_budget_of_a_step_is_a_row_of_the_table_and_every_row_is_used() -> None:
    actions: list[Action[Any, Any, Any]] = [step.action for step in STEPS.values()]
    actions += [step.resend for step in STEPS.values() if step.resend]
    assert {budget.row for action in actions for budget in action.budgets} == set(BUDGETS)
