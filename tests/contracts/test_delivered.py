"""ports.Sender as development has it, over SQLite and PostgreSQL."""

from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from tests.contracts.conftest import NOW, at_rest
from webapp.adapters.database.tables import Delivered
from webapp.adapters.delivered import DevelopmentSender
from webapp.adapters.keys import Keyring, Unopenable
from webapp.ports import Message


def message(text: str) -> Message:
    return Message(str(uuid4()), "email", "amina@example.org", f"Objet : {text}", f"رمزكم هو {text}")


async def test_messages_are_shown_as_the_member_would_see_them_newest_first(database: str, keys: Keyring) -> None:
    clock = iter([NOW, NOW + 1.5])
    sender = DevelopmentSender(keys, lambda: next(clock))
    first, second = message("111111"), replace(message("222222"), channel="sms", to="+212612345642", subject="")
    await sender.send(first)
    await sender.send(second)
    shown = await sender.newest_first(10)
    assert [row["id"] for row in shown] == [second.id, first.id]
    assert shown[1] == {
        "id": first.id,
        "channel": "email",
        "to": first.to,
        "subject": first.subject,
        "body": first.body,
        "created_at": "2026-11-18T11:06:40.000+00:00",
    }
    assert shown[0]["created_at"] == "2026-11-18T11:06:41.500+00:00"


async def test_the_same_message_sent_twice_is_there_once(database: str, keys: Keyring) -> None:
    sender = DevelopmentSender(keys, lambda: NOW)
    sent = message("111111")
    await sender.send(sent)
    await sender.send(replace(sent, body="again"))
    assert [row["body"] for row in await sender.newest_first(10)] == [sent.body]


async def test_no_more_are_shown_than_asked_for(database: str, keys: Keyring) -> None:
    sender = DevelopmentSender(keys, lambda: NOW)
    for n in range(3):
        await sender.send(message(str(n)))
    assert len(await sender.newest_first(2)) == 2


async def test_a_message_opens_in_its_own_row_only(database: str, keys: Keyring) -> None:
    sender = DevelopmentSender(keys, lambda: NOW)
    await sender.send(message("111111"))
    await Delivered.update({Delivered.id: uuid4()}, force=True)
    with pytest.raises(Unopenable):
        await sender.newest_first(1)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_address_and_no_code_is_found_in_the_database_file(
    database: str, keys: Keyring, tmp_path: Path
) -> None:
    await DevelopmentSender(keys, lambda: NOW).send(message("734921"))
    kept = at_rest(tmp_path)
    assert b"email" in kept
    for value in ("amina@example.org", "734921", "Objet", "رمزكم"):
        assert value.encode() not in kept
