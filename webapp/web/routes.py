"""Every address of the journey, each a few lines: who may stand there, what is shown, where a submission leads."""

import secrets
from collections.abc import Callable
from typing import Any, Final

from litestar import Response, get, post
from litestar.exceptions import NotFoundException

from webapp.core import flow
from webapp.core.flow import AnyStep, Screen
from webapp.core.state import Door, State
from webapp.core.step import Action, FieldError
from webapp.journeys import ENDS, HOME, End
from webapp.ports import Services, Stored
from webapp.web.forms import AnyRequest
from webapp.web.pages import NOTICES, Showing, step_page
from webapp.web.runner import Again, Next, Result, Submission, fingerprint, place, submit
from webapp.web.site import Site, Visit, go, html, submitted, visiting

START: Final = "steps/start.html"
Pick = Callable[[AnyStep], Action[Any, Any, Services] | None]


@get("/", name="root")
async def root(request: AnyRequest, site: Site) -> Response[Any]:
    """The site has one door."""
    return go(site, visiting(site, request), "")


@get(HOME)
async def start(request: AnyRequest, site: Site) -> Response[Any]:
    """Screen 0."""
    return html(site, visiting(site, request), START, HOME, errors=())


@post(HOME)
async def begin(request: AnyRequest, site: Site) -> Response[Any]:
    """A door was chosen: a new journey under a new cookie."""
    data = await submitted(site, request)
    visit = visiting(site, request, data.get("display"))
    door = next((door for door in Door if door == data.get("door")), None)
    if visit.chosen or door is None:
        errors = () if visit.chosen else (FieldError("door", "required"),)
        return html(site, visit, START, HOME, status=422 if errors else 200, errors=errors)
    now = site.services.clock()
    cookie = await site.services.flow.start(State(secrets.token_urlsafe(16), door, now), now)
    return go(site, visit, site.journey[0].path, cookie)


@get(f"{HOME}/{{segment:str}}")
async def show(request: AnyRequest, site: Site, segment: str, motif: str | None = None) -> Response[Any]:
    """A screen of the journey, or where it ends."""
    visit, screen = visiting(site, request), _screen(site, segment)
    stored = await _stored(site, visit)
    if isinstance(screen, End):
        return _end(site, visit, stored, screen)
    standing = _standing(site, visit, stored, screen)
    if isinstance(standing, Response):
        return standing
    return step_page(site, visit, screen, standing.state, Showing(notice=motif if motif in NOTICES else None))


@post(f"{HOME}/{{segment:str}}")
async def answer(request: AnyRequest, site: Site, segment: str) -> Response[Any]:
    """What a member sends to a screen; with `display`, only the language changes and what was typed stays."""
    return await _take(request, site, _screen(site, segment), lambda step: step.action)


@post(f"{HOME}/{{segment:str}}/renvoi")
async def resend(request: AnyRequest, site: Site, segment: str) -> Response[Any]:
    """Another message with the code."""
    return await _take(request, site, _screen(site, segment), lambda step: step.resend)


@get(f"{HOME}/{{segment:str}}/renvoi")
async def resent(request: AnyRequest, site: Site, segment: str) -> Response[Any]:
    """The address of a refused resend, opened again: nothing is sent, the screen is shown."""
    return go(site, visiting(site, request), _screen(site, segment).path)


async def _take(request: AnyRequest, site: Site, screen: Screen | End, pick: Pick) -> Response[Any]:
    data = await submitted(site, request)
    visit = visiting(site, request, data.get("display"))
    stored = await _stored(site, visit)
    if isinstance(screen, End):
        return _end(site, visit, stored, screen)
    if stored is None and (moved := await _moved(site, visit, screen, data)):
        return moved
    standing = _standing(site, visit, stored, screen)
    if isinstance(standing, Response):
        return standing
    if visit.chosen:
        return step_page(site, visit, screen, standing.state, Showing(typed=data))
    action = pick(screen.step)
    if action is None or visit.journey is None:
        raise NotFoundException
    sent = Submission(visit.journey, standing, screen, action, data, visit.display.value)
    return _answered(site, visit, sent, await submit(site.journey, sent, site.services))


def _answered(site: Site, visit: Visit, sent: Submission, result: Result) -> Response[Any]:
    match result:
        case Next(path, cookie, notice):
            return go(site, visit, path, cookie, notice)
        case Again(errors, until, spent):
            showing = Showing(typed=sent.data, errors=errors, until=until, spent=spent)
            return step_page(site, visit, sent.screen, sent.stored.state, showing)


def _screen(site: Site, segment: str) -> Screen | End:
    screen = next((row for row in site.journey if row.path == segment), None)
    end = next((end for end in ENDS.values() if end.path == segment), None)
    if found := screen or end:
        return found
    raise NotFoundException


async def _stored(site: Site, visit: Visit) -> Stored | None:
    return await site.services.flow.load(visit.journey, site.services.clock()) if visit.journey else None


async def _moved(site: Site, visit: Visit, screen: Screen, data: dict[str, str]) -> Response[Any] | None:
    """The second click of a double click, whose first one already brought a new cookie that the browser never saw."""
    services = site.services
    cookie = await services.flow.moved(visit.journey, fingerprint(screen, data)) if visit.journey else None
    stored = await services.flow.load(cookie, services.clock()) if cookie else None
    return go(site, visit, place(site.journey, stored.state), cookie, "saved-already") if stored else None


def _standing(site: Site, visit: Visit, stored: Stored | None, screen: Screen) -> Stored | Response[Any]:
    """The journey of somebody who may stand on that screen, or where to lead them and why."""
    if stored is None:
        return go(site, visit, ENDS["expired"].path)
    if stored.state.done:
        return go(site, visit, ENDS["done"].path)
    if not flow.allows(site.journey, stored.state, screen):
        return go(site, visit, place(site.journey, stored.state), notice="not-yet")
    return stored


def _end(site: Site, visit: Visit, stored: Stored | None, end: End) -> Response[Any]:
    """An end of the journey, unless the journey is elsewhere."""
    here = place(site.journey, stored.state) if stored else None
    if end is ENDS["done"] and here != end.path:
        return go(site, visit, here or ENDS["expired"].path)
    if end is ENDS["expired"] and here is not None:
        return go(site, visit, here)
    return html(site, visit, end.partial, f"{HOME}/{end.path}")


HANDLERS: Final = [root, start, begin, show, answer, resend, resent]
