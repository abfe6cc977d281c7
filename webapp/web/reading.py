"""Pages beside the journey that are only read: the terms and the door to the member's space."""

from typing import Any, Final

from litestar import Response, get, post

from webapp.web.forms import AnyRequest
from webapp.web.site import Site, html, submitted, visiting

_PAGES: Final = {"/conditions-generales": "pages/general_terms.html", "/connexion": "pages/sign_in.html"}


@get(list(_PAGES), name="reading")
async def read(request: AnyRequest, site: Site) -> Response[Any]:
    """One such page."""
    path = request.url.path
    return html(site, visiting(site, request), _PAGES[path], path)


@post(list(_PAGES), status_code=200)
async def read_in(request: AnyRequest, site: Site) -> Response[Any]:
    """The same page in another display."""
    data = await submitted(site, request)
    path = request.url.path
    return html(site, visiting(site, request, data.get("display")), _PAGES[path], path)


HANDLERS: Final = [read, read_in]
