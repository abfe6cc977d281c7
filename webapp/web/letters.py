"""Puts letters into words: mail and SMS in the display the member reads."""

from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from webapp.branding import Brand
from webapp.core.limits import ACCOUNT, DAY, HOUR
from webapp.core.times import clock
from webapp.i18n import Display, lines, plain, shown_in
from webapp.journeys import ALARM
from webapp.ports import Alarms, Letter

MESSAGES: Final = Path(__file__).parent.parent / "partials" / "messages"


class Letters:
    """delivery.Wording over the partials in messages/; plain text, so nothing is escaped."""

    def __init__(self, brand: Brand, base_url: str, alarms: Alarms) -> None:
        self._base, self._alarms = base_url, alarms
        self._environment = Environment(
            loader=FileSystemLoader(MESSAGES),
            autoescape=False,  # noqa: S701  plain text, never HTML
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.globals |= {
            "lines": lines,
            "plain": plain,
            "brand": brand,
            "host": urlsplit(base_url).hostname,
            "hold_hours": ACCOUNT.hold // HOUR,
            "closing_days": ACCOUNT.cooling_off // DAY,
        }

    def __call__(self, letter: Letter, code: str | None) -> tuple[str, str]:
        """Subject (empty for an SMS) and body."""
        values = {
            "code": code,
            "valid_until": clock(letter.valid_until) if letter.valid_until else None,
            "link": f"{self._base}{ALARM}/{self._alarms.sign(letter.alarm)}" if letter.alarm else None,
        }
        with shown_in(Display(letter.display)):
            subject = self._text(letter, "subject", values) if letter.channel == "email" else ""
            return " ".join(subject.split()), self._text(letter, "body", values)

    def _text(self, letter: Letter, part: str, values: dict[str, str | None]) -> str:
        return self._environment.get_template(f"{letter.message}/{part}.txt").render(values).strip()
