"""The member wants to close the account: it is erased after some days, in which they may think again."""

from webapp.core.account import CloseAccount
from webapp.core.limits import ACCOUNT, DAY
from webapp.core.state import State
from webapp.core.step import Action, Advance, Apply, Data, Effect, FieldError, Note, Outcome, Stay, Step, nothing_typed
from webapp.core.views import ClosingView
from webapp.steps.common import nothing_to_gather
from webapp.steps.notices import told


def parse(_: State, data: Data, __: float) -> str | Stay:
    """Any value of `sure` is a tick."""
    return data.get("sure") or Stay((FieldError("sure", "required"),))


def decide(state: State, _: str, __: None, now: float) -> Outcome:
    """The wish is written down, and every address hears of it."""
    member = state.member or ""
    change = Apply(CloseAccount(member, state.journey, now + ACCOUNT.cooling_off))
    ended = State(state.journey, state.door, state.started_at, done=True)
    effects: tuple[Effect, ...] = (change, *told(state, "closing"), Note("account.closing", member))
    return Advance(ended, effects, gain=True, notice="closing-wished")


STEP = Step(
    key="closing",
    ready=lambda state: state.member is not None,
    action=Action(parse, nothing_to_gather, decide, errors={"sure": ("required",)}),
    view=lambda _, __: ClosingView(ACCOUNT.cooling_off // DAY),
    values=nothing_typed,
)
