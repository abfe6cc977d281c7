"""Static files over HTTP: the smallest coding the browser takes, kept for a year under a name made from the bytes."""

from typing import Any

from litestar import Response, get
from litestar.exceptions import NotFoundException

from webapp.web.assets import PREFIX, Assets
from webapp.web.forms import AnyRequest


@get(f"{PREFIX}{{name:path}}", name="static")
async def asset(request: AnyRequest, assets: Assets, name: str) -> Response[Any]:
    """One file by its hashed name."""
    found = assets.find(name.removeprefix("/"))
    if found is None:
        raise NotFoundException
    offered = {coding.split(";")[0].strip() for coding in request.headers.get("accept-encoding", "").split(",")}
    coding = next((coding for coding in ("br", "gzip") if coding in offered and coding in found.bodies), "")
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "Vary": "Accept-Encoding"}
    if found.policy:
        headers["Content-Security-Policy"] = found.policy
    if coding:
        headers["Content-Encoding"] = coding
    return Response(found.bodies[coding], media_type=found.media_type, headers=headers)
