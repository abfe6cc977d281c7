"""Recovery by either door, with both contacts or one; nothing shows before the verdict, and everyone is told after."""

import re

import pytest

from tests.support.doors import (
    CONNEXION,
    ESPACE,
    NEW_PASSWORD,
    addresses,
    alarms,
    knock,
    recover,
    settled,
    sign_in,
)
from tests.support.journey import Member, Town
from tests.support.visitor import HOME, Page
from webapp.core.state import Slot


def bare(page: Page) -> str:
    """The page without its masked token and its puzzle."""
    return re.sub(r'(value|data-altcha)="[^"]*"', "", page.text)


@pytest.fixture
def active(town: Town, member: Member) -> Member:
    """A member with an account."""
    town.walk(town.visitor(), member, "termine")
    return member


def test_a_new_password_opens_the_account_and_the_old_one_no_longer(town: Town, active: Member) -> None:
    visitor = town.visitor(accept_language="fr")
    page = recover(town, visitor, active)
    assert page.path == f"{HOME}/termine"
    assert "sign-in" not in visitor.client.cookies, "a recovery signs nobody in"
    assert visitor.get(ESPACE).path == CONNEXION
    assert knock(town.visitor(), active).status == 422
    assert sign_in(town, town.visitor(), active, NEW_PASSWORD).path == ESPACE


def test_nothing_is_typed_but_the_code_and_the_contacts_are_masked(town: Town, active: Member) -> None:
    for until, slot in (("email", "email"), ("telephone", "phone")):
        page = recover(town, town.visitor(accept_language="fr"), active, until)
        fields = {one.get("name") for one in page.all("input") if one.get("type") != "hidden"}
        assert fields == set()
        assert getattr(active, slot) not in page.text
        assert active.email.partition("@")[2] in page.words() or active.phone[-2:] in page.words()


@pytest.mark.parametrize("door", ["activation", "recovery"])
def test_a_member_with_an_account_recovers_it_by_either_door(town: Town, active: Member, door: str) -> None:
    assert recover(town, town.visitor(), active, door=door).path == f"{HOME}/termine"
    assert sign_in(town, town.visitor(), active, NEW_PASSWORD).path == ESPACE


def test_both_doors_read_the_same_until_the_verdict(town: Town, active: Member) -> None:
    new = next(one for one in town.fresh if one.n % 2 == active.n % 2)
    for screen in ("conditions", "identification", "paiement"):
        pages = {
            bare(town.walk(town.visitor(accept_language="fr"), someone, screen, door))
            for someone in (active, new)
            for door in ("activation", "recovery")
        }
        assert len(pages) == 1, screen


def test_wrong_answers_read_the_same_whether_there_is_an_account_or_not(town: Town, active: Member) -> None:
    new = next(one for one in town.fresh if one.n % 2 == active.n % 2)
    question = "civil_status_number" if active.n % 2 else "bank_last8"
    pages = set()
    for someone in (active, new):
        for door in ("activation", "recovery"):
            visitor = town.visitor(accept_language="fr")
            town.walk(visitor, someone, "paiement", door)
            page = visitor.send(employer_id=someone.row["employer_id"], **{question: "99999999"})
            assert (page.status, page.path) == (422, f"{HOME}/paiement")
            pages.add(bare(page))
    assert len(pages) == 1


def test_every_address_is_told_of_a_new_password(town: Town, active: Member) -> None:
    recover(town, town.visitor(), active)
    for to in (active.email, active.phone):
        assert town.until(lambda to=to: len(alarms(town, to)) >= 2 or None), to  # type: ignore[misc]


def test_sign_ins_of_before_are_dead_on_their_next_request(town: Town, member: Member) -> None:
    inside = settled(town, member)
    assert inside.get(ESPACE).path == ESPACE
    recover(town, town.visitor(), member)
    assert inside.get(ESPACE).path == CONNEXION
    assert inside.get(f"{ESPACE}/donnees").path == CONNEXION


def test_a_browser_of_before_is_no_longer_known(town: Town, member: Member) -> None:
    inside = settled(town, member)
    recover(town, town.visitor(), member)
    inside.get(CONNEXION)
    page = inside.send(registration_number=member.row["registration_number"], password=NEW_PASSWORD)
    assert page.path == f"{CONNEXION}/canal"


@pytest.mark.parametrize("lost", ["email", "phone"])
def test_one_lost_contact_is_replaced_after_the_other_is_proven_and_everyone_hears_of_it(
    town: Town, active: Member, lost: Slot
) -> None:
    page = recover(town, town.visitor(accept_language="fr"), active, lost=lost)
    assert page.path == f"{HOME}/termine"
    new = active.other_email if lost == "email" else active.other_phone
    for to in (active.email, active.phone, new):
        town.until(lambda to=to: alarms(town, to) or None)  # type: ignore[misc]
    held = knock(town.visitor(accept_language="fr"), active, NEW_PASSWORD)
    assert held.status == 422
    assert re.search(r"\d\d/\d\d/\d{4}", held.words()), "whoever knows the new password is told from when it works"


@pytest.mark.parametrize("lost", ["email", "phone"])
def test_within_a_day_a_new_contact_recovers_nothing(town: Town, active: Member, lost: Slot) -> None:
    recover(town, town.visitor(), active, lost=lost)
    new, old = (active.other_email, active.email) if lost == "email" else (active.other_phone, active.phone)
    before = {to: len(town.codes(to)) for to in addresses(active)}
    recover(town, town.visitor(), active, "mot-de-passe")
    assert len(town.codes(old)) == before[old] + 1, "the one before is written to"
    assert len(town.codes(new)) == before[new]


def test_both_contacts_lost_lead_to_the_helpline_with_a_case_number_and_change_nothing(
    town: Town, active: Member
) -> None:
    visitor = town.visitor(accept_language="fr")
    recover(town, visitor, active, "email")
    visitor.send(lost="yes")
    page = visitor.send(lost="yes")
    assert page.path == f"{HOME}/aide"
    assert "053 800 20 20" in page.words().replace("\xa0", " ")
    assert re.search(r"\d{4}\s?\d{4}", page.words())
    assert visitor.get(f"{HOME}/aide").words() == page.words(), "the number stays the same"
    assert sign_in(town, town.visitor(), active).path == ESPACE


def test_who_finds_a_contact_again_goes_on_without_the_helpline(town: Town, active: Member) -> None:
    visitor = town.visitor()
    recover(town, visitor, active, "email")
    visitor.send(lost="yes")
    visitor.send(lost="yes")
    before = len(town.codes(active.email))
    visitor.get(f"{HOME}/email")
    assert visitor.send(f"{HOME}/email").path == f"{HOME}/email-code"
    assert town.code(active.email, before + 1)


def test_the_same_last_form_twice_ends_one_recovery(town: Town, active: Member) -> None:
    visitor = town.visitor()
    recover(town, visitor, active, "mot-de-passe")
    old, token = dict(visitor.client.cookies), visitor.token
    body = {"_csrf_token": token, "password": NEW_PASSWORD, "password_confirm": NEW_PASSWORD}
    first = visitor.client.post(f"{HOME}/mot-de-passe", data=body)
    second = town.visitor()
    for name, value in old.items():
        second.plant(name, value)
    again = second.client.post(f"{HOME}/mot-de-passe", data=body)
    assert (first.status_code, again.status_code) == (303, 303)
    assert again.headers["location"].startswith(f"{HOME}/termine")
