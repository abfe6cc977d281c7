"""The site as its pages see it, and one visit to it: which display, which cookies, page or fragment."""

import math
from dataclasses import dataclass
from typing import Any

from litestar import Response
from litestar.datastructures import Cookie
from litestar.enums import MediaType
from litestar.exceptions import PermissionDeniedException

from webapp.core.flow import Journey
from webapp.i18n import Display, preferred
from webapp.journeys import HOME
from webapp.ports import Services
from webapp.web import forms, hx
from webapp.web.cookies import DISPLAY, Cookies
from webapp.web.csrf import Csrf
from webapp.web.forms import AnyRequest
from webapp.web.render import Frame, Renderer


@dataclass(frozen=True)
class Site:
    """Everything a page needs, put together in app.py."""

    services: Services
    journey: Journey
    renderer: Renderer
    cookies: Cookies
    csrf: Csrf


@dataclass(frozen=True)
class Visit:
    """One request as a page sees it. `csrf` is the cookie of its forms, `fresh` when it has yet to be set."""

    display: Display
    journey: str | None
    csrf: str
    fresh: bool
    fragment: bool
    chosen: bool = False


def visiting(site: Site, request: AnyRequest, chosen: str | None = None) -> Visit:
    """The visit behind a request; `chosen` is a display picked just now."""
    csrf = request.cookies.get(site.cookies.csrf)
    named = _display(chosen) or _display(request.cookies.get(DISPLAY))
    return Visit(
        display=named or preferred(request.headers.get("accept-language", "")),
        journey=request.cookies.get(site.cookies.journey),
        csrf=csrf or site.csrf.cookie(),
        fresh=csrf is None,
        fragment=hx.wants_fragment(request),
        chosen=_display(chosen) is not None,
    )


def _display(name: str | None) -> Display | None:
    return next((display for display in Display if display.value == name), None)


async def submitted(site: Site, request: AnyRequest) -> dict[str, str]:
    """The fields of a form of ours. Malformed (400), 403 when it came from elsewhere, 413 when it is too large."""
    data = await forms.read(request)
    if not site.csrf.accepts(request, request.cookies.get(site.cookies.csrf), data):
        raise PermissionDeniedException
    return data


def html(
    site: Site, visit: Visit, partial: str, path: str, *, status: int = 200, until: float | None = None, **context: Any
) -> Response[str]:
    """A page or fragment; `until` (Unix seconds) tells from when another try makes sense."""
    frame = Frame(path, visit.display, site.csrf.token(visit.csrf), visit.fragment, visit.chosen)
    body = site.renderer.render(partial, frame, **context)
    headers = {"Vary": hx.VARY}
    if status >= 400 and visit.fragment:
        headers |= hx.same_address()
    if until is not None:
        headers["Retry-After"] = str(max(1, math.ceil(until - site.services.clock())))
    return Response(body, media_type=MediaType.HTML, status_code=status, headers=headers, cookies=_cookies(site, visit))


def go(site: Site, visit: Visit, path: str, journey: str | None = None, notice: str | None = None) -> Response[str]:
    """303 to a screen under /mon_compte, with a new journey cookie if there is one."""
    address = f"{HOME}/{path}" if path else HOME
    located = {"Location": f"{address}?motif={notice}" if notice else address, "Vary": hx.VARY}
    moved = [site.cookies.session(site.cookies.journey, journey)] if journey else []
    return Response(
        "", media_type=MediaType.TEXT, status_code=303, headers=located, cookies=moved + _cookies(site, visit)
    )


def _cookies(site: Site, visit: Visit) -> list[Cookie]:
    csrf = [site.cookies.session(site.cookies.csrf, visit.csrf)] if visit.fresh else []
    return csrf + ([site.cookies.display(visit.display)] if visit.chosen else [])
