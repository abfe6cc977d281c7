"""The door for Piccolo's own tools: with PICCOLO_CONF naming this module, `piccolo migrations new database --auto`."""

from piccolo.conf.apps import AppRegistry

from webapp.adapters.database.engine import Engine, choose, connected_now
from webapp.settings import load

APP_REGISTRY = AppRegistry(apps=["webapp.adapters.database.piccolo_app"])


def __getattr__(name: str) -> Engine:
    """`DB` is the database that the house is connected to; for Piccolo's own commands the one of the settings."""
    if name == "DB":
        return connected_now() or choose(load().database)
    raise AttributeError(name)
