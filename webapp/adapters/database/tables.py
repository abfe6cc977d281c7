"""What the house keeps: keyed hashes, sealed bytes, times (Unix seconds) and ids; nothing that a member typed."""

from typing import Final

from piccolo.columns import UUID, BigSerial, Bytea, DoublePrecision, ForeignKey, SmallInt, Varchar
from piccolo.columns.base import OnDelete
from piccolo.table import Table

HASH: Final = 64  # characters of a keyed hash in hex


class Member(Table, tablename="member"):
    """One row of the fund's register. `reference` stands for the registration number and never changes."""

    reference = Varchar(HASH, primary_key=True)
    registration_key = Varchar(HASH, unique=True)  # registration number, CNI, birth date
    employer_key = Varchar(HASH, unique=True)  # employer's number, CNI, birth date
    payment_mode = Varchar(16)
    employer_answer = Varchar(HASH)  # reference, employer's number
    payment_answer = Varchar(HASH)  # reference, mode, bank digits or état civil number
    imported_at = DoublePrecision()


class Account(Table, tablename="account"):
    """A member's account. E-mail and phone are sealed with the row's id; their keyed hashes count who shares them."""

    id = UUID(primary_key=True)
    member = ForeignKey(Member, on_delete=OnDelete.restrict, unique=True, null=False)
    journey = Varchar(HASH)
    password_hash = Varchar(255)
    email = Bytea()
    email_key = Varchar(HASH, index=True)
    phone = Bytea()
    phone_key = Varchar(HASH, index=True)
    display = Varchar(8)
    terms_version = Varchar(32)
    terms_accepted_at = DoublePrecision()
    created_at = DoublePrecision()


class Outbox(Table, tablename="outbox"):
    """A message on its way. `letter` is sealed with the row's id and emptied once nothing more is to be done."""

    id = UUID(primary_key=True)
    key = Varchar(HASH, unique=True)
    channel = Varchar(8)
    letter = Bytea()
    state = Varchar(8, index=True)  # queued, claimed, sent, failed
    tries = SmallInt()
    lease_until = DoublePrecision(null=True, default=None)
    due_at = DoublePrecision()
    not_after = DoublePrecision(null=True, default=None)
    created_at = DoublePrecision()
    sent_at = DoublePrecision(null=True, default=None)


class Delivered(Table, tablename="delivered"):
    """A message that development kept instead of sending it; `id` is the outbox row's."""

    id = UUID(primary_key=True)
    channel = Varchar(8)
    message = Bytea()
    created_at = DoublePrecision(index=True)


class Event(Table, tablename="event"):
    """One line of the audit trail."""

    id = BigSerial(primary_key=True)
    at = DoublePrecision()
    event = Varchar(64)
    subject = Varchar(HASH)


TABLES: Final[tuple[type[Table], ...]] = (Member, Account, Outbox, Delivered, Event)
