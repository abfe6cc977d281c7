"""Screen 4: the e-mail address, written twice."""

from webapp.core import fields
from webapp.core.state import State, proven
from webapp.steps.contact import ContactSpec, contact_step


def _opens(state: State) -> bool:
    """The first address comes after the verdict; one in place of a lost one after the other contact as well."""
    return state.member is not None and (state.lost is None or proven(state, "phone"))


STEP = contact_step(ContactSpec("email", "email", fields.email, str, ready=_opens))
