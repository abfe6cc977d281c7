"""Nothing to steal: whatever a member typed is searched for in everything that rests, and is not there."""

import re
from pathlib import Path
from typing import Any

import httpx
import pytest
import redis

from tests.support.doors import ESPACE, recover, sign_in
from tests.support.journey import PASSWORD, Member, Town
from tests.support.visitor import HOME, Visitor
from webapp.settings import Settings

FOREVER = -1  # what TTL answers for a key without an end; a key that ended between the listing and the question is a -2


def everything_at_rest(data: Path) -> dict[str, bytes]:
    """Database file and WAL, every key and value of the store (keys, fields, serialised), and all that was logged."""
    found = {file.name: file.read_bytes() for file in data.rglob("*") if file.is_file() and file.suffix != ".csv"}
    store = Settings(data_dir=data).store
    with redis.Redis.from_url(store) as client:
        dump: Any = client.dump
        for key in client.scan_iter(count=1000):
            found[f"store {key!r}"] = key + bytes(dump(key) or b"") + _plain(client, key)
    return found


def _plain(client: "redis.Redis", key: bytes) -> bytes:
    raw: Any = client
    match client.type(key):
        case b"string":
            return bytes(raw.get(key) or b"")
        case b"hash":
            return b" ".join(part for pair in raw.hgetall(key).items() for part in pair)
        case b"zset":
            return b" ".join(raw.zrange(key, 0, -1))
        case _:
            return b""


@pytest.mark.parametrize("mode", ["virement", "e-mandat"])
def test_nothing_a_member_typed_rests_anywhere_at_any_point_of_the_journey(town: Town, mode: str) -> None:
    member = next(someone for someone in town.fresh if someone.row["payment_mode"] == mode)
    visitor = town.visitor()
    sent = _walk_and_collect(town, visitor, member)
    needles = {text for text in sent if len(text) >= 6 and text != "registration"}
    assert {member.email, member.phone, PASSWORD, member.row["national_id"]} <= needles
    rest = everything_at_rest(town.app.data)
    assert any(name.endswith("-wal") for name in rest)
    assert any("flow" in name for name in rest)
    assert any("code" in name for name in rest)
    leaks = [(name, needle) for name, content in rest.items() for needle in needles if _holds(content, needle)]
    assert not leaks


def _holds(content: bytes, needle: str) -> bool:
    """Whether it stands there by itself: six digits do turn up inside a long hash, by chance."""
    return re.search(rb"(?<![0-9a-f])" + re.escape(needle.encode()) + rb"(?![0-9a-f])", content) is not None


def _walk_and_collect(town: Town, visitor: Visitor, member: Member) -> set[str]:
    sent: set[str] = set()
    post = visitor.client.post

    def remember(url: str, **kwargs: Any) -> httpx.Response:
        fields = kwargs.get("data")
        if isinstance(fields, dict):
            sent.update(
                value for name, value in fields.items() if name not in ("_csrf_token", "altcha", "door", "channel")
            )
        return post(url, **kwargs)

    visitor.client.post = remember  # type: ignore[method-assign,assignment]  # a listener of the test's own client
    town.walk(visitor, member, "mot-de-passe")
    visitor.send(password=PASSWORD, password_confirm="Un-autre-mot-8")
    visitor.send(password=PASSWORD, password_confirm=PASSWORD)
    assert visitor.page.path == f"{HOME}/termine"
    _come_back(town, visitor, member)
    return sent | {member.other_phone.removeprefix("+212"), member.phone.removeprefix("+212"), member.row["birth_date"]}


def _come_back(town: Town, visitor: Visitor, member: Member) -> None:
    """In, to another number, on to another recovery that is left half-way."""
    sign_in(town, visitor, member)
    visitor.send(f"{ESPACE}/telephone")
    visitor.send(current_password=PASSWORD)
    visitor.send(phone=member.other_phone, phone_confirm=member.other_phone)
    assert visitor.send(code=town.code(member.other_phone)).path == ESPACE
    recover(town, visitor, member, "telephone-code")


def test_every_key_in_the_store_ends_by_itself_except_those_of_the_queue(town: Town, member: Member) -> None:
    town.walk(town.visitor(), member, "telephone-code")
    with redis.Redis.from_url(Settings(data_dir=town.app.data).store) as client:
        ends = {key: client.ttl(key) for key in client.scan_iter(count=1000) if not key.startswith(b"arq:")}
    assert len(ends) > 1
    assert not [key for key, seconds in ends.items() if seconds == FOREVER]
