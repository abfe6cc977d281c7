"""Screen 6: the mobile number, written twice."""

from webapp.core import fields
from webapp.core.state import proven
from webapp.steps.contact import ContactSpec, contact_step

STEP = contact_step(
    ContactSpec("phone", "sms", fields.phone, fields.spaced_phone, ready=lambda state: proven(state, "email"))
)
