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
class OnFileView:
    """The contact on file as it may be shown; `lost` once the member said that it is out of reach."""

    masked: str
    lost: bool


@dataclass(frozen=True)
class ChannelView:
    """The two contacts on file as they may be shown."""

    email: str
    phone: str


@dataclass(frozen=True)
class ClosingView:
    """The days between the wish to close an account and its end."""

    days: int


@dataclass(frozen=True)
class CodeView:
    """Where the code went (`masked`), until what clock time it works, and when the next message may be asked for.
    Clock times are HH:MM in Casablanca; `resend_in` is in seconds from now (0: at once); `sends_left` counts
    resends; `on_file`: it went to a contact of the account, which nobody typed."""

    channel: str
    masked: str
    valid_until: str
    expired: bool
    resend_clock: str
    resend_in: int
    sends_left: int
    digits: int
    on_file: bool = False


@dataclass(frozen=True)
class PasswordView:
    """The two lengths of the rule, in characters."""

    shortest: int
    longest: int


@dataclass(frozen=True)
class SessionView:
    """The open sign-in of the page: when it ends if nothing more is heard (HH:MM, and seconds from now), how many
    seconds before that one is asked to stay, and whether staying is still possible."""

    ends_clock: str
    ends_in: int
    warning: int
    extends: bool


@dataclass(frozen=True)
class SpaceView:
    """The account at a glance. Days are DD/MM/YYYY; `display` is that of mails and SMS (fr, ar, fr+ar); `closes_on` is
    the day the account is erased, None when nobody wishes it; `sign_ins` counts the open ones."""

    email: str
    phone: str
    display: str
    since: str
    password_since: str
    terms_version: str
    terms_on: str
    sign_ins: int
    closes_on: str | None = None


@dataclass(frozen=True)
class SignInLine:
    """One sign-in. `agent` is a browser and a system (`firefox-android`), each a known word or `other`; days are
    DD/MM/YYYY, clocks HH:MM; `ended_day` and `ended_clock` are None while it is open; `here`: the one of this page."""

    id: str
    agent: str
    day: str
    clock: str
    seen_day: str
    seen_clock: str
    here: bool
    ended_day: str | None = None
    ended_clock: str | None = None


@dataclass(frozen=True)
class SignInsView:
    """Open sign-ins, this one first, and past ones, the newest first; `days` is how long past ones are kept."""

    open: tuple[SignInLine, ...]
    past: tuple[SignInLine, ...]
    days: int


@dataclass(frozen=True)
class HoldingsView:
    """All that is held of a member, in full (law 09-08). Moments are (day, clock) pairs; None: it never happened."""

    email: str
    phone: str
    display: str
    since: tuple[str, str]
    terms_version: str
    terms_at: tuple[str, str]
    password_at: tuple[str, str]
    email_at: tuple[str, str]
    phone_at: tuple[str, str]
    closes_at: tuple[str, str] | None
    sign_ins: int
    days: int


@dataclass(frozen=True)
class RecoveredView:
    """When the new password begins to work; both None: it does already."""

    opens_day: str | None = None
    opens_clock: str | None = None
