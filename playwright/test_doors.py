"""The other doors in a real Chromium: in French and in Arabic, with and without a script, axe on every screen."""

import re
from collections.abc import Callable

import pytest
from axe import faults
from conftest import OpenPage
from doors import Doors
from playwright.sync_api import Page, expect

from tests.support.doors import CONNEXION, ESPACE, NEW_PASSWORD, alarm
from tests.support.journey import Member, Town
from tests.support.visitor import HOME
from webapp.core.state import Slot

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
Open = Callable[[str], Doors]


def axe_clean(page: Page) -> None:
    """No violation on the screen, once it is at rest."""
    expect(page.locator(".htmx-request")).to_have_count(0)
    assert not faults(page), page.url


@pytest.fixture(params=["script", "no script"])
def door(request: pytest.FixtureRequest, open_page: OpenPage) -> Callable[[Member | None], Doors]:
    """Open a tab for a member; without a script the robot check is off."""
    scripted = request.param == "script"
    town: Town = request.getfixturevalue("town" if scripted else "plain_town")

    def opened(member: Member | None = None) -> Doors:
        page = open_page(java_script_enabled=scripted, base_url=town.app.url, reduced_motion="reduce", **PHONE)
        found = Doors(page, town, member or next(town.fresh))
        if scripted:
            found.look = lambda: axe_clean(page)
        return found

    return opened


def settled(door: Callable[[Member | None], Doors]) -> Doors:
    """A member with an account, in a tab of their own."""
    doors = door(None)
    doors.town.walk(doors.town.visitor(), doors.member, "termine")
    return doors


@pytest.mark.parametrize("display", ["fr", "ar"])
def test_from_activation_into_the_space_to_a_new_mobile_and_out(
    door: Callable[[Member | None], Doors], display: str
) -> None:
    doors = door(None)
    doors.start(display)
    doors.go_to("termine")
    doors.page.locator(f"#main a[href='{CONNEXION}']").click()
    doors.sign_in()
    doors.change_mobile()
    expect(doors.page.locator("#main .notice")).to_be_visible()
    for page in ("connexions", "donnees"):
        doors.page.locator(f"#main a[href='{ESPACE}/{page}']").first.click()
        doors.is_at(f"{ESPACE}/{page}")
        doors.page.go_back()
        doors.is_at(ESPACE)
    doors.sign_out()
    doors.page.goto(ESPACE)
    doors.is_at(CONNEXION)
    expect(doors.page.locator("html")).to_have_attribute("lang", display)


@pytest.mark.parametrize("display", ["fr", "ar"])
def test_a_recovery_with_both_contacts(door: Callable[[Member | None], Doors], display: str) -> None:
    doors = settled(door)
    doors.show(display)
    doors.recover()
    doors.page.locator(f"#main a[href='{CONNEXION}']").click()
    doors.sign_in(NEW_PASSWORD)


@pytest.mark.parametrize("lost", ["email", "phone"])
@pytest.mark.parametrize("display", ["fr", "ar"])
def test_a_recovery_with_one_contact_lost(door: Callable[[Member | None], Doors], display: str, lost: Slot) -> None:
    doors = settled(door)
    doors.show(display)
    doors.recover(lost=lost)
    assert re.search(r"\d\d/\d\d/\d{4}", doors.page.locator("#main").inner_text())
    doors.refused(NEW_PASSWORD)


@pytest.mark.parametrize("display", ["fr", "ar"])
def test_a_recovery_with_both_contacts_lost(door: Callable[[Member | None], Doors], display: str) -> None:
    doors = settled(door)
    doors.show(display)
    doors.recover("email")
    doors.press_lost()
    doors.is_at(f"{HOME}/telephone")
    doors.press_lost()
    doors.is_at(f"{HOME}/aide")
    assert re.search(r"\d{4}\s?\d{4}", doors.page.locator("#main").inner_text())


@pytest.mark.parametrize("display", ["fr", "ar"])
def test_not_me_from_a_mail_then_a_recovery(door: Callable[[Member | None], Doors], display: str) -> None:
    doors = settled(door)
    doors.show(display, alarm(doors.town, doors.member.email))
    doors.look()
    doors.primary.click()
    expect(doors.page.locator("#main")).to_contain_text("053 800 20 20")
    doors.look()
    doors.refused("Un-mot-de-passe-9")
    doors.page.goto(HOME)
    doors.recover()
    doors.page.locator(f"#main a[href='{CONNEXION}']").click()
    doors.sign_in(NEW_PASSWORD)


# --- The end of a sign-in, announced


def test_whoever_types_long_is_asked_to_stay_and_loses_nothing(open_page: OpenPage, town: Town) -> None:
    page = open_page(locale="fr-FR")
    doors = Doors(page, town, next(town.fresh))
    town.walk(town.visitor(), doors.member, "termine")
    page.goto(CONNEXION)
    doors.sign_in()
    page.clock.install()
    doors.press(f"{ESPACE}/telephone")
    doors.is_at(f"{ESPACE}/telephone/verification")
    page.locator("#current_password").fill("à moitié")
    session = page.locator("#session")
    assert session.get_attribute("data-near") is None
    page.clock.run_for("13:30")
    expect(session).to_have_attribute("data-near", "")
    expect(page.locator("#alert")).to_contain_text(re.compile(r"\d\d:\d\d"))
    axe_clean(page)
    session.locator("form#stay button").click()
    expect(page.locator("#status")).not_to_be_empty()
    expect(page.locator("#session[data-near]")).to_have_count(0)
    expect(page.locator("#current_password")).to_have_value("à moitié")
    expect(page.locator("#session form#stay button")).to_be_focused()
    page.clock.run_for("15:02")
    expect(page).to_have_url(re.compile(f"{ESPACE}$|{CONNEXION}"))
    assert page.locator("#current_password").count() == 0, "nothing typed stays on the screen"
