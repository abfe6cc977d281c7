"""What the house keeps: keyed hashes, sealed bytes, times (Unix seconds) and ids; nothing that a member typed."""

from typing import Final

from piccolo.columns import UUID, BigSerial, Bytea, DoublePrecision, ForeignKey, Integer, SmallInt, Varchar
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
    """A member's account. E-mail and phone are sealed with the row's id, and so is what each was before; their keyed
    hashes count who shares them. What changed before the second migration has no time of its own: None."""

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
    email_before = Bytea(null=True, default=None)
    email_at = DoublePrecision(null=True, default=None)
    phone_before = Bytea(null=True, default=None)
    phone_at = DoublePrecision(null=True, default=None)
    password_at = DoublePrecision(null=True, default=None)
    opens_at = DoublePrecision(null=True, default=None)
    frozen_at = DoublePrecision(null=True, default=None)
    closes_at = DoublePrecision(null=True, default=None, index=True)
    alarmed_at = DoublePrecision(default=0.0)  # "this was not me" links issued before it are void
    changed_by = Varchar(HASH, default="")  # keyed hash of the journey that changed it last
    era = Integer(default=0)  # sign-ins and browsers of an earlier one are dead
    revision = Integer(default=0)  # counts changes: none is written over another


class SignIn(Table, tablename="sign_in"):
    """A sign-in. `token` is the SHA-256 of its cookie, which is an HMAC and so can not be guessed from it."""

    id = UUID(primary_key=True)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False, index=True)
    token = Varchar(HASH, unique=True)
    browser = Varchar(HASH)  # the key of its browser
    agent = Varchar(32)
    era = Integer()
    opened_at = DoublePrecision(index=True)
    seen_at = DoublePrecision()
    ended_at = DoublePrecision(null=True, default=None)


class Browser(Table, tablename="browser"):
    """A browser that a member is known by. `key` is the SHA-256 of member and cookie: one browser serves a family, and
    no two of its members can be told to share it."""

    key = Varchar(HASH, primary_key=True)
    account = ForeignKey(Account, on_delete=OnDelete.cascade, null=False, index=True)
    era = Integer()
    seen_at = DoublePrecision(index=True)


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
    detail = Varchar(64, default="")


TABLES: Final[tuple[type[Table], ...]] = (Member, Account, SignIn, Browser, Outbox, Delivered, Event)
