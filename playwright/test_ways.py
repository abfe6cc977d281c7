"""Back at every screen, a second tab, a double click, the display switched midway, a network that is away."""

import re
from itertools import pairwise

import pytest
from conftest import OpenPage
from pages import Walk
from playwright.sync_api import Route, expect

from tests.support.journey import SCREENS, Town
from tests.support.visitor import HOME


@pytest.mark.parametrize("display", ["fr", "ar"])
def test_back_at_every_screen_shows_the_one_before_and_forward_goes_on(
    open_page: OpenPage, town: Town, display: str
) -> None:
    page = open_page()
    walk = Walk(page, town, next(town.fresh))
    walk.start(display)
    for before, screen in pairwise(SCREENS[:-1]):
        walk.answer(before)
        walk.stands_on(screen)
        page.go_back()
        walk.stands_on(before)
        page.go_forward()
        walk.stands_on(screen)
        page.locator("a.back").click()
        walk.stands_on(before)
        page.go_back()
        walk.stands_on(screen)
    walk.choose_password()
    walk.stands_on("termine")
    page.go_back()
    walk.stands_on("termine")


def test_back_keeps_the_address_that_was_typed(open_page: OpenPage, town: Town) -> None:
    page = open_page()
    walk = Walk(page, town, next(town.fresh))
    walk.start("fr")
    walk.go_to("email-code")
    page.go_back()
    walk.stands_on("email")
    expect(page.locator("#email")).to_have_value(walk.member.email)


def test_the_second_of_two_tabs_is_led_to_where_the_first_one_is(open_page: OpenPage, town: Town) -> None:
    first = open_page()
    walk = Walk(first, town, next(town.fresh))
    walk.start("fr")
    walk.go_to("paiement")
    second = first.context.new_page()
    second.goto(f"{HOME}/paiement")
    late = Walk(second, town, walk.member)
    walk.answer("paiement")
    walk.stands_on("email")
    late.answer("paiement")
    late.stands_on("email")
    walk.answer("email")
    walk.stands_on("email-code")
    second.goto(f"{HOME}/mot-de-passe")
    late.stands_on("email-code")
    expect(second.locator("#main > .card > .notice")).to_be_visible()


def test_a_double_click_sends_once(open_page: OpenPage, town: Town) -> None:
    page = open_page()
    walk = Walk(page, town, next(town.fresh))
    walk.start("fr")
    walk.go_to("email")
    walk.fill(town.answers(walk.member, "email"))
    walk.primary.dblclick()
    walk.stands_on("email-code")
    town.message(walk.member.email)
    assert len(town.messages(walk.member.email)) == 1


def test_a_double_click_without_a_script_lands_on_the_next_screen(open_page: OpenPage, plain_town: Town) -> None:
    page = open_page(java_script_enabled=False, base_url=plain_town.app.url)
    walk = Walk(page, plain_town, next(plain_town.fresh))
    walk.start("fr")
    walk.go_to("email-code")
    walk.fill(plain_town.answers(walk.member, "email-code"))
    walk.primary.dblclick(no_wait_after=True)
    walk.stands_on("telephone")


def test_the_display_changes_midway_and_keeps_what_was_typed(open_page: OpenPage, town: Town) -> None:
    page = open_page()
    walk = Walk(page, town, next(town.fresh))
    walk.start("fr")
    walk.go_to("identification")
    walk.fill({**town.answers(walk.member, "identification"), "national_id": "à moitié"})
    for display, direction in (("ar", "rtl"), ("fr+ar", "ltr"), ("fr", "ltr")):
        page.locator(f"button[name=display][value='{display}']").click()
        expect(page.locator("html")).to_have_attribute("dir", direction)
        expect(page.locator(f"button[name=display][value='{display}']")).to_have_attribute("aria-current", "true")
        expect(page.locator("#national_id")).to_have_value("à moitié")
        expect(page.locator("#birth_year")).to_have_value("1971")
        assert page.url.endswith(f"{HOME}/identification")
    walk.answer("identification")
    walk.stands_on("paiement")


def test_errors_take_the_focus_and_lead_to_their_fields(open_page: OpenPage, town: Town) -> None:
    page = open_page()
    walk = Walk(page, town, next(town.fresh))
    walk.start("fr")
    walk.go_to("identification")
    walk.primary.click()
    expect(page.locator("#errors")).to_be_focused()
    assert page.title().startswith("Erreur")
    page.locator("#errors a").nth(1).click()
    expect(page.locator("#national_id")).to_be_focused()
    walk.answer("identification")
    walk.stands_on("paiement")
    expect(page.locator("#main")).to_be_focused()


def test_one_wrong_field_keeps_the_focus_and_is_said(open_page: OpenPage, town: Town) -> None:
    page = open_page()
    walk = Walk(page, town, next(town.fresh))
    walk.start("fr")
    walk.go_to("email-code")
    walk.fill({"code": "12"})
    walk.primary.click()
    expect(page.locator("#code")).to_be_focused()
    expect(page.locator("#alert")).to_contain_text("6")


def test_a_network_that_is_away_keeps_the_answers_and_says_so(open_page: OpenPage, town: Town) -> None:
    page = open_page()
    walk = Walk(page, town, next(town.fresh))
    walk.start("fr")
    walk.go_to("email")
    walk.fill(town.answers(walk.member, "email"))
    page.route("**/mon_compte/email", _unavailable)
    walk.primary.click()
    expect(page.locator("#trouble")).to_be_visible()
    expect(page.locator("#email")).to_have_value(walk.member.email)
    page.unroute("**/mon_compte/email")
    walk.primary.click()
    walk.stands_on("email-code")
    expect(page.locator("#trouble")).to_be_hidden()


def _unavailable(route: Route) -> None:
    if route.request.method == "POST":
        route.abort()
    else:
        route.continue_()


def test_a_screen_that_is_not_open_yet_says_why(open_page: OpenPage, town: Town) -> None:
    page = open_page()
    walk = Walk(page, town, next(town.fresh))
    walk.start("fr")
    page.goto(f"{HOME}/telephone")
    expect(page).to_have_url(re.compile(r"conditions\?motif=not-yet"))
    expect(page.locator("#main > .card > .notice")).to_be_visible()
