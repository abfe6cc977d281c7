"""The gallery's addresses: its list and each of its scenes. Never served in production."""

from typing import Any, Final

from litestar import Response, get, post
from litestar.exceptions import NotFoundException

from webapp.web.forms import AnyRequest
from webapp.web.gallery.scene import PATH
from webapp.web.gallery.scenes import LIST, Scenes, by_partial
from webapp.web.site import Site, Visit, html, submitted, visiting

_SCENE: Final = f"{PATH}/{{name:str}}"


@get(PATH)
async def listed(request: AnyRequest, site: Site, scenes: Scenes) -> Response[Any]:
    """All scenes, by partial."""
    return _list(site, visiting(site, request), scenes)


@post(PATH, status_code=200)
async def listed_in(request: AnyRequest, site: Site, scenes: Scenes) -> Response[Any]:
    """The same in another display."""
    data = await submitted(site, request)
    return _list(site, visiting(site, request, data.get("display")), scenes)


@get(_SCENE)
async def scene(request: AnyRequest, site: Site, scenes: Scenes, name: str) -> Response[Any]:
    """One partial in one state."""
    return _scene(site, visiting(site, request), scenes, name)


@post([_SCENE, f"{_SCENE}/renvoi"], status_code=200)
async def scene_in(request: AnyRequest, site: Site, scenes: Scenes, name: str) -> Response[Any]:
    """The same in another display; whatever else was sent is of no account."""
    data = await submitted(site, request)
    return _scene(site, visiting(site, request, data.get("display")), scenes, name)


def _list(site: Site, visit: Visit, scenes: Scenes) -> Response[Any]:
    return html(site, visit, LIST, PATH, partials=by_partial(scenes))


def _scene(site: Site, visit: Visit, scenes: Scenes, name: str) -> Response[Any]:
    found = scenes.get(name)
    if found is None:
        raise NotFoundException
    return html(site, visit, found.partial, found.path, **found.context)


HANDLERS: Final = [listed, listed_in, scene, scene_in]
