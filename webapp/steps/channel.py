"""A browser that is not known yet: the member says where the code goes."""

from dataclasses import dataclass
from typing import Final, get_args

from msgspec.structs import replace

from webapp.core.fields import masked_email, masked_phone
from webapp.core.state import Channel, Slot, State, known
from webapp.core.step import Action, Advance, Budget, Data, FieldError, Stay, Step, nothing_typed
from webapp.core.views import ChannelView
from webapp.steps.common import nothing_to_gather
from webapp.steps.contact import charged, written_to
from webapp.steps.on_file import on_file

_SLOTS: Final[dict[Channel, Slot]] = {"sms": "phone", "email": "email"}


@dataclass(frozen=True)
class Choice:
    """By which channel, and to which address of the account."""

    channel: Channel
    address: str


def parse(state: State, data: Data, _: float) -> Choice | Stay:
    """One of the two."""
    chosen: Channel | None = next((channel for channel in get_args(Channel) if channel == data.get("channel")), None)
    if chosen is None:
        return Stay((FieldError("channel", "required"),))
    return Choice(chosen, known(on_file(state), _SLOTS[chosen]))


def decide(state: State, form: Choice, _: None, now: float) -> Advance:
    """The code goes there, unless one that still lives is on its way."""
    chosen = replace(state, channel=form.channel)
    return written_to(chosen, _SLOTS[form.channel], form.channel, form.address, now)


def view(state: State, _: float) -> ChannelView:
    """Both contacts, masked."""
    return ChannelView(masked_email(on_file(state).email), masked_phone(on_file(state).phone))


STEP = Step(
    key="channel",
    ready=lambda state: state.member is not None,
    action=Action(
        parse,
        nothing_to_gather,
        decide,
        errors={"channel": ("required",)},
        budgets=(
            Budget[Choice](
                "send-destination", lambda state, form, now: charged(state, _SLOTS[form.channel], form.address, now)
            ),
        ),
    ),
    view=view,
    values=nothing_typed,
)
