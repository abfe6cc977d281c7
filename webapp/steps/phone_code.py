"""Screen 7: the code that proves the mobile number."""

from webapp.core.fields import masked_phone
from webapp.steps.code import CodeSpec, code_step

STEP = code_step(CodeSpec("phone_code", "phone", "sms", masked_phone))
