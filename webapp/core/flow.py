"""Where a member stands. No place is stored: it is found by walking the table while each step is ready."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from webapp.core.state import State
from webapp.core.step import Step

AnyStep = Step[Any, Any, Any]


@dataclass(frozen=True)
class Screen:
    """One row of a journey: its address under /mon_compte, its percentage (None: not counted), its step."""

    path: str
    percent: int | None
    step: AnyStep


Journey = Sequence[Screen]


def furthest(journey: Journey, state: State) -> Screen:
    """The last screen of the unbroken run of ready ones. The first screen is always ready."""
    reached = journey[0]
    for screen in journey[1:]:
        if not screen.step.ready(state):
            break
        reached = screen
    return reached


def allows(journey: Journey, state: State, screen: Screen) -> bool:
    """Whether a member may stand on that screen: it is not past the furthest one."""
    return journey.index(screen) <= journey.index(furthest(journey, state))


def back(journey: Journey, screen: Screen) -> Screen | None:
    """The screen before, None on the first."""
    place = journey.index(screen)
    return journey[place - 1] if place else None


def counted(journey: Journey, screen: Screen) -> tuple[int, int] | None:
    """The n and m of "step n of m" over the screens that carry a percentage; None for those that carry none."""
    steps = [row for row in journey if row.percent is not None]
    return (steps.index(screen) + 1, len(steps)) if screen in steps else None
