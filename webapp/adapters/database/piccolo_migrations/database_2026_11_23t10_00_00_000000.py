"""Sign-ins, known browsers, and what protects an account. Columns are added with a constant default or none: SQLite
knows no other way, and the web process of yesterday goes on writing rows meanwhile."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import UUID, Bytea, Column, DoublePrecision, ForeignKey, Integer, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "2026-11-23T10:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "Sign-ins, known browsers, and what protects an account."


class Account(Table, tablename="account"):
    """What sign-ins and browsers refer to."""

    id = UUID(primary_key=True)


NEW_TABLES = {"SignIn": "sign_in", "Browser": "browser"}
COLUMNS: dict[tuple[str, str], dict[str, Column]] = {
    ("SignIn", "sign_in"): {
        "id": UUID(primary_key=True),
        "account": ForeignKey(Account, on_delete=OnDelete.cascade, null=False, index=True),
        "token": Varchar(64, unique=True),
        "browser": Varchar(64),
        "agent": Varchar(32),
        "era": Integer(),
        "opened_at": DoublePrecision(index=True),
        "seen_at": DoublePrecision(),
        "ended_at": DoublePrecision(null=True, default=None),
    },
    ("Browser", "browser"): {
        "key": Varchar(64, primary_key=True),
        "account": ForeignKey(Account, on_delete=OnDelete.cascade, null=False, index=True),
        "era": Integer(),
        "seen_at": DoublePrecision(index=True),
    },
    ("Account", "account"): {
        "email_before": Bytea(null=True, default=None),
        "email_at": DoublePrecision(null=True, default=None),
        "phone_before": Bytea(null=True, default=None),
        "phone_at": DoublePrecision(null=True, default=None),
        "password_at": DoublePrecision(null=True, default=None),
        "opens_at": DoublePrecision(null=True, default=None),
        "frozen_at": DoublePrecision(null=True, default=None),
        "closes_at": DoublePrecision(null=True, default=None, index=True),
        "alarmed_at": DoublePrecision(default=0.0),
        "changed_by": Varchar(64, default=""),
        "era": Integer(default=0),
        "revision": Integer(default=0),
    },
    ("Event", "event"): {"detail": Varchar(64, default="")},
}


async def forwards() -> MigrationManager:
    """Add the tables and columns, the way Piccolo's own generator writes it down."""
    manager = MigrationManager(migration_id=ID, app_name="database", description=DESCRIPTION)
    for class_name, tablename in NEW_TABLES.items():
        manager.add_table(class_name=class_name, tablename=tablename)
    for (class_name, tablename), columns in COLUMNS.items():
        for column_name, column in columns.items():
            manager.add_column(
                table_class_name=class_name,
                tablename=tablename,
                column_name=column_name,
                db_column_name=column_name,
                column_class_name=type(column).__name__,
                column_class=type(column),
                params=column._meta.params,  # noqa: SLF001 -- Piccolo's generator writes these out
            )
    return manager
