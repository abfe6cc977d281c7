"""A step, a state and what was typed become the page of that screen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from litestar import Response

from webapp.core import fields, flow
from webapp.core.flow import Journey, Screen
from webapp.core.state import State
from webapp.core.step import FieldError
from webapp.core.views import CaptchaView, ScreenView
from webapp.journeys import HOME, JOURNEYS, SPACE
from webapp.web.site import Site, Visit, html

NOTICES = frozenset(
    {"not-yet", "saved-already", "new-code-sent", "account-exists", "no-account-yet", "account-made", "signed-out"}
)


@dataclass(frozen=True)
class Showing:
    """How a screen is shown again: what was typed, what is wrong, a sentence above, until when one must wait.
    `spent` says that the robot check was used up."""

    typed: Mapping[str, str] | None = None
    errors: tuple[FieldError, ...] = ()
    notice: str | None = None
    until: float | None = None
    spent: bool = False

    @property
    def status(self) -> int:
        """429 when only waiting helps, 422 with errors, else 200."""
        return 429 if self.until else 422 if self.errors else 200


def step_page(site: Site, visit: Visit, screen: Screen, state: State, showing: Showing) -> Response[str]:
    """The page of a screen."""
    path = JOURNEYS[state.door].address(screen)
    view = _view(site, screen, state, showing)
    partial = f"steps/{screen.step.key}.html"
    return html(site, visit, partial, path, status=showing.status, until=showing.until, screen=view)


def surroundings(screen: Screen, state: State) -> ScreenView:
    """What a screen shows of its place in a journey, and nothing yet of the step."""
    journey = JOURNEYS[state.door]
    before = flow.back(journey.table, state, screen)
    number, total = flow.counted(journey.table, state, screen) or (None, None)
    return ScreenView(
        name=screen.step.key,
        path=journey.address(screen),
        number=number,
        total=total,
        percent=screen.percent,
        back=journey.address(before) if before else _outside(journey),
    )


def _view(site: Site, screen: Screen, state: State, showing: Showing) -> ScreenView:
    return replace(
        surroundings(screen, state),
        values=_values(screen, state, showing.typed),
        errors=showing.errors,
        notice=showing.notice,
        captcha=_captcha(site, screen, showing),
        view=screen.step.view(state, site.services.clock()),
    )


def _outside(journey: Journey) -> str:
    """What lies before the first screen of a journey."""
    return SPACE if journey.absent == SPACE else HOME


def _values(screen: Screen, state: State, typed: Mapping[str, str] | None) -> Mapping[str, str]:
    if typed is None:
        return screen.step.values(state)
    return {name: fields.shown(typed[name]) for name in screen.step.keeps if name in typed}


def _captcha(site: Site, screen: Screen, showing: Showing) -> CaptchaView | None:
    captcha = site.services.captcha
    if not screen.step.action.captcha:
        return None
    kept = "" if showing.spent else (showing.typed or {}).get(captcha.field, "")
    return CaptchaView(captcha.kind, captcha.challenge(site.services.clock()), kept)
