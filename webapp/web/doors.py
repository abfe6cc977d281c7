"""How one comes in: the start page with its two doors, and the sign-in."""

import secrets
from typing import Any, Final

from litestar import Response, get, post

from webapp.core.state import Door, State
from webapp.core.step import FieldError
from webapp.journeys import HOME, JOURNEYS, SIGN_IN, SPACE
from webapp.ports import Stored
from webapp.web.client import visitor
from webapp.web.forms import AnyRequest
from webapp.web.pages import NOTICES, Showing, step_page
from webapp.web.routes import answered
from webapp.web.runner import Submission, submit
from webapp.web.site import Site, Visit, go, html, submitted, visiting

START: Final = "steps/start.html"
_PRESSED: Final = (Door.ACTIVATION, Door.RECOVERY)
_SIGN_IN: Final = JOURNEYS[Door.SIGN_IN].table[0]


@get("/", name="root")
async def root(request: AnyRequest, site: Site) -> Response[Any]:
    """The site has one door."""
    return go(site, visiting(site, request), HOME)


@get(HOME)
async def start(request: AnyRequest, site: Site) -> Response[Any]:
    """Screen 0."""
    return html(site, visiting(site, request), START, HOME, errors=())


@post(HOME)
async def begin(request: AnyRequest, site: Site) -> Response[Any]:
    """A door was chosen: a new journey under a new cookie."""
    data = await submitted(site, request)
    visit = visiting(site, request, data.get("display"))
    door = next((door for door in _PRESSED if door == data.get("door")), None)
    if visit.chosen or door is None:
        errors = () if visit.chosen else (FieldError("door", "required"),)
        return html(site, visit, START, HOME, status=422 if errors else 200, errors=errors)
    now = site.services.clock()
    cookie = await site.services.flow.start(State(_secret(), door, now), now)
    journey = JOURNEYS[door]
    return go(site, visit, journey.address(journey.table[0]), site.cookies.session(site.cookies.journey, cookie))


@get(SIGN_IN)
async def sign_in(request: AnyRequest, site: Site, motif: str | None = None) -> Response[Any]:
    """The door to the space; whoever is in already goes on."""
    visit, services = visiting(site, request), site.services
    if visit.sign_in and await services.sign_ins.find(visit.sign_in, services.clock()):
        return go(site, visit, SPACE)
    showing = Showing(notice=motif if motif in NOTICES else None)
    return step_page(site, visit, _SIGN_IN, _knocking(site, visit, request), showing)


@post(SIGN_IN)
async def enter(request: AnyRequest, site: Site) -> Response[Any]:
    """Number and password; the journey begins here only when they are right."""
    data = await submitted(site, request)
    visit = visiting(site, request, data.get("display"))
    state = _knocking(site, visit, request)
    if visit.chosen:
        return step_page(site, visit, _SIGN_IN, state, Showing(typed=data))
    sent = Submission(None, Stored(state, 0), _SIGN_IN, _SIGN_IN.step.action, data, visit.display.value)
    return answered(site, visit, sent, await submit(sent, site.services))


def _knocking(site: Site, visit: Visit, request: AnyRequest) -> State:
    journey = _secret()
    browser = visit.browser or site.services.sign_ins.browser(journey)
    return State(journey, Door.SIGN_IN, site.services.clock(), visitor=visitor(request, browser))


def _secret() -> str:
    return secrets.token_urlsafe(16)


HANDLERS: Final = [root, start, begin, sign_in, enter]
