"""Reload, back, a second tab, a double click, a stale form, an ended journey: the right screen and the reason."""

import re

import httpx
import pytest

from tests.support.journey import SCREENS, Member, Town
from tests.support.visitor import HOME, Page, Visitor


def cookie(visitor: Visitor) -> str:
    """The journey's cookie."""
    return visitor.client.cookies["journey"]


@pytest.mark.parametrize("screen", SCREENS[1:-1])
def test_a_screen_that_is_not_open_yet_leads_to_the_one_that_is_and_says_why(town: Town, screen: str) -> None:
    visitor = town.visitor(accept_language="fr")
    visitor.get(HOME)
    visitor.send(HOME, door="activation")
    page = visitor.get(f"{HOME}/{screen}")
    assert page.path == f"{HOME}/conditions"
    assert page.all("div", class_="notice") or "notice" in page.text


@pytest.mark.parametrize("screen", SCREENS[:-1])
def test_a_screen_reloaded_or_reached_by_back_is_the_same_screen(town: Town, member: Member, screen: str) -> None:
    visitor = town.visitor()
    town.walk(visitor, member, "mot-de-passe")
    assert visitor.get(f"{HOME}/{screen}").path == f"{HOME}/{screen}"
    assert visitor.get(f"{HOME}/{screen}").status == 200


def test_going_back_shows_the_contacts_but_never_the_answers_codes_or_password(town: Town, member: Member) -> None:
    visitor = town.visitor()
    town.walk(visitor, member, "mot-de-passe")
    assert visitor.get(f"{HOME}/email").value("email") == member.email
    assert visitor.get(f"{HOME}/telephone").value("phone_confirm").replace(" ", "") == f"0{member.phone[4:]}"
    for screen in ("identification", "paiement", "email-code", "telephone-code"):
        page = visitor.get(f"{HOME}/{screen}")
        assert not [one for one in page.all("input") if one.get("type") in ("text", "tel") and one.get("value")]


def test_another_identity_forgets_what_was_proved_and_the_same_one_does_not(town: Town, member: Member) -> None:
    visitor = town.visitor()
    town.walk(visitor, member, "telephone")
    visitor.get(f"{HOME}/identification")
    assert visitor.send(**member.identity).path == f"{HOME}/telephone"
    visitor.get(f"{HOME}/identification")
    assert visitor.send(**next(town.fresh).identity).path == f"{HOME}/paiement"


def test_another_email_must_be_proven_again_and_a_typing_error_destroys_nothing(town: Town, member: Member) -> None:
    visitor = town.visitor()
    town.walk(visitor, member, "mot-de-passe")
    visitor.get(f"{HOME}/email")
    assert visitor.send(email="not an address", email_confirm="x").status == 422
    assert visitor.get(f"{HOME}/mot-de-passe").path == f"{HOME}/mot-de-passe"
    visitor.get(f"{HOME}/email")
    other = f"autre-{member.email}"
    assert visitor.send(email=other, email_confirm=other).path == f"{HOME}/email-code"
    assert visitor.get(f"{HOME}/mot-de-passe").path == f"{HOME}/email-code"
    assert visitor.send(code=town.code(other)).path == f"{HOME}/mot-de-passe"


def test_a_second_tab_that_is_behind_lands_where_the_first_one_is(town: Town, member: Member) -> None:
    first = town.visitor()
    town.walk(first, member, "email")
    second = town.visitor()
    second.client.cookies = first.client.cookies
    second.get(f"{HOME}/email")
    assert first.send(**member.contact["email"]).path == f"{HOME}/email-code"
    assert second.send(**member.contact["email"]).path == f"{HOME}/email-code"
    town.message(member.email)
    assert len(town.messages(member.email)) == 1


def test_the_second_click_on_a_right_code_is_led_on_with_the_new_cookie(town: Town, member: Member) -> None:
    visitor = town.visitor()
    town.walk(visitor, member, "email-code")
    old = cookie(visitor)
    fields = {**town.answers(member, "email-code"), "_csrf_token": visitor.token, "altcha": visitor.proof()}
    first = visitor.client.post(f"{HOME}/email-code", data=fields)
    again = httpx.post(
        f"{town.app.url}{HOME}/email-code",
        data=fields,
        cookies={"journey": old, "csrf": visitor.client.cookies["csrf"]},
    )
    assert first.status_code == again.status_code == 303
    assert first.headers["location"] == f"{HOME}/telephone"
    assert again.headers["location"] == f"{HOME}/telephone?motif=saved-already"
    assert re.search(r"journey=([^;]+)", again.headers["set-cookie"])[1] == cookie(visitor)  # type: ignore[index]


@pytest.mark.parametrize("screen", ["paiement", "email-code", "telephone-code", "mot-de-passe"])
def test_each_gain_of_trust_changes_the_cookie_and_kills_the_old_one(town: Town, member: Member, screen: str) -> None:
    visitor = town.visitor()
    town.walk(visitor, member, screen)
    old = cookie(visitor)
    page = visitor.send(**town.answers(member, screen))
    assert page.status == 200
    assert cookie(visitor) != old
    visitor.plant("journey", old)
    assert visitor.get(page.path).path == f"{HOME}/expiree"


@pytest.mark.parametrize("value", ["attackerchosen", "x" * 4000, "%00", "a b"])
def test_a_cookie_that_was_not_made_here_is_never_taken_over(town: Town, value: str) -> None:
    visitor = town.visitor()
    visitor.get(HOME)
    visitor.plant("journey", value)
    assert visitor.get(f"{HOME}/conditions").path == f"{HOME}/expiree"
    assert visitor.client.cookies.get("journey") == value
    page = visitor.send(HOME, door="activation")
    assert page.path == f"{HOME}/conditions"


def test_a_journey_that_is_lost_is_explained_and_begun_anew_with_one_button(town: Town) -> None:
    visitor = town.visitor()
    page = visitor.get(f"{HOME}/email")
    assert page.path == f"{HOME}/expiree"
    assert visitor.send(HOME, door="activation").path == f"{HOME}/conditions"


def test_a_form_sent_after_the_journey_was_lost_is_explained_too(town: Town, member: Member) -> None:
    visitor = town.visitor()
    town.walk(visitor, member, "email")
    visitor.client.cookies.delete("journey")
    assert visitor.send(**member.contact["email"]).path == f"{HOME}/expiree"


def test_htmx_gets_the_bare_screen_and_a_browser_the_whole_page(town: Town) -> None:
    visitor = town.visitor()
    assert visitor.get(f"{HOME}/expiree").all("header")
    answer = visitor.client.get(f"{HOME}/expiree", headers={"HX-Request": "true", "HX-Request-Type": "partial"})
    assert "<html" not in answer.text
    assert 'id="main"' in answer.text
    assert "<title>" in answer.text
    boosted = visitor.client.get(f"{HOME}/expiree", headers={"HX-Request": "true", "HX-Request-Type": "full"})
    assert "<html" in boosted.text


def test_an_address_that_does_not_exist_has_a_page_of_ours(town: Town) -> None:
    page: Page = town.visitor().get(f"{HOME}/inconnue")
    assert page.status == 404
    assert "053 800 20 20" in page.text
