"""Screen 4 of a recovery: the e-mail address on file."""

from webapp.core.fields import masked_email
from webapp.steps.on_file import OnFileSpec, on_file_step

STEP = on_file_step(OnFileSpec("email", "email", masked_email, ready=lambda state: state.member is not None))
