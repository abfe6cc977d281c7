"""The one door to htmx: who asks for a fragment, and what an answer tells the browser's history."""

from typing import Final

from litestar_htmx import HTMXDetails

from webapp.web.forms import AnyRequest

VARY: Final = "HX-Request, HX-Request-Type, Cookie, Accept-Language"


def wants_fragment(request: AnyRequest) -> bool:
    """Whether htmx will swap the answer into the page; boosted and history requests want whole pages."""
    return bool(HTMXDetails(request)) and request.headers.get("HX-Request-Type") == "partial"


def same_address() -> dict[str, str]:
    """Headers that keep the address bar as it is when a submission is answered with its own screen."""
    return {"HX-Push-Url": "false"}
