"""What the gallery's screens show of a member: fictional values of every view."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from webapp.branding.model import Service
from webapp.core.limits import ACCOUNT, CODE, DAY, PASSWORD, SIGN_IN
from webapp.core.localized import Localized
from webapp.core.step import Data, FieldError
from webapp.core.views import (
    CaptchaView,
    ChannelView,
    ClosingView,
    CodeView,
    ContactView,
    HoldingsView,
    OnFileView,
    PasswordView,
    PaymentView,
    RecoveredView,
    SessionView,
    SignInLine,
    SignInsView,
    SpaceView,
)

_DAY: Final = "21/09/2026"
_BEFORE: Final = "02/06/2025"
_CLOCK: Final = "14:32"
_EMAIL: Final = "a•••@exemple.ma"
_PHONE: Final = "+212 6 •• •• •• 42"


@dataclass(frozen=True)
class Sample:
    """One view of a step. `without` names the fields (`bank_last8`) and errors (`resend.exhausted`) that can not be
    seen on it; `branding` is what the fund's file would say."""

    view: object = None
    without: frozenset[str] = frozenset()
    values: Data = field(default_factory=dict)
    branding: Mapping[str, Any] = field(default_factory=dict)


# --- Steps

SESSION: Final = SessionView(_CLOCK, ends_in=SIGN_IN.idle, warning=SIGN_IN.warning, extends=True)
LAST_SESSION: Final = SessionView("21:05", ends_in=2 * SIGN_IN.warning, warning=SIGN_IN.warning, extends=False)
_PUZZLE: Final = (  # a genuine one, found at the sixth guess
    '{"parameters":{"algorithm":"PBKDF2/SHA-256","cost":1,"keyLength":32,"keyPrefix":"1f5b14aebdffceccae57746ed9b61ca9",'
    '"nonce":"7839ac29d5c6729699820bc7ad2f2f48","salt":"eeacaf3694cb51ba65c369cc998ecbf6"},"signature":"8cc498aae2067181"}'
)
CAPTCHAS: Final[Mapping[str, CaptchaView]] = {
    "asked": CaptchaView("altcha", _PUZZLE),
    "solved": CaptchaView("altcha", _PUZZLE, answer="solved"),
    "off": CaptchaView("off", ""),
}
TYPED: Final[Data] = {
    "registration_number": "003458721",
    "employer_id": "7714209",
    "national_id": "BE845213",
    "birth_day": "9",
    "birth_month": "3",
    "birth_year": "1971",
    "bank_last8": "00348815",
    "civil_status_number": "000417",
    "email": "amina@exemple.ma",
    "email_confirm": "amina@exemple.ma",
    "phone": "06 12 34 56 42",
    "phone_confirm": "06 12 34 56 42",
}
_ALL_FILLED: Final = (
    FieldError("code", "format", values={"digits": str(CODE.digits)}),
    FieldError("code", "wrong", n=3),
    FieldError("resend", "early", values={"clock": _CLOCK}),
    FieldError("password", "short", n=PASSWORD.shortest),
    FieldError("password", "long", n=PASSWORD.longest),
    FieldError("form", "limited", values={"clock": _CLOCK}),
    FieldError("form", "on_hold", values={"day": _DAY, "clock": _CLOCK}),
)
FILLED: Final = {(error.field, error.code): error for error in _ALL_FILLED}  # errors whose words take a value


def _code(channel: str, masked: str) -> Mapping[str, Sample]:
    fresh = CodeView(channel, masked, _CLOCK, expired=False, resend_clock="14:24", resend_in=42, sends_left=4, digits=6)
    over = replace(fresh, expired=True, resend_in=0)
    used_up = frozenset({"resend.exhausted"})
    return {
        "blank": Sample(fresh, used_up | {"code.expired", "code.spent"}),
        "resend_open": Sample(replace(fresh, resend_in=0), used_up | {"resend.early", "code.expired"}),
        "expired": Sample(over, used_up | {"resend.early"}),
        "no_sends_left": Sample(replace(fresh, sends_left=0, resend_in=0), frozenset({"resend.early"})),
        "expired_no_sends_left": Sample(replace(over, sends_left=0), frozenset({"resend.early"})),
        "on_file": Sample(replace(fresh, on_file=True), used_up | {"code.expired"}),
    }


def _payment(question: str, other: str) -> Mapping[str, Sample]:
    return {
        question: Sample(PaymentView(question, employer_given=False), frozenset({other})),
        f"{question}_employer_given": Sample(
            PaymentView(question, employer_given=True), frozenset({other, "employer_id"})
        ),
    }


_KINDS: Final = {  # before a kind of number is chosen, and with the field of each
    "blank": Sample(without=frozenset({"registration_number", "employer_id"})),
    "registration": Sample(
        without=frozenset({"identifier_kind", "employer_id"}), values={"identifier_kind": "registration"}
    ),
    "employer": Sample(
        without=frozenset({"identifier_kind", "registration_number"}), values={"identifier_kind": "employer"}
    ),
}
_CONTACT: Final = {"blank": Sample(ContactView(CODE.changes))}
NO_VIEW: Final = {"blank": Sample()}
SAMPLES: Final[Mapping[str, Mapping[str, Sample]]] = {  # by step, the plainest first; NO_VIEW where a step is not named
    "terms": {
        "blank": Sample(),
        "accepted": Sample(values={"accept": "yes"}),
        "film": Sample(branding={"video": "https://film.example"}),
        "two_films": Sample(branding={"video": Localized("https://film.example/fr", "https://film.example/ar")}),
    },
    "identity": _KINDS,
    "payment": {
        **_payment("bank_last8", "civil_status_number"),
        **_payment("civil_status_number", "bank_last8"),
    },
    "email": _CONTACT,
    "email_code": _code("email", _EMAIL),
    "phone": _CONTACT,
    "phone_code": _code("sms", _PHONE),
    "email_on_file": {
        "blank": Sample(OnFileView(_EMAIL, lost=False)),
        "lost": Sample(OnFileView(_EMAIL, lost=True)),
    },
    "phone_on_file": {
        "blank": Sample(OnFileView(_PHONE, lost=False)),
        "lost": Sample(OnFileView(_PHONE, lost=True)),
    },
    "password": {"blank": Sample(PasswordView(PASSWORD.shortest, PASSWORD.longest))},
    "channel": {"blank": Sample(ChannelView(_EMAIL, _PHONE))},
    "closing": {"blank": Sample(ClosingView(ACCOUNT.cooling_off // DAY))},
}
ARRIVING: Final[Mapping[str, tuple[str, ...]]] = {  # what is said on arriving at one step only
    "email": ("no-account-yet",),
    "email_on_file": ("account-exists",),
    "sign_in": ("account-made", "signed-out"),
}

# --- Pages

CASE: Final = "40718263"
SERVICES: Final = (
    Service(Localized("Service A", "الخدمة أ"), "https://service.example"),
    Service(Localized("Service B", "الخدمة ب"), Localized("https://service.example/fr", "https://service.example/ar")),
)
RECOVERED: Final = {"at_once": RecoveredView(), "held": RecoveredView(_DAY, _CLOCK)}
SPACE: Final = SpaceView(_EMAIL, _PHONE, "fr", _BEFORE, _BEFORE, "2025-06", _BEFORE, sign_ins=1)
SPACE_CLOSING: Final = replace(SPACE, display="fr+ar", sign_ins=3, closes_on=_DAY)
_AT: Final = (_BEFORE, "09:05")
HOLDINGS: Final = HoldingsView(
    email="amina@exemple.ma",
    phone="+212 612-345-642",
    display="ar",
    since=_AT,
    terms_version="2025-06",
    terms_at=_AT,
    password_at=_AT,
    email_at=_AT,
    phone_at=_AT,
    closes_at=None,
    sign_ins=2,
    days=SIGN_IN.history // DAY,
)
HOLDINGS_CLOSING: Final = replace(HOLDINGS, display="fr+ar", closes_at=(_DAY, _CLOCK))
_HERE: Final = SignInLine("here", "firefox-android", _DAY, "14:02", _DAY, "14:17", here=True)
_THERE: Final = SignInLine("there", "chrome-windows", _BEFORE, "09:05", _DAY, "08:40", here=False)
_ELSEWHERE: Final = replace(_THERE, id="elsewhere", agent="other-other")
_ENDED: Final = replace(_THERE, id="ended", agent="safari-ios", ended_day=_DAY, ended_clock="08:41")
_DAYS: Final = SIGN_IN.history // DAY
SIGN_INS: Final = {
    "one": SignInsView((_HERE,), (), _DAYS),
    "several": SignInsView((_HERE, _THERE, _ELSEWHERE), (), _DAYS),
    "past": SignInsView((_HERE,), (_ENDED, replace(_ENDED, id="ended-too", agent="samsung-android")), _DAYS),
}
MESSAGES: Final = (
    {"id": "2", "channel": "sms", "to": "+212612345642", "subject": "", "body": "482913", "clock": _CLOCK},
    {"id": "1", "channel": "email", "to": "amina@exemple.ma", "subject": "Mon compte", "body": "1\n2", "clock": _CLOCK},
)
