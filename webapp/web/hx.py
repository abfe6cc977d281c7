"""The one door to htmx: who asks for a fragment, and what an answer tells the browser's history."""

from collections.abc import Mapping
from typing import Final

VARY: Final = "HX-Request, HX-Request-Type, Cookie, Accept-Language"


def wants_fragment(headers: Mapping[str, str]) -> bool:
    """Whether htmx will swap the answer into the page; boosted and history requests want whole pages."""
    return headers.get("HX-Request-Type") == "partial"


def same_address() -> dict[str, str]:
    """Headers that keep the address bar as it is when a submission is answered with its own screen."""
    return {"HX-Push-Url": "false"}
