"""Screen 6 of a recovery: the mobile number on file."""

from webapp.core.fields import masked_phone
from webapp.core.state import State, proven
from webapp.steps.on_file import OnFileSpec, on_file_step


def _opens(state: State) -> bool:
    """Behind the e-mail address, proven or said to be lost."""
    return proven(state, "email") or state.lost in ("email", "both")


STEP = on_file_step(OnFileSpec("phone", "sms", masked_phone, ready=_opens))
