"""Headers that every answer carries: nothing is cached, framed, sniffed or loaded from elsewhere."""

from collections.abc import Awaitable, Callable
from typing import Final

from litestar.datastructures import MutableScopeHeaders
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

    async def complete(message: Message, _: Scope) -> None:
        if message["type"] == "http.response.start":
            headers = MutableScopeHeaders.from_message(message)
            for name, value in {**_ALWAYS, **extra, "cache-control": "no-store"}.items():
                headers.setdefault(name, value)

    return complete
