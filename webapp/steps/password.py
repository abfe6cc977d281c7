"""Screen 8: the member chooses a password, and the account is written."""

from dataclasses import replace
from typing import NewType

from webapp.core import passwords
from webapp.core.account import Change, ChangePassword, CreateAccount, ResetPassword
from webapp.core.limits import ACCOUNT, PASSWORD
from webapp.core.state import Door, Slot, State, Terms, held, proven
from webapp.core.step import Action, Advance, Apply, Data, Effect, FieldError, Note, Outcome, Stay, Step, nothing_typed
from webapp.core.views import PasswordView
from webapp.ports import Services
from webapp.steps.notices import told

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


def decide(state: State, _: Password, password_hash: str, now: float) -> Outcome:
    """What the password is for, a word to every address, and a journey that remembers nothing more."""
    change, message, event = _change(state, password_hash, now)
    opens_at = change.opens_at if isinstance(change, ResetPassword) else None
    ended = State(state.journey, state.door, state.started_at, done=True, opens_at=opens_at)
    effects: tuple[Effect, ...] = (Apply(change), *told(state, message), Note(event, change.member))
    return Advance(ended, effects, gain=True, notice="password-changed" if isinstance(change, ChangePassword) else None)


def _change(state: State, password_hash: str, now: float) -> tuple[Change, str, str]:
    """What is written, the notice that tells of it, and the name of the event."""
    match state.door:
        case Door.ACTIVATION:
            return _created(state, password_hash), "account_ready", "account.created"
        case Door.RECOVERY:
            reset = _reset(state, password_hash, now)
            return reset, "held_reset" if reset.replaced else "password_changed", "account.recovered"
        case _:
            return _changed(state, password_hash), "password_changed", "password.changed"


def _created(state: State, password_hash: str) -> CreateAccount:
    email, phone = _address(state, "email"), _address(state, "phone")
    return CreateAccount(_member(state), state.journey, email, phone, password_hash, _terms(state))


def _reset(state: State, password_hash: str, now: float) -> ResetPassword:
    """With a new contact the password waits: whoever still has the old one can say "this was not me" before."""
    reset = ResetPassword(_member(state), state.journey, password_hash, _terms(state))
    if state.lost not in ("email", "phone"):
        return reset
    return replace(reset, replaced=state.lost, address=_address(state, state.lost), opens_at=now + ACCOUNT.hold)


def _changed(state: State, password_hash: str) -> ChangePassword:
    if state.sign_in is None:
        raise RuntimeError("only whoever is signed in changes a password")
    return ChangePassword(_member(state), state.journey, password_hash, kept=state.sign_in)


def _member(state: State) -> str:
    if state.member is None:
        raise RuntimeError("a password belongs to a member who was proved")
    return state.member


def _address(state: State, slot: Slot) -> str:
    contact = held(state, slot)
    if contact is None or not contact.proven:
        raise RuntimeError("every address of an account is proven first")
    return contact.address


def _terms(state: State) -> Terms:
    if state.terms is None:
        raise RuntimeError("the terms are accepted before anything is asked")
    return state.terms


STEP = Step(
    key="password",
    ready=lambda state: proven(state, "phone") and proven(state, "email"),
    action=Action(parse, gather, decide, errors=ERRORS),
    view=lambda _, __: PasswordView(PASSWORD.shortest, PASSWORD.longest),
    values=nothing_typed,
)
