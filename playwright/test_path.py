"""The full path in a real Chromium: each display, on a phone and on a desk, with and without a script."""

import pytest
from conftest import OpenPage
from pages import Walk
from playwright.sync_api import expect

from tests.support.journey import Town
from tests.support.visitor import HOME

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
DESK = {"viewport": {"width": 1280, "height": 800}}


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("display", ["fr", "ar", "fr+ar"])
def test_a_member_activates_an_account_without_a_page_load(
    open_page: OpenPage, town: Town, display: str, device: dict[str, object]
) -> None:
    page = open_page(**device)
    walk = Walk(page, town, next(town.fresh))
    walk.start(display)
    page.evaluate("window.sameDocument = true")
    walk.go_to("termine")
    assert page.evaluate("window.sameDocument"), "every screen was swapped in"
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if display == "ar" else "ltr")
    expect(page.locator("#main h1")).to_be_in_viewport()


@pytest.mark.parametrize("display", ["fr", "ar", "fr+ar"])
def test_a_member_without_a_script_activates_an_account_too(
    open_page: OpenPage, plain_town: Town, display: str
) -> None:
    page = open_page(java_script_enabled=False, base_url=plain_town.app.url, **PHONE)
    walk = Walk(page, plain_town, next(plain_town.fresh))
    walk.start(display)
    walk.go_to("termine")
    expect(page.locator("html")).to_have_attribute("dir", "rtl" if display == "ar" else "ltr")


@pytest.mark.parametrize("display", ["fr", "ar", "fr+ar"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_no_screen_scrolls_sideways_or_lets_a_value_leave_its_line(
    open_page: OpenPage, town: Town, display: str, width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 740})
    walk = Walk(page, town, next(town.fresh))
    walk.start(display)
    for screen in ("conditions", "identification", "paiement", "email", "email-code", "telephone", "telephone-code"):
        walk.stands_on(screen)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        for value in page.locator("bdi.data").all():
            assert value.evaluate("e => e.offsetHeight < 1.5 * parseFloat(getComputedStyle(e).lineHeight)"), (
                value.inner_text()
            )
        walk.answer(screen)
    walk.stands_on("mot-de-passe")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_enter_in_a_field_sends_the_form_and_not_the_display_switch(open_page: OpenPage, town: Town) -> None:
    page = open_page(locale="ar")
    walk = Walk(page, town, next(town.fresh))
    walk.start("ar")
    walk.go_to("paiement")
    walk.fill(town.answers(walk.member, "paiement"))
    page.locator("#step input[type=text]").first.press("Enter")
    walk.stands_on("email")
    expect(page.locator("html")).to_have_attribute("lang", "ar")


def test_a_french_page_loads_no_font_and_few_files(open_page: OpenPage, town: Town) -> None:
    page = open_page(locale="fr-FR")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(HOME)
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "woff2" in url]
    assert len(asked) <= 6
