"""The journeys of the product, to be laid beside the guide's slides: address, percentage, step, and for whom."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from webapp.core.flow import Journey, Screen, Table, furthest
from webapp.core.state import Door, Slot, State
from webapp.steps import (
    channel,
    closing,
    confirm,
    email,
    email_code,
    email_on_file,
    endings,
    identity,
    password,
    payment,
    phone,
    phone_code,
    phone_on_file,
    sign_in,
    terms,
)

HOME: Final = "/mon_compte"
SIGN_IN: Final = "/connexion"
SPACE: Final = "/espace"
SIGN_OUT: Final = "/deconnexion"
ALARM: Final = "/pas-moi"


def lost(slot: Slot) -> Callable[[State], bool]:
    """For a member who lost that contact."""
    return lambda state: state.lost == slot


def kept(slot: Slot) -> Callable[[State], bool]:
    """For a member who still has that contact."""
    return lambda state: state.lost != slot


ACTIVATION: Final[Table] = (
    Screen("conditions", None, terms.STEP),
    Screen("identification", 15, identity.STEP),
    Screen("paiement", 30, payment.STEP),
    Screen("email", 45, email.STEP),
    Screen("email-code", 60, email_code.STEP),
    Screen("telephone", 75, phone.STEP),
    Screen("telephone-code", 90, phone_code.STEP),
    Screen("mot-de-passe", 100, password.STEP),
)

RECOVERY: Final[Table] = (
    Screen("conditions", None, terms.STEP),
    Screen("identification", 15, identity.STEP),
    Screen("paiement", 30, payment.STEP),
    Screen("email", 45, email_on_file.STEP),
    Screen("email-code", 60, email_code.STEP, kept("email")),
    Screen("telephone", 75, phone_on_file.STEP),
    Screen("telephone-code", 90, phone_code.STEP, kept("phone")),
    Screen("nouvel-email", 93, email.STEP, lost("email")),
    Screen("nouvel-email-code", 96, email_code.STEP, lost("email")),
    Screen("nouveau-telephone", 93, phone.STEP, lost("phone")),
    Screen("nouveau-telephone-code", 96, phone_code.STEP, lost("phone")),
    Screen("mot-de-passe", 100, password.STEP),
)

SIGNING_IN: Final[Table] = (
    Screen("", None, sign_in.STEP),
    Screen("canal", None, channel.STEP),
    Screen("sms", None, phone_code.STEP, lambda state: state.channel == "sms"),
    Screen("email", None, email_code.STEP, lambda state: state.channel == "email"),
)

NEW_EMAIL: Final[Table] = (
    Screen("verification", None, confirm.STEP),
    Screen("adresse", None, email.STEP),
    Screen("code", None, email_code.STEP),
)

NEW_PHONE: Final[Table] = (
    Screen("verification", None, confirm.STEP),
    Screen("numero", None, phone.STEP),
    Screen("code", None, phone_code.STEP),
)

NEW_PASSWORD: Final[Table] = (
    Screen("verification", None, confirm.STEP),
    Screen("nouveau", None, password.STEP),
)

CLOSING: Final[Table] = (
    Screen("verification", None, confirm.STEP),
    Screen("fermeture", None, closing.STEP),
)


@dataclass(frozen=True)
class End:
    """A screen that takes no answer, where a journey ends, well or not: its address and its partial."""

    path: str
    partial: str


ENDS: Final = {
    "done": End(f"{HOME}/termine", "steps/done.html"),
    "expired": End(f"{HOME}/expiree", "notices/expired.html"),
    "helpline": End(f"{HOME}/aide", "notices/helpline.html"),
}


JOURNEYS: Final[Mapping[Door, Journey]] = {
    Door.ACTIVATION: Journey(HOME, ACTIVATION, ENDS["done"].path, ENDS["expired"].path),
    Door.RECOVERY: Journey(HOME, RECOVERY, ENDS["done"].path, ENDS["expired"].path),
    Door.SIGN_IN: Journey(SIGN_IN, SIGNING_IN, SPACE, SIGN_IN, endings.signed_in),
    Door.NEW_EMAIL: Journey(f"{SPACE}/email", NEW_EMAIL, SPACE, SPACE, endings.new_email),
    Door.NEW_PHONE: Journey(f"{SPACE}/telephone", NEW_PHONE, SPACE, SPACE, endings.new_phone),
    Door.NEW_PASSWORD: Journey(f"{SPACE}/mot-de-passe", NEW_PASSWORD, SPACE, SPACE),
    Door.CLOSING: Journey(f"{SPACE}/fermeture", CLOSING, SPACE, SPACE),
}


def place(state: State) -> str:
    """The address where a member stands."""
    journey = JOURNEYS[state.door]
    if state.done:
        return journey.end
    if state.lost == "both":
        return ENDS["helpline"].path
    return journey.address(furthest(journey.table, state))
