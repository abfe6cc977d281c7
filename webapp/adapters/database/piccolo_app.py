"""What Piccolo needs to know of our tables and their migrations."""

from pathlib import Path

from piccolo.conf.apps import AppConfig

from webapp.adapters.database.tables import TABLES

APP_CONFIG = AppConfig(
    app_name="database",
    migrations_folder_path=Path(__file__).parent / "piccolo_migrations",
    table_classes=list(TABLES),
)
