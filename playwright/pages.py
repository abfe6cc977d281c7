"""The screens as a member uses them: fill in, tick, press; the same words for every display."""

import re
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from tests.support.journey import PASSWORD, SCREENS, Member, Town
from tests.support.visitor import HOME

LANGUAGES = {"fr": "fr", "ar": "ar", "fr+ar": "fr"}


@dataclass
class Walk:
    """One member on the way, in one tab."""

    page: Page
    town: Town
    member: Member

    def start(self, display: str) -> None:
        """Open the start page and choose a display."""
        self.page.goto(HOME)
        self.page.locator(f"button[name=display][value='{display}']").click()
        expect(self.page.locator("html")).to_have_attribute("lang", LANGUAGES[display])
        self.page.locator("button[name=door][value=activation]").click()
        self.stands_on("conditions")

    def stands_on(self, screen: str) -> None:
        """The address bar says so, whatever the reason behind it."""
        expect(self.page).to_have_url(re.compile(rf"{HOME}/{screen}(\?motif=[a-z-]+)?$"))
        expect(self.page.locator("#main h1")).to_be_visible()

    def go_to(self, screen: str) -> None:
        """From where the journey begins to a screen."""
        for step in SCREENS[: SCREENS.index(screen)]:
            self.stands_on(step)
            self.answer(step)
        self.stands_on(screen)

    def answer(self, screen: str) -> None:
        """Fill in a screen and press its button."""
        self.fill(self.town.answers(self.member, screen))
        self.prove()
        self.primary.click()

    def fill(self, fields: dict[str, str]) -> None:
        """Each field by its name, in the order of the screen."""
        for name, value in fields.items():
            field = self.page.locator(f"#step [name={name}]")
            match field.first.get_attribute("type"):
                case "radio":
                    self.page.locator(f"#step [name={name}][value={value}]").check()
                case "checkbox":
                    field.check()
                case _:
                    field.fill(value)

    def prove(self) -> None:
        """Tick the robot check where there is one."""
        if (box := self.page.locator("#captcha")).count():
            box.check()

    @property
    def primary(self) -> Locator:
        """The button that sends the screen."""
        return self.page.locator("#main form#step button[type=submit]")

    def choose_password(self) -> None:
        """The last step."""
        self.fill({"password": PASSWORD, "password_confirm": PASSWORD})
        self.primary.click()
