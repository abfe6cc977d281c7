"""Every screen of every journey, each route a few lines: who may stand there, what is shown, where it leads."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from litestar import Response, get, post
from litestar.exceptions import NotFoundException

from webapp.core import flow
from webapp.core.flow import AnyStep, Screen
from webapp.core.step import Action
from webapp.journeys import ENDS, JOURNEYS, End, place
from webapp.ports import Services, Stored
from webapp.web import ends
from webapp.web.forms import AnyRequest
from webapp.web.pages import NOTICES, Showing, step_page
from webapp.web.runner import Again, Entrance, Next, Result, Submission, entrance, fingerprint, submit
from webapp.web.site import Site, Visit, go, submitted, visiting

Pick = Callable[[AnyStep], Action[Any, Any, Services] | None]
_ABSENT: Final = {journey.home: journey.absent for journey in JOURNEYS.values()}
_SCREENS: Final = [f"{home}/{{segment:str}}" for home in _ABSENT]
_RESENDS: Final = [f"{path}/renvoi" for path in _SCREENS]


@get(_SCREENS)
async def show(request: AnyRequest, site: Site, motif: str | None = None) -> Response[Any]:
    """A screen of a journey, or where it ends."""
    address = request.url.path
    visit, stored = await _stored(site, visiting(site, request), address)
    if end := _end(address):
        return ends.page(site, visit, stored, end)
    standing = _standing(site, visit, stored, address)
    if isinstance(standing, Response):
        return standing
    showing = Showing(notice=motif if motif in NOTICES else None)
    return step_page(site, visit, _screen(standing, address), standing.state, showing)


@post(_SCREENS)
async def answer(request: AnyRequest, site: Site) -> Response[Any]:
    """What a member sends to a screen; with `display`, only the language changes and what was typed stays."""
    return await _take(request, site, request.url.path, lambda step: step.action)


@post(_RESENDS)
async def resend(request: AnyRequest, site: Site) -> Response[Any]:
    """Another message with the code."""
    return await _take(request, site, _screen_of_resend(request), lambda step: step.resend)


@get(_RESENDS)
async def resent(request: AnyRequest, site: Site) -> Response[Any]:
    """The address of a refused resend, opened again: nothing is sent, the screen is shown."""
    return go(site, visiting(site, request), _known(_screen_of_resend(request)))


async def _take(request: AnyRequest, site: Site, address: str, pick: Pick) -> Response[Any]:
    data = await submitted(site, request)
    visit, stored = await _stored(site, visiting(site, request, data.get("display")), address)
    if end := _end(address):
        return ends.page(site, visit, stored, end)
    if stored is None and (moved := await _moved(site, visit, address, data)):
        return moved
    standing = _standing(site, visit, stored, address)
    if isinstance(standing, Response):
        return standing
    screen = _screen(standing, address)
    if visit.chosen:
        return step_page(site, visit, screen, standing.state, Showing(typed=data))
    action = pick(screen.step)
    if action is None:
        raise NotFoundException
    sent = Submission(visit.journey, standing, screen, action, data, visit.display.value)
    return answered(site, visit, sent, await submit(sent, site.services))


def answered(site: Site, visit: Visit, sent: Submission, result: Result) -> Response[Any]:
    """The answer to a submission: on to another address, or the same screen again."""
    match result:
        case Next(address, cookie, notice, opened):
            return _led(site, visit, address, cookie, opened, notice)
        case Again(errors, until, spent):
            showing = Showing(typed=sent.data, errors=errors, until=until, spent=spent)
            return step_page(site, visit, sent.screen, sent.stored.state, showing)


def _led(
    site: Site, visit: Visit, address: str, journey: str | None, opened: Entrance | None, notice: str | None
) -> Response[Any]:
    cookies = [site.cookies.session(site.cookies.journey, journey)] if journey else []
    if opened:
        cookies += [site.cookies.session(site.cookies.sign_in, opened.sign_in), site.cookies.known(opened.browser)]
    return go(site, visit, address, *cookies, notice=notice)


def _screen_of_resend(request: AnyRequest) -> str:
    return request.url.path.removesuffix("/renvoi")


def _end(address: str) -> End | None:
    return next((end for end in ENDS.values() if end.path == address), None)


def _known(address: str) -> str:
    """An address that some journey has. NotFoundException for any other."""
    if _end(address) or any(
        journey.address(screen) == address for journey in JOURNEYS.values() for screen in journey.table
    ):
        return address
    raise NotFoundException


def _screen(stored: Stored, address: str) -> Screen:
    journey = JOURNEYS[stored.state.door]
    return next(screen for screen in flow.open_to(journey.table, stored.state) if journey.address(screen) == address)


async def _stored(site: Site, visit: Visit, address: str) -> tuple[Visit, Stored | None]:
    """The visitor's journey, if it is one of those that stand at this address; in the space, its holder's alone."""
    services = site.services
    stored = await services.flow.load(visit.journey, services.clock()) if visit.journey else None
    if stored is None or JOURNEYS[stored.state.door].home != address.rpartition("/")[0]:
        return visit, None
    if stored.state.holder is None:
        return visit, stored
    signed = await services.sign_ins.find(visit.sign_in or "", services.clock())
    mine = signed is not None and signed.id == stored.state.sign_in
    return replace(visit, signed=signed), stored if mine else None


async def _moved(site: Site, visit: Visit, address: str, data: dict[str, str]) -> Response[Any] | None:
    """The second click of a double click, whose first one already brought a new cookie that the browser never saw."""
    services = site.services
    cookie = await services.flow.moved(visit.journey, fingerprint(address, data)) if visit.journey else None
    stored = await services.flow.load(cookie, services.clock()) if cookie else None
    if stored is None:
        return None
    return _led(site, visit, place(stored.state), cookie, entrance(stored.state, services), "saved-already")


def _standing(site: Site, visit: Visit, stored: Stored | None, address: str) -> Stored | Response[Any]:
    """The journey of somebody who may stand on that screen, or where to lead them and why."""
    _known(address)
    if stored is None:
        return go(site, visit, _ABSENT[address.rpartition("/")[0]])
    journey, state = JOURNEYS[stored.state.door], stored.state
    if state.done:
        return go(site, visit, place(state))
    here = [screen for screen in journey.table if journey.address(screen) == address]
    if not any(flow.allows(journey.table, state, screen) for screen in here):
        return go(site, visit, place(state), notice="not-yet")
    return stored


HANDLERS: Final = [show, answer, resend, resent]
