"""Headers that every answer carries: nothing is cached, framed, sniffed or loaded from elsewhere."""

from collections.abc import Awaitable, Callable
from typing import Final

from litestar.types import Message, Scope

CSP: Final = "; ".join(
    [
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "font", "connect")),
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
_ALWAYS: Final = {
    "content-security-policy": CSP,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_HSTS: Final = "max-age=63072000; includeSubDomains"


def armour(*, secure: bool) -> Callable[[Message, Scope], Awaitable[None]]:
    """A hook that completes the headers of an answer; what a handler set stays."""
    extra = {"strict-transport-security": _HSTS} if secure else {}
    complete_set = {**_ALWAYS, **extra, "cache-control": "no-store"}
    encoded = [(name.encode(), value.encode()) for name, value in complete_set.items()]

    async def complete(message: Message, _: Scope) -> None:
        if message["type"] == "http.response.start":
            there = list(message["headers"])
            named = {name.lower() for name, _ in there}
            message["headers"] = there + [pair for pair in encoded if pair[0] not in named]

    return complete
