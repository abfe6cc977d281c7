"""How a member who has an account comes back: by recovery, by signing in, or with the link of a notice."""

import re
from typing import Final

from tests.support.journey import PASSWORD, Member, Town
from tests.support.visitor import HOME, Page, Visitor
from webapp.core.state import Slot

NEW_PASSWORD: Final = "Un-autre-mot-8"
CONNEXION, ESPACE, PAS_MOI = "/connexion", "/espace", "/pas-moi"
_LINK = re.compile(r"https?://\S+")
_SENDING: Final = ("email", "telephone", "nouvel-email", "nouveau-telephone")


def recover(
    town: Town,
    visitor: Visitor,
    member: Member,
    until: str = "termine",
    *,
    lost: Slot | None = None,
    door: str = "recovery",
    password: str = NEW_PASSWORD,
) -> Page:
    """From the start to a screen of a recovery; a lost contact is replaced by the member's other one."""
    visitor.get(HOME)
    page, before = visitor.send(HOME, door=door), dict[str, int]()
    for _ in range(12):
        screen = page.path.removeprefix(f"{HOME}/")
        if screen == until:
            return page
        if screen in _SENDING:
            before = {to: len(town.codes(to)) for to in addresses(member)}
        page = visitor.send(**answers(town, member, screen, before, lost=lost, password=password))
    raise AssertionError(f"expected {until}, stands on {page.path}: {page.words()[:300]}")


def answers(
    town: Town, member: Member, screen: str, before: dict[str, int], *, lost: Slot | None, password: str
) -> dict[str, str]:
    """What a member sends to a screen of a recovery; `before` counts the codes each address had got by then."""
    match screen:
        case "email" | "telephone":
            return {"lost": "yes"} if (screen == "email") == (lost == "email") and lost else {}
        case "nouvel-email":
            return {"email": member.other_email, "email_confirm": member.other_email}
        case "nouveau-telephone":
            return {"phone": member.other_phone, "phone_confirm": member.other_phone}
        case "email-code" | "telephone-code" | "nouvel-email-code" | "nouveau-telephone-code":
            to = _written_to(member, screen)
            return {"code": town.code(to, before[to] + 1)}
        case "mot-de-passe":
            return {"password": password, "password_confirm": password}
        case _:
            return town.answers(member, screen)


def _written_to(member: Member, screen: str) -> str:
    return {
        "email-code": member.email,
        "telephone-code": member.phone,
        "nouvel-email-code": member.other_email,
        "nouveau-telephone-code": member.other_phone,
    }[screen]


def addresses(member: Member) -> tuple[str, ...]:
    """Every address a member has, now or afterwards."""
    return (member.email, member.phone, member.other_email, member.other_phone)


def knock(visitor: Visitor, member: Member, password: str = PASSWORD) -> Page:
    """Number and password at the door."""
    visitor.get(CONNEXION)
    return visitor.send(registration_number=member.row["registration_number"], password=password)


def sign_in(
    town: Town, visitor: Visitor, member: Member, password: str = PASSWORD, by: str = "sms", to: str | None = None
) -> Page:
    """Into the space, with the code that an unknown browser is asked for; `to` is where it is expected."""
    page = knock(visitor, member, password)
    if page.path != f"{CONNEXION}/canal":
        return page
    to = to or (member.phone if by == "sms" else member.email)
    before = len(town.codes(to))
    visitor.send(channel=by)
    return visitor.send(code=town.code(to, before + 1))


def settled(town: Town, member: Member) -> Visitor:
    """The browser of a member who has just got an account, signed in."""
    visitor = town.visitor()
    town.walk(visitor, member, "termine")
    page = sign_in(town, visitor, member)
    assert page.path == ESPACE, page.words()[:300]
    return visitor


def links(message: dict[str, str]) -> list[str]:
    """The addresses in a message, each once however many languages it is in."""
    return list(dict.fromkeys(_LINK.findall(message["body"])))


def alarms(town: Town, to: str) -> list[str]:
    """The paths of the "this was not me" links that an address was sent, the newest first."""
    found = [link for message in town.messages(to) for link in links(message) if f"{PAS_MOI}/" in link]
    return [link[link.index(PAS_MOI) :] for link in found]


def alarm(town: Town, to: str, count: int = 1) -> str:
    """The newest such link once the address was sent so many."""
    return town.until(lambda: found[0] if len(found := alarms(town, to)) >= count else None)
