"""Codes in a real browser: a wrong one, the countdown to the next message, a resend, the fifth try."""

from conftest import OpenPage
from pages import Walk
from playwright.sync_api import expect

from tests.support.journey import Town
from tests.support.visitor import HOME


def test_a_wrong_code_then_a_resend_when_its_time_has_come_then_the_right_one(open_page: OpenPage, town: Town) -> None:
    page = open_page()
    walk = Walk(page, town, next(town.fresh))
    walk.start("fr")
    walk.go_to("email-code")
    code = town.code(walk.member.email)
    walk.fill({"code": f"{(int(code) + 1) % 1_000_000:06}"})
    walk.prove()
    walk.primary.click()
    expect(page.locator("#code-error")).to_contain_text("4")
    expect(page.locator("[data-digits]")).to_have_text("0:50", timeout=15_000)
    resend = page.locator("[data-resend]")
    expect(resend).to_have_attribute("aria-disabled", "true")
    resend.click(force=True)
    expect(page.locator("#status")).not_to_be_empty()
    expect(resend).to_have_attribute("aria-disabled", "false", timeout=60_000)
    resend.click()
    expect(page.locator("#main > .card > .notice")).to_be_visible()
    expect(resend).to_be_focused()
    expect(page.locator("#status")).not_to_be_empty()
    town.message(walk.member.email, 2)
    assert town.code(walk.member.email, 2) == code, "the same code, so whichever message comes first works"
    walk.answer("email-code")
    walk.stands_on("telephone")


def test_the_fifth_wrong_code_asks_for_a_new_one(open_page: OpenPage, town: Town) -> None:
    page = open_page()
    walk = Walk(page, town, next(town.fresh))
    walk.start("ar")
    walk.go_to("telephone-code")
    code = int(town.code(walk.member.phone))
    for n in range(1, 6):
        walk.fill({"code": f"{(code + n) % 1_000_000:06}"})
        walk.prove()
        with page.expect_response(lambda answer: answer.status == 422):
            walk.primary.click()
        expect(page.locator("#code")).to_have_value("")
    walk.fill({"code": f"{code:06}"})
    walk.prove()
    walk.primary.click()
    expect(page.locator("#code-error")).to_be_visible()
    assert page.url.endswith(f"{HOME}/telephone-code")


def test_the_number_can_be_changed_and_the_new_one_proven(open_page: OpenPage, town: Town) -> None:
    page = open_page()
    walk = Walk(page, town, next(town.fresh))
    walk.start("fr+ar")
    walk.go_to("telephone-code")
    page.locator(f"a[href='{HOME}/telephone']").last.click()
    walk.stands_on("telephone")
    other = next(town.fresh).phone
    walk.fill({"phone": other, "phone_confirm": f"0{other[4:]}"})
    walk.primary.click()
    walk.stands_on("telephone-code")
    walk.fill({"code": town.code(other)})
    walk.prove()
    walk.primary.click()
    walk.stands_on("mot-de-passe")
