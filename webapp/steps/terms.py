"""Screen 1: the member accepts the terms before anything is asked."""

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from webapp.core.state import State, Terms
from webapp.core.step import Action, Advance, Data, FieldError, Outcome, Stay, Step, no_view
from webapp.ports import Services


@dataclass(frozen=True)
class Accepted:
    """The box was ticked, at that moment (Unix seconds)."""

    at: float


def parse(_: State, data: Data, now: float) -> Accepted | Stay:
    """Any value of `accept` is a tick."""
    return Accepted(now) if data.get("accept") else Stay((FieldError("accept", "required"),))


async def gather(_: State, __: Accepted, services: Services) -> str:
    """The version of the terms now in force."""
    return services.terms_version


def decide(state: State, form: Accepted, version: str, _: float) -> Outcome:
    """An acceptance stands; accepting a newer version replaces it."""
    kept = state.terms if state.terms and state.terms.version == version else Terms(version, form.at)
    return Advance(replace(state, terms=kept))


def values(state: State) -> Mapping[str, str]:
    """The tick of before."""
    return {"accept": "yes"} if state.terms else {}


STEP = Step(
    key="terms",
    ready=lambda _: True,
    action=Action(parse, gather, decide, errors={"accept": ("required",)}),
    view=no_view,
    values=values,
)
