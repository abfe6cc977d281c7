"""Screen 4: the e-mail address, written twice."""

from webapp.core import fields
from webapp.steps.contact import ContactSpec, contact_step

STEP = contact_step(ContactSpec("email", "email", fields.email, str, ready=lambda state: state.member is not None))
