"""The first tables. Unique columns are so from CREATE TABLE on: SQLite can not add them later."""

from piccolo.apps.migrations.auto.migration_manager import MigrationManager
from piccolo.columns import UUID, BigSerial, Bytea, Column, DoublePrecision, ForeignKey, SmallInt, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

ID = "2026-11-23T06:00:00:000000"
VERSION = "1.38.0"
DESCRIPTION = "The first tables."


class Member(Table, tablename="member"):
    """What an account refers to."""

    reference = Varchar(64, primary_key=True)


TABLES: dict[str, dict[str, Column]] = {
    "Member": {
        "reference": Varchar(64, primary_key=True),
        "registration_key": Varchar(64, unique=True),
        "employer_key": Varchar(64, unique=True),
        "payment_mode": Varchar(16),
        "employer_answer": Varchar(64),
        "payment_answer": Varchar(64),
        "imported_at": DoublePrecision(),
    },
    "Account": {
        "id": UUID(primary_key=True),
        "member": ForeignKey(Member, on_delete=OnDelete.restrict, unique=True, null=False),
        "journey": Varchar(64),
        "password_hash": Varchar(255),
        "email": Bytea(),
        "email_key": Varchar(64, index=True),
        "phone": Bytea(),
        "phone_key": Varchar(64, index=True),
        "display": Varchar(8),
        "terms_version": Varchar(32),
        "terms_accepted_at": DoublePrecision(),
        "created_at": DoublePrecision(),
    },
    "Outbox": {
        "id": UUID(primary_key=True),
        "key": Varchar(64, unique=True),
        "channel": Varchar(8),
        "letter": Bytea(),
        "state": Varchar(8, index=True),
        "tries": SmallInt(),
        "lease_until": DoublePrecision(null=True, default=None),
        "due_at": DoublePrecision(),
        "not_after": DoublePrecision(null=True, default=None),
        "created_at": DoublePrecision(),
        "sent_at": DoublePrecision(null=True, default=None),
    },
    "Delivered": {
        "id": UUID(primary_key=True),
        "channel": Varchar(8),
        "message": Bytea(),
        "created_at": DoublePrecision(index=True),
    },
    "Event": {
        "id": BigSerial(primary_key=True),
        "at": DoublePrecision(),
        "event": Varchar(64),
        "subject": Varchar(64),
    },
}


async def forwards() -> MigrationManager:
    """Add every table, the way Piccolo's own generator writes it down, so that it can tell later changes."""
    manager = MigrationManager(migration_id=ID, app_name="database", description=DESCRIPTION)
    for name, columns in TABLES.items():
        manager.add_table(class_name=name, tablename=name.lower())
        for column_name, column in columns.items():
            manager.add_column(
                table_class_name=name,
                tablename=name.lower(),
                column_name=column_name,
                db_column_name=column_name,
                column_class_name=type(column).__name__,
                column_class=type(column),
                params=column._meta.params,  # noqa: SLF001 -- Piccolo's generator writes these out
            )
    return manager
