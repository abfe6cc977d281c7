"""The three cookies of the app: the journey, the proof that a form is ours, and the display."""

from dataclasses import dataclass
from typing import Final

from litestar.datastructures import Cookie

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
    def csrf(self) -> str:
        """The name of the forms' cookie."""
        return "__Host-csrf" if self.secure else "csrf"

    def session(self, name: str, value: str) -> Cookie:
        """A cookie that ends with the browser and that no script reads."""
        return Cookie(key=name, value=value, path="/", httponly=True, secure=self.secure, samesite="lax")

    def display(self, display: Display) -> Cookie:
        """The display, kept for a year."""
        return Cookie(
            key=DISPLAY, value=display.value, path="/", max_age=_YEAR, httponly=True, secure=self.secure, samesite="lax"
        )
