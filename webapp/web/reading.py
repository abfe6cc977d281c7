"""Pages beside the journeys that are only read: the terms."""

from typing import Any, Final

from litestar import Response, get, post

from webapp.web.forms import AnyRequest
from webapp.web.site import Site, html, submitted, visiting

_PATH: Final = "/conditions-generales"
_PARTIAL: Final = "pages/general_terms.html"


@get(_PATH, name="reading")
async def read(request: AnyRequest, site: Site) -> Response[Any]:
    """The terms."""
    return html(site, visiting(site, request), _PARTIAL, _PATH)


@post(_PATH, status_code=200)
async def read_in(request: AnyRequest, site: Site) -> Response[Any]:
    """The same page in another display."""
    data = await submitted(site, request)
    return html(site, visiting(site, request, data.get("display")), _PARTIAL, _PATH)


HANDLERS: Final = [read, read_in]
