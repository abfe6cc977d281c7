"""Screen 8: the member chooses a password, and the account is written."""

from typing import NewType

from webapp.core import passwords
from webapp.core.limits import PASSWORD
from webapp.core.state import State
from webapp.core.step import (
    Action,
    Advance,
    CreateAccount,
    Data,
    FieldError,
    Note,
    Outcome,
    Stay,
    Step,
    Tell,
    nothing_typed,
)
from webapp.core.views import PasswordView
from webapp.ports import Services

ERRORS = {
    "password": ("required", "short", "long", "no_capital", "no_digit"),
    "password_confirm": ("required", "mismatch"),
}
_COUNTS = {"short": PASSWORD.shortest, "long": PASSWORD.longest}
Password = NewType("Password", str)


def parse(_: State, data: Data, __: float) -> Password | Stay:
    """The password as chosen, twice the same."""
    password = passwords.normalise(data.get("password", ""))
    again = passwords.normalise(data.get("password_confirm", ""))
    errors = tuple(FieldError("password", code, n=_COUNTS.get(code)) for code in passwords.faults(password))
    if not again:
        errors += (FieldError("password_confirm", "required"),)
    elif again != password:
        errors += (FieldError("password_confirm", "mismatch"),)
    return Stay(errors) if errors else Password(password)


async def gather(_: State, form: Password, services: Services) -> str:
    """The hash to keep."""
    return await services.hasher.hash(form)


def decide(state: State, _: Password, password_hash: str, __: float) -> Outcome:
    """The account with what was proved, a word to both addresses, and a journey that remembers nothing more."""
    if state.member is None or state.email is None or state.phone is None or state.terms is None:
        raise RuntimeError("the password stands behind everything else")
    account = CreateAccount(
        state.member,
        state.journey,
        state.email.address,
        state.phone.address,
        password_hash,
        state.terms.version,
        state.terms.accepted_at,
    )
    told = (
        Tell("email", "account_ready_email", state.email.address, key=f"{state.journey}|ready|email"),
        Tell("sms", "account_ready_sms", state.phone.address, key=f"{state.journey}|ready|sms"),
    )
    ended = State(state.journey, state.door, state.started_at, done=True)
    return Advance(ended, (account, *told, Note("account.created", state.member)), gain=True)


STEP = Step(
    key="password",
    ready=lambda state: (
        state.phone is not None and state.phone.proven and state.email is not None and state.email.proven
    ),
    action=Action(parse, gather, decide, errors=ERRORS),
    view=lambda _, __: PasswordView(PASSWORD.shortest, PASSWORD.longest),
    values=nothing_typed,
)
