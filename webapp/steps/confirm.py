"""Before something important changes in the space, the password is asked again."""

from dataclasses import dataclass

from msgspec.structs import replace

from webapp.core import passwords
from webapp.core.limits import PASSWORD
from webapp.core.state import Contact, Door, OnFile, State
from webapp.core.step import Action, Advance, Budget, Data, FieldError, Outcome, Stay, Step, no_view, nothing_typed
from webapp.ports import Services

_PROVEN = {  # what an account proves already, by what is about to change
    Door.NEW_EMAIL: ("phone",),
    Door.NEW_PHONE: ("email",),
}


@dataclass(frozen=True)
class Confirmed:
    """Whether it is the password, and the contacts of the account."""

    right: bool
    on_file: OnFile | None = None


def _holder(state: State) -> str:
    if state.holder is None:
        raise RuntimeError("only whoever is signed in is asked again")
    return state.holder


def parse(_: State, data: Data, __: float) -> str | Stay:
    """The password of now."""
    password = passwords.normalise(data.get("current_password", ""))
    return password[: PASSWORD.longest + 1] or Stay((FieldError("current_password", "required"),))


async def gather(state: State, form: str, services: Services) -> Confirmed:
    """Whether it is the right one."""
    account = await services.space.summary(_holder(state))
    verified = await services.hasher.verify(form, await services.space.password_hash(_holder(state)))
    return Confirmed(verified.right and account is not None, account.on_file if account else None)


def decide(state: State, _: str, facts: Confirmed, now: float) -> Outcome:
    """From here on the member is proved, and so are the contacts that stay."""
    if not facts.right or facts.on_file is None:
        return Stay((FieldError("current_password", "wrong"),))
    staying = _PROVEN.get(state.door, ("email", "phone"))
    email, phone = (
        Contact(address, generation=0, issued_at=now, sent_at=now, proven=True) if slot in staying else None
        for slot, address in (("email", facts.on_file.email), ("phone", facts.on_file.phone))
    )
    return Advance(replace(state, member=state.holder, on_file=facts.on_file, email=email, phone=phone), gain=True)


STEP = Step(
    key="confirm",
    ready=lambda _: True,
    action=Action(
        parse,
        gather,
        decide,
        errors={"current_password": ("required", "wrong")},
        budgets=(Budget("password-again", lambda state, _, __: _holder(state), clears=True),),
    ),
    view=no_view,
    values=nothing_typed,
)
