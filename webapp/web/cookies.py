"""The cookies of the app: the journey, the sign-in, the known browser, the proof that a form is ours, the display."""

from dataclasses import dataclass
from typing import Final

from litestar.datastructures import Cookie

from webapp.core.limits import SIGN_IN
from webapp.i18n import Display

DISPLAY: Final = "display"
_YEAR: Final = 365 * 24 * 3600  # seconds


@dataclass(frozen=True)
class Cookies:
    """Names and flags. Over https the names are bound to the host (`__Host-`); over plain http, in development, not."""

    secure: bool

    @property
    def journey(self) -> str:
        """The name of the journey's cookie."""
        return "__Host-journey" if self.secure else "journey"

    @property
    def sign_in(self) -> str:
        """The name of the sign-in's cookie."""
        return "__Host-sign-in" if self.secure else "sign-in"

    @property
    def browser(self) -> str:
        """The name of the cookie by which a browser is known."""
        return "__Host-browser" if self.secure else "browser"

    @property
    def csrf(self) -> str:
        """The name of the forms' cookie."""
        return "__Host-csrf" if self.secure else "csrf"

    def session(self, name: str, value: str) -> Cookie:
        """A cookie that ends with the browser and that no script reads."""
        return Cookie(key=name, value=value, path="/", httponly=True, secure=self.secure, samesite="lax")

    def display(self, display: Display) -> Cookie:
        """The display, kept for a year."""
        return self._kept(DISPLAY, display.value, _YEAR)

    def known(self, value: str) -> Cookie:
        """The browser's cookie, kept as long as browsers are known."""
        return self._kept(self.browser, value, SIGN_IN.browser)

    def gone(self, name: str) -> Cookie:
        """Takes a cookie back."""
        return self._kept(name, "", 0)

    def _kept(self, name: str, value: str, seconds: int) -> Cookie:
        return Cookie(
            key=name, value=value, path="/", max_age=seconds, httponly=True, secure=self.secure, samesite="lax"
        )
