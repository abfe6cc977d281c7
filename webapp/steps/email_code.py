"""Screen 5: the code that proves the e-mail address."""

from webapp.core.fields import masked_email
from webapp.steps.code import CodeSpec, code_step

STEP = code_step(CodeSpec("email_code", "email", "email", masked_email))
