"""The other doors as a member uses them: sign-in, the space, recovery; the same words for every display."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from pages import LANGUAGES, Walk
from playwright.sync_api import Locator, expect

from tests.support.doors import CONNEXION, ESPACE, NEW_PASSWORD, addresses
from tests.support.doors import answers as answers_to
from tests.support.journey import PASSWORD, Member
from tests.support.visitor import HOME
from webapp.core.state import Slot

Look = Callable[[], None]


@dataclass
class Doors(Walk):
    """One member who has been here before, in one tab. `look` is called on every new screen."""

    look: Look = lambda: None

    def is_at(self, path: str) -> None:
        """The address bar says so, and the screen is there."""
        expect(self.page).to_have_url(re.compile(rf"{path}(\?motif=[a-z-]+)?$"))
        expect(self.page.locator("#main h1")).to_be_visible()
        self.look()

    def show(self, display: str, path: str = HOME) -> None:
        """Open an address and choose a display."""
        self.page.goto(path)
        self.page.locator(f"button[name=display][value='{display}']").click()
        expect(self.page.locator("html")).to_have_attribute("lang", LANGUAGES[display])

    def press(self, action: str) -> None:
        """The button of the form that goes to an address."""
        self.page.locator(f"#main form[action='{action}'] button[type=submit]").first.click()

    def sign_in(self, password: str = PASSWORD, by: str = "sms", to: str | None = None) -> None:
        """From the door into the space, with the code an unknown browser is asked for."""
        self.is_at(CONNEXION)
        self.fill({"registration_number": self.member.row["registration_number"], "password": password})
        self.primary.click()
        self.is_at(f"{CONNEXION}/canal")
        to = to or (self.member.phone if by == "sms" else self.member.email)
        before = len(self.town.codes(to))
        self.fill({"channel": by})
        self.primary.click()
        self.is_at(f"{CONNEXION}/{by}")
        self.enter(self.town.code(to, before + 1))
        self.is_at(ESPACE)

    def refused(self, password: str) -> None:
        """At the door with a password that does not open."""
        self.page.goto(CONNEXION)
        self.fill({"registration_number": self.member.row["registration_number"], "password": password})
        self.primary.click()
        expect(self.page.locator("#errors")).to_be_visible()
        self.look()

    def enter(self, code: str) -> None:
        """A code, and the robot check where there is one."""
        self.fill({"code": code})
        self.prove()
        self.primary.click()

    @property
    def primary(self) -> Locator:
        """The button that sends the screen, where there is a second one too."""
        return self.page.locator("#main form#step button[type=submit]").first

    def change_mobile(self) -> None:
        """From the space to a new number and back."""
        self.press(f"{ESPACE}/telephone")
        self.is_at(f"{ESPACE}/telephone/verification")
        self.fill({"current_password": PASSWORD})
        self.primary.click()
        self.is_at(f"{ESPACE}/telephone/numero")
        self.fill({"phone": self.member.other_phone, "phone_confirm": self.member.other_phone})
        self.primary.click()
        self.is_at(f"{ESPACE}/telephone/code")
        self.enter(self.town.code(self.member.other_phone))
        self.is_at(ESPACE)

    def sign_out(self) -> None:
        """Out of the space."""
        self.page.locator("form[action='/deconnexion'] button[type=submit]").first.click()
        expect(self.page).to_have_url(re.compile("/deconnexion$"))
        expect(self.page.locator("#main h1")).to_be_visible()
        self.look()

    def recover(self, until: str = "termine", lost: Slot | None = None) -> None:
        """From the start page through a recovery to a screen."""
        self.page.locator("button[name=door][value=recovery]").click()
        self.stands_on("conditions")
        before = dict[str, int]()
        for _ in range(12):
            screen = self.here()
            if screen != "termine":
                expect(self.page.locator(f"form#step[action='{HOME}/{screen}']")).to_be_attached()
            self.look()
            if screen == until:
                return
            if screen in ("email", "telephone", "nouvel-email", "nouveau-telephone"):
                before = {to: len(self.town.codes(to)) for to in addresses(self.member)}
            self.answer_of_recovery(screen, before, lost)
            expect(self.page).not_to_have_url(re.compile(rf"{HOME}/{screen}(\?|$)"))
        raise AssertionError(f"{until} was not reached from {self.page.url}")

    def here(self) -> str:
        """The last part of the address."""
        return self.page.url.partition("?")[0].removeprefix(f"{self.town.app.url}{HOME}/")

    def answer_of_recovery(self, screen: str, before: dict[str, int], lost: Slot | None) -> None:
        """Fill in a screen of a recovery and press the right button."""
        data = answers_to(self.town, self.member, screen, before, lost=lost, password=NEW_PASSWORD)
        if data == {"lost": "yes"}:
            self.press_lost()
            return
        self.fill(data)
        self.prove()
        self.primary.click()

    def press_lost(self) -> None:
        """The contact on file is out of reach."""
        self.page.locator("button[name=lost]").click()


def activate(walk: Walk, member: Member) -> None:
    """An account for a member, in the walk's own tab."""
    assert walk.member is member
    walk.go_to("termine")
