"""What went wrong, said on a page of ours in the member's language; the log gets names and places, never data."""

import logging
import traceback
from typing import Any, Final

from litestar import Response
from litestar.exceptions import HTTPException

from webapp.core.limits import RETRY_AFTER
from webapp.journeys import HOME
from webapp.ports import Away
from webapp.web.forms import AnyRequest
from webapp.web.signed import SignedOut, to_the_door
from webapp.web.site import Site, html, visiting

_PARTIALS: Final = {403: "refused", 404: "not_found", 405: "not_found", 400: "malformed", 413: "malformed"}
_log = logging.getLogger("webapp")


def expected(request: AnyRequest, error: HTTPException) -> Response[Any]:
    """An HTTP error that was raised on purpose: 4xx with its page."""
    if error.status_code >= 500:
        return unexpected(request, error)
    return _page(request, _PARTIALS.get(error.status_code, "malformed"), error.status_code)


def away(request: AnyRequest, error: Away) -> Response[Any]:
    """A part of the house does not answer: 503, and from when to try again."""
    _log.error("part.away part=%s", error)
    return _page(request, "unavailable", 503)


def unexpected(request: AnyRequest, error: Exception) -> Response[Any]:
    """A defect of ours: 500. Where it happened is logged; its text is not, it could hold what a member typed."""
    frames = traceback.extract_tb(error.__traceback__)[-4:]
    places = " < ".join(f"{frame.filename.rsplit('/', 1)[-1]}:{frame.lineno}" for frame in reversed(frames))
    _log.error("request.failed error=%s at=%s", type(error).__name__, places)
    return _page(request, "unavailable", 500)


def _page(request: AnyRequest, name: str, status: int) -> Response[Any]:
    site: Site = request.app.state.site
    visit = visiting(site, request)
    until = site.services.clock() + RETRY_AFTER if status == 503 else None
    path = HOME if name == "not_found" else request.url.path  # a display chosen on a page that is nowhere needs a page
    return html(site, visit, f"notices/{name}.html", path, status=status, until=until)


HANDLERS: Final[dict[Any, Any]] = {SignedOut: to_the_door, HTTPException: expected, Away: away, Exception: unexpected}
