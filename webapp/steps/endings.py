"""What happens once everything in a journey is proved: a sign-in opens, a contact is replaced."""

from webapp.core.account import ReplaceContact
from webapp.core.flow import Ended
from webapp.core.state import Slot, State, held
from webapp.core.step import Apply, Effect, Note, OpenSignIn
from webapp.steps.notices import told


def signed_in(state: State, _: float) -> Ended | None:
    """An unknown browser proved a contact of the account: it is known from now on, and the mailbox hears of it."""
    slot: Slot = "phone" if state.channel == "sms" else "email"
    contact = held(state, slot)
    if contact is None or not contact.proven or state.member is None or state.visitor is None:
        return None
    notices = tuple(tell for tell in told(state, "new_browser") if tell.channel == "email")
    opened = OpenSignIn(state.member, state.visitor, state.started_at)
    return Ended(_done(state), (opened, *notices, Note("sign-in.opened", state.member)))


def new_email(state: State, _: float) -> Ended | None:
    """A signed-in member proved another e-mail address."""
    return _replaced(state, "email")


def new_phone(state: State, _: float) -> Ended | None:
    """A signed-in member proved another mobile number."""
    return _replaced(state, "phone")


def _replaced(state: State, slot: Slot) -> Ended | None:
    contact = held(state, slot)
    if contact is None or not contact.proven or state.member is None:
        return None
    change = Apply(ReplaceContact(state.member, state.journey, slot, contact.address))
    effects: tuple[Effect, ...] = (change, *told(state, f"new_{slot}"), Note(f"{slot}.replaced", state.member))
    return Ended(_done(state), effects, notice=f"{slot}-replaced")


def _done(state: State) -> State:
    return State(state.journey, state.door, state.started_at, visitor=state.visitor, done=True)
