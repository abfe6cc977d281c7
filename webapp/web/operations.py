"""What operators' machines ask: is the process up, can it serve."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from litestar import Response, get
from litestar.datastructures import State as AppState

Check = Callable[[], Awaitable[bool]]


@get("/healthz", name="healthz")
async def healthz() -> dict[str, str]:
    """The process answers."""
    return {"status": "ok"}


@get("/readyz", name="readyz")
async def readyz(state: AppState) -> Response[dict[str, str]]:
    """Database, store and migrations; 503 names what is missing."""
    checks: Mapping[str, Check] = state.checks
    found = {name: "ok" if await check() else "away" for name, check in checks.items()}
    return Response(found, status_code=200 if set(found.values()) == {"ok"} else 503)


HANDLERS: Final = [healthz, readyz]
