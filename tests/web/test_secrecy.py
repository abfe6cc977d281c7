"""Nothing to steal: whatever a member typed is searched for in everything that rests, and is not there."""

import re
from pathlib import Path
from typing import Any

import pytest
import redis

from tests.support.journey import PASSWORD, Member, Town
from tests.support.visitor import HOME
from webapp.settings import Settings


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


def _walk_and_collect(town: Town, visitor, member: Member) -> set[str]:  # type: ignore[no-untyped-def]
    sent: set[str] = set()
    post = visitor.client.post

    def remember(url: str, **kwargs: object) -> object:
        fields = kwargs.get("data")
        if isinstance(fields, dict):
            sent.update(value for name, value in fields.items() if name not in ("_csrf_token", "altcha", "door"))
        return post(url, **kwargs)

    visitor.client.post = remember
    town.walk(visitor, member, "mot-de-passe")
    visitor.send(password=PASSWORD, password_confirm="Un-autre-mot-8")
    visitor.send(password=PASSWORD, password_confirm=PASSWORD)
    assert visitor.page.path == f"{HOME}/termine"
    return sent | {member.phone.removeprefix("+212"), member.row["birth_date"]}


def test_every_key_in_the_store_ends_by_itself_except_those_of_the_queue(town: Town, member: Member) -> None:
    town.walk(town.visitor(), member, "telephone-code")
    with redis.Redis.from_url(Settings(data_dir=town.app.data).store) as client:
        lasting = [key for key in client.scan_iter(count=1000) if client.ttl(key) < 0 and not key.startswith(b"arq:")]
    assert not lasting
