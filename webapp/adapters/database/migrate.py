"""Brings a database to the tables of today: all of it or nothing, once however often it is asked for."""

import os
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from typing import Final

from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager
from piccolo.apps.migrations.tables import Migration

from webapp.adapters.database.engine import connected, current
from webapp.adapters.database.piccolo_app import APP_CONFIG

_CONF: Final = "webapp.adapters.database.piccolo_conf"


async def migrate(url: str) -> None:
    """Run what has not run yet, in one transaction; of two processes the second finds it done. Raises Away."""
    os.environ["PICCOLO_CONF"] = _CONF  # the tables that a migration makes for itself look for their engine there
    async with connected(url):
        if await pending():
            async with current().transaction():
                await current().alone()
                await _forwards()


async def pending() -> bool:
    """Whether the connected database lacks a migration. Raises Away."""
    if not await Migration.table_exists():
        return True
    return not _ours() <= set(await Migration.get_migrations_which_ran(app_name=APP_CONFIG.app_name))


async def _forwards() -> None:
    manager = ForwardsMigrationManager(APP_CONFIG.app_name)
    with redirect_stdout(StringIO()):
        await manager.create_migration_table()
        await manager.run_migrations(APP_CONFIG)


@cache
def _ours() -> frozenset[str]:
    manager = ForwardsMigrationManager(APP_CONFIG.app_name)
    return frozenset(manager.get_migration_modules(APP_CONFIG.resolved_migrations_folder_path))
