"""The journeys of the product, to be laid beside the guide's slides: address, percentage, step."""

from dataclasses import dataclass
from typing import Final

from webapp.core.flow import Journey, Screen
from webapp.steps import email, email_code, identity, password, payment, phone, phone_code, terms

HOME: Final = "/mon_compte"

ACTIVATION: Final[Journey] = (
    Screen("conditions", None, terms.STEP),
    Screen("identification", 15, identity.STEP),
    Screen("paiement", 30, payment.STEP),
    Screen("email", 45, email.STEP),
    Screen("email-code", 60, email_code.STEP),
    Screen("telephone", 75, phone.STEP),
    Screen("telephone-code", 90, phone_code.STEP),
    Screen("mot-de-passe", 100, password.STEP),
)


@dataclass(frozen=True)
class End:
    """A screen that takes no answer, where a journey ends, well or not: its address and its partial."""

    path: str
    partial: str


ENDS: Final = {
    "done": End("termine", "steps/done.html"),
    "expired": End("expiree", "notices/expired.html"),
    "already_active": End("deja-actif", "notices/already_active.html"),
}
