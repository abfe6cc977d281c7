"""The development outbox: what members would find in their mailbox and on their phone. Never served in production."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, Final

from litestar import Response, get
from litestar.datastructures import State as AppState

from webapp.core.times import clock
from webapp.web.forms import AnyRequest
from webapp.web.site import Site, html, visiting

Messages = Callable[[], Awaitable[list[dict[str, str]]]]
PATH: Final = "/dev/outbox"


@get(PATH)
async def outbox(request: AnyRequest, site: Site, state: AppState) -> Response[Any]:
    """All messages, newest first, as a page."""
    read: Messages = state.messages
    return html(
        site,
        visiting(site, request),
        "pages/dev_outbox.html",
        PATH,
        messages=[_timed(message) for message in await read()],
    )


def _timed(message: dict[str, str]) -> dict[str, str]:
    return {**message, "clock": clock(datetime.fromisoformat(message["created_at"]).timestamp())}


@get(f"{PATH}.json")
async def outbox_json(state: AppState) -> list[dict[str, str]]:
    """All messages, newest first."""
    read: Messages = state.messages
    return await read()


HANDLERS: Final = [outbox, outbox_json]
