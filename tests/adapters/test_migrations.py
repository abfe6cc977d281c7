"""From the first tables to those of today, with rows that were written before."""

import os
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path

import pytest
from piccolo.apps.migrations.commands.forwards import ForwardsMigrationManager

from tests.contracts.conftest import NOW, served, write_down
from tests.contracts.holders import EMAIL, FOX, HASH, PHONE, House, moved
from tests.contracts.people import AMINA, HASSAN
from webapp.adapters.audit import PiccoloAudit
from webapp.adapters.database import engine
from webapp.adapters.database.migrate import migrate, pending
from webapp.adapters.database.piccolo_app import APP_CONFIG
from webapp.adapters.database.tables import Account, Event
from webapp.adapters.keys import Keyring
from webapp.core.limits import ACCOUNT
from webapp.core.state import OnFile

FIRST = "2026-11-23T06:00:00:000000"
ONE, OTHER = (f"00000000-0000-4000-8000-00000000000{n}" for n in (1, 2))
KEYS = Keyring(["the one secret of this test run, long enough"])


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    file = tmp_path / "house.sqlite"
    return f"sqlite:///{file}" if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


@pytest.fixture
async def yesterday(url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """A database with the first tables only, in which Amina has an account and an event."""
    monkeypatch.setitem(os.environ, "PICCOLO_CONF", "webapp.adapters.database.piccolo_conf")
    async with engine.connected(url):
        manager = ForwardsMigrationManager(APP_CONFIG.app_name, FIRST)
        async with engine.current().transaction():
            with redirect_stdout(StringIO()):
                await manager.create_migration_table()
                assert (await manager.run_migrations(APP_CONFIG)).success
        await write_down(KEYS, AMINA, HASSAN)
        house = served(KEYS, KEYS)
        await account_of_yesterday(house.amina, ONE)
        await Event.raw("INSERT INTO event (at, event, subject) VALUES ({}, {}, {})", NOW, "account.created", "m1")
        assert await pending()
    return url


async def account_of_yesterday(member: str, number: str) -> None:
    """An account as the product of yesterday wrote it."""
    sealed = [KEYS.seal("contact", text.encode(), f"{number}/{slot}") for slot, text in contacts()]
    digests = [KEYS.digest(slot, text) for slot, text in contacts()]
    await Account.raw(
        "INSERT INTO account (id, member, journey, password_hash, email, email_key, phone, phone_key, display, "
        "terms_version, terms_accepted_at, created_at) VALUES ({}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {}, {})",
        *(number, member, KEYS.digest("account-journey", "a journey"), HASH),
        *(sealed[0], digests[0], sealed[1], digests[1], "ar", "2026-11", NOW - 300, NOW),
    )


def contacts() -> tuple[tuple[str, str], ...]:
    return ("email", EMAIL), ("phone", PHONE)


async def flourishes(house: House, member: str, number: str) -> None:
    """An account of yesterday reads as if nothing had changed since it was made, and takes all that is new."""
    found = await house.space.summary(member)
    assert found is not None
    assert (found.number, found.email, found.phone) == (number, EMAIL, PHONE)
    assert {found.created_at, found.password_at, found.email_at, found.phone_at} == {NOW}
    assert (found.opens_at, found.frozen_at, found.closes_at) == (None, None, None)
    later = NOW + 10 * ACCOUNT.hold
    assert await house.accounts.on_file(member, later) == OnFile(EMAIL, PHONE)
    await house.sign_ins.open(f"sign-in of {number}", member, FOX, later, since=later)
    assert await house.sign_ins.find(house.sign_ins.token(f"sign-in of {number}"), later)
    assert await house.accounts.apply(moved(member, "move", "email", "new@example.org"), "fr", later)
    assert await house.accounts.on_file(member, later) == OnFile(EMAIL, PHONE)
    assert await house.space.freeze(number, later, later)


async def test_accounts_of_yesterday_take_part_in_all_that_is_new(yesterday: str) -> None:
    await migrate(yesterday)
    async with engine.connected(yesterday):
        assert not await pending()
        house = served(KEYS, KEYS)
        await flourishes(house, house.amina, ONE)


async def test_the_web_process_of_yesterday_goes_on_writing(yesterday: str) -> None:
    await migrate(yesterday)
    async with engine.connected(yesterday):
        house = served(KEYS, KEYS)
        await account_of_yesterday(house.hassan, OTHER)
        await flourishes(house, house.hassan, OTHER)


async def test_events_of_yesterday_have_no_detail(yesterday: str) -> None:
    await migrate(yesterday)
    async with engine.connected(yesterday):
        await PiccoloAudit().note("contact.replaced", "m1", NOW + 1, "a case number")
        rows = await Event.select(Event.subject, Event.detail).order_by(Event.id)
        assert rows == [{"subject": "m1", "detail": ""}, {"subject": "m1", "detail": "a case number"}]
