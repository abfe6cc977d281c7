"""Builds the two screens of a recovery that write to a contact on file: nothing is typed, or it is said to be lost."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from msgspec.structs import replace

from webapp.core.cases import case_number
from webapp.core.state import Channel, OnFile, Slot, State, known
from webapp.core.step import Action, Advance, Budget, Data, Note, Outcome, Step, nothing_typed
from webapp.core.views import OnFileView
from webapp.ports import Services
from webapp.steps.common import nothing_to_gather
from webapp.steps.contact import charged, put, tally, written_to

_OTHER: Final[dict[Slot, Slot]] = {"email": "phone", "phone": "email"}


@dataclass(frozen=True)
class OnFileSpec:
    """What differs between the two: the slot of the state, the channel, how an address is masked, when it opens."""

    slot: Slot
    channel: Channel
    mask: Callable[[str], str]
    ready: Callable[[State], bool]


@dataclass(frozen=True)
class Wish:
    """Write to this address; None: the contact is out of reach."""

    address: str | None


def on_file(state: State) -> OnFile:
    """The contacts of the account that is recovered or signed in to."""
    if state.on_file is None:
        raise RuntimeError("a contact on file stands behind the verdict")
    return state.on_file


def _parse(spec: OnFileSpec, state: State, data: Data) -> Wish:
    return Wish(None if data.get("lost") else known(on_file(state), spec.slot))


def _decide(spec: OnFileSpec, state: State, wish: Wish, now: float) -> Outcome:
    return _lost(spec, state) if wish.address is None else _found(spec, state, wish.address, now)


def _lost(spec: OnFileSpec, state: State) -> Outcome:
    """One lost contact can be replaced once the other is proven; of a frozen account none."""
    if state.lost == spec.slot:
        return Advance(state)
    both = state.lost == _OTHER[spec.slot] or on_file(state).frozen
    note = Note("recovery.helpline", state.member or "", detail=case_number(state.journey))
    lost = put(replace(state, lost="both" if both else spec.slot), spec.slot, None, tally(state, spec.slot))
    return Advance(lost, (note,) if both else ())


def _found(spec: OnFileSpec, state: State, address: str, now: float) -> Outcome:
    """Back in reach: whatever was to replace it is forgotten."""
    if state.lost == spec.slot:
        state = put(replace(state, lost=None), spec.slot, None, tally(state, spec.slot))
    elif state.lost == "both":
        state = replace(state, lost=None if on_file(state).frozen else _OTHER[spec.slot])
    return written_to(state, spec.slot, spec.channel, address, now)


def _charge(spec: OnFileSpec, state: State, wish: Wish, now: float) -> str | None:
    return charged(state, spec.slot, wish.address, now) if wish.address else None


def on_file_step(spec: OnFileSpec) -> Step[Wish, None, Services]:
    """The step of a contact on file: one press sends the code there, another says that it is lost."""
    return Step(
        key=f"{spec.slot}_on_file",
        ready=spec.ready,
        action=Action(
            parse=lambda state, data, _: _parse(spec, state, data),
            gather=nothing_to_gather,
            decide=lambda state, wish, _, now: _decide(spec, state, wish, now),
            errors={},
            budgets=(Budget("send-destination", lambda state, wish, now: _charge(spec, state, wish, now)),),
        ),
        view=lambda state, _: OnFileView(spec.mask(known(on_file(state), spec.slot)), state.lost == spec.slot),
        values=nothing_typed,
    )
