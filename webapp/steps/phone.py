"""Screen 6: the mobile number, written twice."""

from webapp.core import fields
from webapp.core.state import State
from webapp.steps.contact import ContactSpec, contact_step


def _email_proven(state: State) -> bool:
    return state.email is not None and state.email.proven


STEP = contact_step(ContactSpec("phone", "sms", fields.phone, fields.spaced_phone, ready=_email_proven))
