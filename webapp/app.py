"""The web process: settings become a house, and the house a site."""

import time
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from litestar import Litestar
from litestar.config.compression import CompressionConfig
from litestar.datastructures import State
from litestar.di import Provide
from redis.exceptions import RedisError

from webapp.adapters.database import engine, migrate
from webapp.composition import House, build
from webapp.core.limits import BODY_BYTES
from webapp.ports import Away
from webapp.settings import Settings
from webapp.web import development, doors, errors, leaving, operations, reading, routes, space, static_files
from webapp.web.assets import PREFIX, Assets
from webapp.web.cookies import Cookies
from webapp.web.csrf import Csrf
from webapp.web.gallery import handlers as gallery
from webapp.web.gallery.scenes import scenes
from webapp.web.headers import armour
from webapp.web.render import Renderer
from webapp.web.site import Site

_OUTBOX_PAGE = 50  # messages on the development page


def create(settings: Settings) -> Litestar:
    """The app for these settings; it connects when it starts."""
    house = build(settings, time.time)
    assets = Assets(house.brand)
    site = _site(house, assets)
    handlers = [*doors.HANDLERS, *routes.HANDLERS, *space.HANDLERS, *leaving.HANDLERS, *reading.HANDLERS]
    handlers += [*operations.HANDLERS, static_files.asset]
    if not settings.production:
        handlers += [*development.HANDLERS, *gallery.HANDLERS]
    parts = {"site": site, "checks": _checks(house), "messages": lambda: house.delivered.newest_first(_OUTBOX_PAGE)}
    return Litestar(
        route_handlers=handlers,
        dependencies={"site": _given(site), "assets": _given(assets), "scenes": _once(lambda: scenes(house.brand))},
        exception_handlers=errors.HANDLERS,
        before_send=[armour(secure=site.cookies.secure)],
        lifespan=[_connected(house)],
        compression_config=CompressionConfig(
            backend="brotli", brotli_quality=2, brotli_lgwin=16, exclude=[f"^{PREFIX}"]
        ),
        request_max_body_size=BODY_BYTES,
        openapi_config=None,
        logging_config=None,
        state=State(parts),
    )


def _given(value: object) -> Provide:
    return _once(lambda: value)


def _once(make: Callable[[], object]) -> Provide:
    return Provide(make, use_cache=True, sync_to_thread=False)


def _site(house: House, assets: Assets) -> Site:
    settings = house.settings
    return Site(
        services=house.services,
        renderer=Renderer(assets, house.brand, reload=not settings.production),
        cookies=Cookies(secure=settings.base_url.startswith("https://")),
        csrf=Csrf(lambda cookie: house.keys.digests("csrf", cookie), settings.base_url.partition("://")[2]),
    )


def _connected(house: House) -> Callable[[Litestar], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_: Litestar) -> AsyncIterator[None]:
        async with engine.connected(house.settings.database):
            yield
        await house.close()

    return lifespan


def _checks(house: House) -> dict[str, operations.Check]:
    async def answers() -> bool:
        try:
            return bool(await house.store.ping())
        except (RedisError, OSError):
            return False

    async def migrated() -> bool:
        try:
            return not await migrate.pending()
        except Away:
            return False

    return {"store": answers, "database": migrated}
