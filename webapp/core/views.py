"""What a partial receives, field by field: the contract between the code and the designers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from webapp.core.step import FieldError


@dataclass(frozen=True)
class CaptchaView:
    """The robot check of a screen. `challenge` is the puzzle as JSON; `answer` keeps a solution that was not spent."""

    kind: str
    challenge: str
    answer: str = ""


@dataclass(frozen=True)
class ScreenView:
    """The frame of every step. `name` is the step's key and the prefix of its texts; `path` is where its form goes;
    `number`, `total` and `percent` are None on a screen that is not counted; `errors` are in the order of the fields;
    `notice` is the code of a sentence above the step; `view` is what this step alone shows."""

    name: str
    path: str
    number: int | None = None
    total: int | None = None
    percent: int | None = None
    back: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    errors: tuple[FieldError, ...] = ()
    notice: str | None = None
    captcha: CaptchaView | None = None
    view: Any = None


@dataclass(frozen=True)
class PaymentView:
    """`question` names the field that is asked; `employer_given`: screen 2 already took the employer's number."""

    question: str
    employer_given: bool


@dataclass(frozen=True)
class ContactView:
    """`changes_left` counts how often the address or number may still be changed in this journey."""

    changes_left: int


@dataclass(frozen=True)
class CodeView:
    """Where the code went (`masked`), until what clock time it works, and when the next message may be asked for.
    Clock times are HH:MM in Casablanca; `resend_in` is in seconds from now (0: at once); `sends_left` counts
    resends."""

    channel: str
    masked: str
    valid_until: str
    expired: bool
    resend_clock: str
    resend_in: int
    sends_left: int
    digits: int


@dataclass(frozen=True)
class PasswordView:
    """The two lengths of the rule, in characters."""

    shortest: int
    longest: int
