"""Where a member stands. No place is stored: it is found by walking the table while each step is ready."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from webapp.core.state import State
from webapp.core.step import Advance, Effect, Step

AnyStep = Step[Any, Any, Any]


def always(_: State) -> bool:
    """The row is for everyone."""
    return True


@dataclass(frozen=True)
class Screen:
    """One row of a table: its address under the journey's, its percentage (None: not counted), its step, and for whom
    it is: others walk past it."""

    path: str
    percent: int | None
    step: AnyStep
    when: Callable[[State], bool] = always


Table = Sequence[Screen]


@dataclass(frozen=True)
class Ended:
    """All is proved: the state that remains, what happens now, and what is said of it."""

    state: State
    effects: tuple[Effect, ...]
    notice: str | None = None


def never(_: State, __: float) -> None:
    """The ending of a journey whose last step ends it."""


@dataclass(frozen=True)
class Journey:
    """A table and its surroundings: the address it stands under, where it leads in the end, where somebody is led who
    has none, and what happens once everything in it is proved."""

    home: str
    table: Table
    end: str
    absent: str
    ending: Callable[[State, float], Ended | None] = never

    def address(self, screen: Screen) -> str:
        """The address of one of its screens."""
        return f"{self.home}/{screen.path}" if screen.path else self.home


def concluded(journey: Journey, step: Advance, now: float) -> Advance:
    """A passed step, and the journey's ending when it was the last thing to prove."""
    ended = journey.ending(step.state, now)
    if ended is None:
        return step
    effects = step.effects + ended.effects
    return replace(step, state=ended.state, effects=effects, gain=True, notice=ended.notice)


def open_to(table: Table, state: State) -> list[Screen]:
    """The rows that are for this member."""
    return [screen for screen in table if screen.when(state)]


def furthest(table: Table, state: State) -> Screen:
    """The last screen of the unbroken run of ready ones. The first screen is always ready."""
    rows = open_to(table, state)
    reached = rows[0]
    for screen in rows[1:]:
        if not screen.step.ready(state):
            break
        reached = screen
    return reached


def allows(table: Table, state: State, screen: Screen) -> bool:
    """Whether a member may stand on that screen: it is for them and not past the furthest one."""
    rows = open_to(table, state)
    return screen in rows and rows.index(screen) <= rows.index(furthest(table, state))


def back(table: Table, state: State, screen: Screen) -> Screen | None:
    """The screen before, None on the first."""
    rows = open_to(table, state)
    place = rows.index(screen)
    return rows[place - 1] if place else None


def counted(table: Table, state: State, screen: Screen) -> tuple[int, int] | None:
    """The n and m of "step n of m" over the screens that carry a percentage; None for those that carry none."""
    steps = [row for row in open_to(table, state) if row.percent is not None]
    return (steps.index(screen) + 1, len(steps)) if screen in steps else None
