"""Attempts to take an account over, each by somebody who has part of what it takes; all of them fail."""

import re

import pytest

from tests.support.doors import (
    CONNEXION,
    ESPACE,
    NEW_PASSWORD,
    addresses,
    alarm,
    alarms,
    knock,
    recover,
    settled,
    sign_in,
)
from tests.support.journey import Member, Town
from tests.support.visitor import HOME
from webapp.core.state import Slot

EVIL_EMAIL = {"email": "intrus@exemple.ma", "email_confirm": "intrus@exemple.ma"}
EVIL_PHONE = {"phone": "0699999999", "phone_confirm": "0699999999"}


@pytest.fixture
def victim(town: Town, member: Member) -> Member:
    """A member with an account."""
    town.walk(town.visitor(), member, "termine")
    return member


@pytest.mark.parametrize("door", ["activation", "recovery"])
def test_right_answers_with_other_contacts_send_nothing_to_them(town: Town, victim: Member, door: str) -> None:
    intruder = town.visitor()
    recover(town, intruder, victim, "email", door=door)
    before = len(town.codes(victim.email))
    intruder.send(**EVIL_EMAIL)
    assert town.code(victim.email, before + 1), "whatever is typed, the address on file is written to"
    for path, typed in (("nouvel-email", EVIL_EMAIL), ("nouveau-telephone", EVIL_PHONE), ("telephone", EVIL_PHONE)):
        assert intruder.send(f"{HOME}/{path}", **typed).path == f"{HOME}/email-code"
    intruder.get(f"{HOME}/email")
    intruder.send(lost="yes", **EVIL_EMAIL)
    intruder.send(**EVIL_PHONE)
    assert intruder.page.path == f"{HOME}/telephone-code"
    assert intruder.send(f"{HOME}/nouvel-email", **EVIL_EMAIL).path == f"{HOME}/telephone-code"
    intruder.get(f"{HOME}/telephone")
    assert intruder.send(lost="yes").path == f"{HOME}/aide"
    assert intruder.get(f"{HOME}/mot-de-passe").path == f"{HOME}/aide"
    assert town.messages("intrus@exemple.ma") == town.messages("+212699999999") == []


@pytest.mark.parametrize(("stolen", "lost"), [("mailbox", "phone"), ("SIM", "email")])
def test_one_stolen_contact_with_right_answers_opens_nothing_for_a_day_and_the_member_can_stop_it(
    town: Town, victim: Member, stolen: str, lost: Slot
) -> None:
    recover(town, town.visitor(), victim, lost=lost)
    assert knock(town.visitor(), victim, NEW_PASSWORD).status == 422, f"the {stolen} alone opens nothing"
    safe = victim.phone if stolen == "mailbox" else victim.email
    member = town.visitor()
    member.get(alarm(town, safe, 2))
    assert member.send().status == 200
    assert knock(town.visitor(), victim, NEW_PASSWORD).status == 422
    again = town.visitor()
    recover(town, again, victim, "email" if lost == "email" else "telephone")
    assert again.send(lost="yes").path == f"{HOME}/aide", "a frozen account takes both contacts"
    recover(town, town.visitor(), victim, password="Enfin-a-moi-3")
    assert sign_in(town, town.visitor(), victim, "Enfin-a-moi-3").path == ESPACE


@pytest.mark.parametrize("lost", ["phone", "email"])
def test_one_stolen_contact_without_the_answers_gets_no_code(town: Town, victim: Member, lost: Slot) -> None:
    before = {to: len(town.codes(to)) for to in addresses(victim)}
    intruder = town.visitor()
    town.walk(intruder, victim, "paiement", "recovery")
    question = "civil_status_number" if victim.n % 2 else "bank_last8"
    assert intruder.send(employer_id="1234567", **{question: "12345678"}).status == 422
    for path in ("email", "telephone", "nouvel-email", "nouveau-telephone", "mot-de-passe"):
        assert intruder.send(f"{HOME}/{path}").path == f"{HOME}/paiement"
    assert {to: len(town.codes(to)) for to in addresses(victim)} == before


def test_a_stolen_password_without_a_contact_opens_nothing_and_does_not_outlive_a_change(
    town: Town, victim: Member
) -> None:
    intruder = town.visitor()
    assert knock(intruder, victim).path == f"{CONNEXION}/canal"
    recover(town, town.visitor(), victim)
    intruder.send(channel="sms")
    code = town.until(lambda: town.codes(victim.phone)[0])
    assert intruder.send(code=code).path != ESPACE
    assert intruder.get(ESPACE).path == CONNEXION


# --- Links


def test_a_link_works_once(town: Town, victim: Member) -> None:
    link = alarm(town, victim.email)
    first, second = town.visitor(), town.visitor()
    first.get(link)
    assert first.send().status == 200
    second.get(link)
    assert second.send().status == 410
    recover(town, town.visitor(), victim)
    third = town.visitor()
    third.get(link)
    assert third.send().status == 410, "nor after a recovery"
    assert sign_in(town, town.visitor(), victim, NEW_PASSWORD).path == ESPACE


def test_every_older_link_is_void_after_a_recovery_and_its_own_notice_is_not(town: Town, victim: Member) -> None:
    old = [alarm(town, to) for to in (victim.email, victim.phone)]
    recover(town, town.visitor(), victim)
    new = alarm(town, victim.email, 2)
    for link in old:
        visitor = town.visitor()
        visitor.get(link)
        assert visitor.send().status == 410
    visitor = town.visitor()
    visitor.get(new)
    assert visitor.send().status == 200


def test_what_was_made_for_another_purpose_is_no_link_and_a_link_is_nothing_else(town: Town, victim: Member) -> None:
    inside = town.visitor()
    sign_in(town, inside, victim)
    token = alarm(town, victim.email).rpartition("/")[2]
    inside.get(HOME)
    inside.send(HOME, door="recovery")
    cookies = {cookie.name: cookie.value or "" for cookie in inside.client.cookies.jar}
    assert {"journey", "sign-in", "browser", "csrf"} <= set(cookies)
    for made in (*cookies.values(), inside.token, town.codes(victim.email)[0], token[:-1], token[::-1]):
        assert town.visitor().get(f"/pas-moi/{re.sub(r'[^A-Za-z0-9_.~-]', '', made)}").status == 410
    for name in ("journey", "sign-in", "browser"):
        thief = town.visitor()
        thief.plant(name, token)
        assert thief.get(ESPACE).path == CONNEXION
        assert thief.get(f"{HOME}/mot-de-passe").path == f"{HOME}/expiree"


# --- Codes


def test_a_recovery_code_is_nothing_in_an_activation_and_the_reverse(town: Town, victim: Member) -> None:
    """Two members of one household write to one mailbox."""
    other = next(town.fresh)
    recovering, activating = town.visitor(), town.visitor()
    recover(town, recovering, victim, "email")
    before = len(town.codes(victim.email))
    recovering.send()
    of_recovery = town.code(victim.email, before + 1)
    town.walk(activating, other, "email")
    activating.send(email=victim.email, email_confirm=victim.email)
    of_activation = town.code(victim.email, before + 2)
    assert of_recovery != of_activation
    assert activating.send(code=of_recovery).status == 422
    assert recovering.send(code=of_activation).status == 422
    assert activating.send(code=of_activation).path == f"{HOME}/telephone"
    assert recovering.send(code=of_recovery).path == f"{HOME}/telephone"


def test_a_code_of_a_sign_in_recovers_nothing(town: Town, victim: Member) -> None:
    signing, recovering = town.visitor(), town.visitor()
    recover(town, recovering, victim, "email")
    before = len(town.codes(victim.email))
    recovering.send()
    of_recovery = town.code(victim.email, before + 1)
    knock(signing, victim)
    signing.send(channel="email")
    of_sign_in = town.code(victim.email, before + 2)
    assert recovering.send(code=of_sign_in).status == 422
    assert signing.send(code=of_recovery).status == 422


def test_a_journey_of_one_purpose_opens_no_screen_of_another(town: Town, victim: Member) -> None:
    visitor = settled(town, next(town.fresh))
    visitor.get(HOME)
    town.walk(visitor, victim, "paiement")
    for path in (f"{ESPACE}/email/adresse", f"{ESPACE}/mot-de-passe/nouveau", f"{ESPACE}/fermeture/fermeture"):
        assert visitor.get(path).path == ESPACE
    for path in (f"{CONNEXION}/canal", f"{CONNEXION}/sms"):
        assert visitor.get(path).path in (CONNEXION, ESPACE)


def test_a_change_begun_in_one_sign_in_goes_no_further_in_another(town: Town, victim: Member) -> None:
    mine, thief = town.visitor(), town.visitor()
    sign_in(town, mine, victim)
    mine.get(ESPACE)
    mine.send(f"{ESPACE}/mot-de-passe")
    journey = mine.client.cookies["journey"]
    sign_in(town, thief, victim)
    thief.plant("journey", journey)
    assert thief.get(f"{ESPACE}/mot-de-passe/verification").path == ESPACE


def test_no_link_of_a_notice_is_in_a_message_to_somebody_else(town: Town, victim: Member) -> None:
    other = next(town.fresh)
    town.walk(town.visitor(), other, "termine")
    alarm(town, victim.email)
    alarm(town, other.email)
    mine = {path for to in addresses(victim) for path in alarms(town, to)}
    theirs = {path for to in addresses(other) for path in alarms(town, to)}
    assert mine.isdisjoint(theirs)
