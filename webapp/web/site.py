"""The site as its pages see it, and one visit to it: which display, which cookies, page or fragment."""

import math
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from litestar import Response
from litestar.datastructures import Cookie
from litestar.enums import MediaType
from litestar.exceptions import PermissionDeniedException

from webapp.core.limits import SIGN_IN
from webapp.core.times import clock
from webapp.core.views import SessionView
from webapp.i18n import Display, preferred
from webapp.ports import Services, SignedIn
from webapp.web import forms, hx
from webapp.web.cookies import DISPLAY, Cookies
from webapp.web.csrf import Csrf
from webapp.web.forms import AnyRequest
from webapp.web.render import Frame, Renderer


@dataclass(frozen=True)
class Site:
    """Everything a page needs, put together in app.py."""

    services: Services
    renderer: Renderer
    cookies: Cookies
    csrf: Csrf


@dataclass(frozen=True)
class Visit:
    """One request as a page sees it. `csrf` is the cookie of its forms, `fresh` when it has yet to be set;
    `signed` is the open sign-in behind it, once it was looked for."""

    display: Display
    journey: str | None
    sign_in: str | None
    browser: str | None
    csrf: str
    fresh: bool
    fragment: bool
    chosen: bool = False
    signed: SignedIn | None = None


def visiting(site: Site, request: AnyRequest, chosen: str | None = None) -> Visit:
    """The visit behind a request; `chosen` is a display picked just now."""
    csrf = request.cookies.get(site.cookies.csrf)
    named = _display(chosen) or _display(request.cookies.get(DISPLAY))
    return Visit(
        display=named or preferred(request.headers.get("accept-language", "")),
        journey=request.cookies.get(site.cookies.journey),
        sign_in=request.cookies.get(site.cookies.sign_in),
        browser=request.cookies.get(site.cookies.browser),
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
    """A page or fragment; `until` (Unix seconds) tells from when another try makes sense. A `session` of its own in the
    context stands for that of the visit."""
    frame = Frame(quote(path), visit.display, site.csrf.token(visit.csrf), visit.fragment, visit.chosen)
    body = site.renderer.render(partial, frame, **{"session": _session(site, visit.signed), **context})
    headers = {"Vary": hx.VARY}
    if status >= 400 and visit.fragment:
        headers |= hx.same_address()
    if until is not None:
        headers["Retry-After"] = str(max(1, math.ceil(until - site.services.clock())))
    return Response(body, media_type=MediaType.HTML, status_code=status, headers=headers, cookies=_cookies(site, visit))


def _session(site: Site, signed: SignedIn | None) -> SessionView | None:
    """When the sign-in ends, as every page tells it."""
    if signed is None:
        return None
    left = max(0, int(signed.ends_at - site.services.clock()))
    return SessionView(clock(signed.ends_at), left, SIGN_IN.warning, signed.ends_at < signed.until)


def go(
    site: Site, visit: Visit, address: str, *cookies: Cookie, notice: str | None = None, **headers: str
) -> Response[str]:
    """303 to an address of ours, with cookies to set."""
    located = {"Location": f"{address}?motif={notice}" if notice else address, "Vary": hx.VARY, **headers}
    return Response(
        "", media_type=MediaType.TEXT, status_code=303, headers=located, cookies=[*cookies, *_cookies(site, visit)]
    )


def _cookies(site: Site, visit: Visit) -> list[Cookie]:
    csrf = [site.cookies.session(site.cookies.csrf, visit.csrf)] if visit.fresh else []
    return csrf + ([site.cookies.display(visit.display)] if visit.chosen else [])
