"""The member's space: what is held is shown, changed after the password, taken along, or closed for good."""

import pytest

from tests.support.doors import CONNEXION, ESPACE, alarm, knock, settled, sign_in
from tests.support.journey import PASSWORD, Member, Town
from tests.support.visitor import HOME, Visitor
from webapp.core.fields import spaced_phone

FORMS = ("email", "telephone", "mot-de-passe", "fermeture")
PAGES = ("", "/connexions", "/donnees", "/donnees.json")


@pytest.fixture
def inside(town: Town, member: Member) -> Visitor:
    """The member's browser, signed in, on the space."""
    visitor = settled(town, member)
    visitor.client.headers["accept-language"] = "fr"
    return visitor


def changed(visitor: Visitor, what: str) -> Visitor:
    """On the screen after the password was asked again."""
    visitor.get(ESPACE)
    visitor.send(f"{ESPACE}/{what}")
    assert visitor.page.path == f"{ESPACE}/{what}/verification"
    visitor.send(current_password=PASSWORD)
    return visitor


# --- Who may look


@pytest.mark.parametrize("page", PAGES)
def test_nobody_sees_a_page_of_the_space_without_a_sign_in(town: Town, page: str) -> None:
    assert town.visitor().get(f"{ESPACE}{page}").path == CONNEXION


@pytest.mark.parametrize("form", [*FORMS, "langue", "garder", "rester"])
def test_nobody_changes_anything_without_a_sign_in(town: Town, form: str) -> None:
    visitor = town.visitor()
    visitor.get(HOME)
    assert visitor.send(f"{ESPACE}/{form}", display_messages="ar").path == CONNEXION


@pytest.mark.parametrize("form", [*FORMS, "langue", "garder", "rester"])
def test_no_other_site_can_send_a_form_of_the_space(inside: Visitor, form: str) -> None:
    answer = inside.client.post(f"{ESPACE}/{form}", data={"current_password": PASSWORD})
    assert answer.status_code == 403


@pytest.mark.parametrize("form", FORMS)
def test_the_address_of_a_change_opened_by_hand_begins_nothing(inside: Visitor, form: str) -> None:
    assert inside.get(f"{ESPACE}/{form}").path == ESPACE


# --- What is shown


def test_the_account_is_shown_with_masked_contacts(inside: Visitor, member: Member) -> None:
    page = inside.get(ESPACE)
    assert member.email not in page.text
    assert member.phone not in page.text
    assert spaced_phone(member.phone) not in page.text
    assert "2026-09" in page.words() or "conditions" in page.words().lower()


def test_all_that_is_held_is_shown_in_full_and_can_be_taken_along(inside: Visitor, member: Member) -> None:
    page = inside.get(f"{ESPACE}/donnees")
    assert member.email in page.words()
    assert spaced_phone(member.phone) in page.words().replace("\xa0", " ")
    answer = inside.client.get(f"{ESPACE}/donnees.json")
    held = answer.json()
    assert "attachment" in answer.headers["content-disposition"]
    assert (held["email"]["address"], held["mobile"]["number"]) == (member.email, member.phone)
    assert held["terms"]["version"]
    assert [one["ended_at"] for one in held["sign_ins"]] == [None]
    assert held["created_at"].startswith("20")


def test_no_secret_of_the_account_is_in_what_is_shown(inside: Visitor, member: Member) -> None:
    for page in PAGES:
        text = inside.client.get(f"{ESPACE}{page}").text
        assert "argon2" not in text
        assert member.row["national_id"] not in text
        assert PASSWORD not in text


# --- What is changed


@pytest.mark.parametrize("form", FORMS)
def test_every_change_asks_for_the_password_again(inside: Visitor, form: str) -> None:
    inside.get(ESPACE)
    page = inside.send(f"{ESPACE}/{form}")
    assert page.path == f"{ESPACE}/{form}/verification"
    assert inside.send(current_password="Pas-le-bon-7").status == 422
    assert inside.send().status == 422
    assert inside.get(ESPACE).path == ESPACE


@pytest.mark.parametrize(("what", "screen"), [("email", "adresse"), ("telephone", "numero")])
def test_a_contact_is_changed_with_a_code_to_the_new_one_and_a_word_to_the_old(
    town: Town, inside: Visitor, member: Member, what: str, screen: str
) -> None:
    new, old = (member.other_email, member.email) if what == "email" else (member.other_phone, member.phone)
    name = "email" if what == "email" else "phone"
    changed(inside, what)
    assert inside.page.path == f"{ESPACE}/{what}/{screen}"
    inside.send(**{name: new, f"{name}_confirm": new})
    code = town.code(new)
    assert inside.send(code=f"{(int(code) + 1) % 1_000_000:06}").status == 422
    assert inside.send(code=code).path == ESPACE
    for to in (member.email, member.phone, new):
        alarm(town, to)
    held = inside.client.get(f"{ESPACE}/donnees.json").json()
    assert new in (held["email"]["address"], held["mobile"]["number"])
    fresh = town.visitor()
    knock(fresh, member)
    before = {to: len(town.codes(to)) for to in (new, old)}
    fresh.send(channel="email" if what == "email" else "sms")
    town.code(new, before[new] + 1)
    assert len(town.codes(old)) == before[old]


def test_the_contact_that_is_there_already_is_told_so(inside: Visitor, member: Member) -> None:
    changed(inside, "email")
    page = inside.send(email=member.email, email_confirm=member.email)
    assert (page.status, set(page.errors)) == (422, {"email"})


def test_a_new_password_ends_every_other_sign_in_and_keeps_this_one(
    town: Town, inside: Visitor, member: Member
) -> None:
    other = town.visitor()
    sign_in(town, other, member)
    changed(inside, "mot-de-passe")
    assert inside.send(password="Tout-neuf-2027", password_confirm="Tout-neuf-2027").path == ESPACE
    assert inside.get(f"{ESPACE}/connexions").path == f"{ESPACE}/connexions"
    assert other.get(ESPACE).path == CONNEXION
    inside.get("/deconnexion")
    inside.send()
    assert knock(inside, member, "Tout-neuf-2027").path == ESPACE, "and this browser stays known"


def test_messages_come_in_the_display_that_was_chosen(town: Town, inside: Visitor, member: Member) -> None:
    inside.get(ESPACE)
    assert inside.send(f"{ESPACE}/langue", messages_display="ar").path == ESPACE
    assert inside.client.get(f"{ESPACE}/donnees.json").json()["messages_display"] == "ar"
    assert inside.page.all("html")[0].get("lang") == "fr", "the page itself stays as it is"
    inside.get(ESPACE)
    inside.send(f"{ESPACE}/langue", messages_display="klingon")
    assert inside.client.get(f"{ESPACE}/donnees.json").json()["messages_display"] == "ar"


def test_an_account_is_closed_after_a_tick_and_kept_after_a_second_thought(
    town: Town, inside: Visitor, member: Member
) -> None:
    changed(inside, "fermeture")
    assert inside.send().status == 422
    assert inside.send(sure="yes").path == ESPACE
    assert inside.client.get(f"{ESPACE}/donnees.json").json()["closes_at"]
    alarm(town, member.email, 2)
    assert [form for form in inside.get(ESPACE).all("form") if form.get("action") == f"{ESPACE}/garder"]
    assert inside.send(f"{ESPACE}/garder").path == ESPACE
    assert inside.client.get(f"{ESPACE}/donnees.json").json()["closes_at"] is None
    assert not [form for form in inside.page.all("form") if form.get("action") == f"{ESPACE}/garder"]


# --- In every display


@pytest.mark.parametrize("display", ["fr", "ar", "fr+ar"])
@pytest.mark.parametrize("page", ["", "/connexions", "/donnees"])
def test_every_page_switches_its_display_in_place(inside: Visitor, page: str, display: str) -> None:
    inside.get(f"{ESPACE}{page}")
    shown = inside.send(display=display)
    assert (shown.status, shown.path) == (200, f"{ESPACE}{page}")
    assert shown.all("html")[0].get("lang") == display[:2]


@pytest.mark.parametrize("form", FORMS)
def test_every_screen_of_a_change_switches_its_display_in_place(inside: Visitor, form: str) -> None:
    for display in ("ar", "fr"):
        changed(inside, form)
        shown = inside.send(display=display)
        assert shown.all("html")[0].get("lang") == display
