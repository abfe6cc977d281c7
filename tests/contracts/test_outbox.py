"""ports.Outbox, over SQLite, PostgreSQL and memory."""

import asyncio
from dataclasses import replace

import pytest

from tests.contracts.conftest import MEMORY, NOW
from webapp.adapters.database.tables import Outbox as Table
from webapp.adapters.keys import Keyring, Unopenable
from webapp.adapters.memory import MemoryOutbox
from webapp.adapters.outbox import PiccoloOutbox
from webapp.core.codes import Challenge
from webapp.core.limits import DELIVERY_LADDER, DELIVERY_LEASE, SWEEP_SPARES
from webapp.ports import Letter, Outbox, Post

CHALLENGE = Challenge("a journey", "email", "activation", 1, "amina@example.org")
LETTER = Letter("email", "code_email", "amina@example.org", "fr+ar", CHALLENGE)
POST = Post("a journey|email|1", LETTER, created_at=NOW, not_after=NOW + 600)


@pytest.fixture
def outbox(place: str, keys: Keyring) -> Outbox:
    """An empty outbox."""
    return MemoryOutbox() if place == MEMORY else PiccoloOutbox(keys)


async def test_a_message_comes_out_as_it_was_put_in(outbox: Outbox) -> None:
    row = await outbox.put(POST)
    claimed = await outbox.claim(row, NOW)
    assert claimed is not None
    assert (claimed.id, claimed.letter, claimed.tries) == (row, LETTER, 1)


async def test_a_notice_without_code_and_without_end_comes_out_years_later(outbox: Outbox) -> None:
    notice = Letter("sms", "active", "+212612345642", "ar")
    row = await outbox.put(Post("a notice", notice, NOW))
    claimed = await outbox.claim(row, NOW + 10**8)
    assert claimed is not None
    assert claimed.letter == notice


async def test_the_same_key_never_makes_a_second_row(outbox: Outbox) -> None:
    rows = await asyncio.gather(*(outbox.put(replace(POST, created_at=NOW + n)) for n in range(10)))
    assert len(set(rows)) == 1
    assert await outbox.put(replace(POST, key="another")) != rows[0]
    assert len(await outbox.forgotten(NOW + 60)) == 2


async def test_of_many_workers_one_gets_the_row(outbox: Outbox) -> None:
    row = await outbox.put(POST)
    claims = await asyncio.gather(*(outbox.claim(row, NOW) for _ in range(30)))
    assert len([claim for claim in claims if claim]) == 1


async def test_a_row_is_free_again_when_its_lease_ends(outbox: Outbox) -> None:
    row = await outbox.put(POST)
    await outbox.claim(row, NOW)
    assert await outbox.claim(row, NOW + DELIVERY_LEASE - 0.01) is None
    again = await outbox.claim(row, NOW + DELIVERY_LEASE)
    assert again is not None
    assert again.tries == 2


async def test_what_was_sent_is_never_claimed_again(outbox: Outbox) -> None:
    row = await outbox.put(POST)
    await outbox.claim(row, NOW)
    await outbox.sent(row, NOW + 1)
    assert await outbox.claim(row, NOW + 60) is None
    assert await outbox.forgotten(NOW + 60) == []


async def test_a_late_word_from_another_worker_does_not_take_back_what_was_sent(outbox: Outbox) -> None:
    row = await outbox.put(POST)
    await outbox.claim(row, NOW)
    await outbox.sent(row, NOW + 1)
    await outbox.retry(row, NOW + 2, 5)
    await outbox.withdraw(row)
    assert await outbox.claim(row, NOW + 60) is None


async def test_a_retry_waits_its_time(outbox: Outbox) -> None:
    row = await outbox.put(POST)
    await outbox.claim(row, NOW)
    await outbox.retry(row, NOW + 1, 45)
    assert await outbox.claim(row, NOW + 45.9) is None
    assert await outbox.forgotten(NOW + 45.9) == []
    again = await outbox.claim(row, NOW + 46)
    assert again is not None
    assert again.tries == 2


async def test_what_is_given_up_stays_so(outbox: Outbox) -> None:
    row = await outbox.put(POST)
    await outbox.claim(row, NOW)
    await outbox.retry(row, NOW, None)
    assert await outbox.claim(row, NOW + 60) is None
    assert await outbox.forgotten(NOW + 60) == []


async def test_a_row_is_withdrawn_only_while_nobody_holds_it(outbox: Outbox) -> None:
    free, held = [await outbox.put(replace(POST, key=key)) for key in ("free", "held")]
    await outbox.claim(held, NOW)
    await outbox.withdraw(free)
    await outbox.withdraw(held)
    assert await outbox.claim(free, NOW) is None
    assert await outbox.claim(held, NOW + DELIVERY_LEASE) is not None


async def test_a_dead_code_is_not_sent_and_not_asked_for_again(outbox: Outbox) -> None:
    row = await outbox.put(POST)
    assert await outbox.claim(row, NOW + 600) is None
    assert await outbox.forgotten(NOW + 600) == []
    assert await outbox.claim(row, NOW) is None


async def test_a_row_that_kills_its_workers_is_given_up_after_the_last_rung(outbox: Outbox) -> None:
    row = await outbox.put(replace(POST, not_after=None))
    for n in range(len(DELIVERY_LADDER)):
        assert await outbox.claim(row, NOW + n * DELIVERY_LEASE) is not None
    after = NOW + len(DELIVERY_LADDER) * DELIVERY_LEASE
    assert await outbox.forgotten(after) == [row]
    assert await outbox.claim(row, after) is None
    assert await outbox.forgotten(after) == []


async def test_forgotten_rows_are_due_and_free_and_the_oldest_come_first(outbox: Outbox) -> None:
    late, early, later, held = [
        await outbox.put(replace(POST, key=str(at), created_at=NOW + at)) for at in (5, 1, 50, 2)
    ]
    await outbox.claim(held, NOW + 14)
    assert await outbox.forgotten(NOW + 15) == [early, late]
    assert await outbox.forgotten(NOW + 60) == [early, held, late, later]


async def test_a_new_row_is_left_to_the_request_that_wrote_it(outbox: Outbox) -> None:
    row = await outbox.put(POST)
    assert await outbox.forgotten(NOW + SWEEP_SPARES - 0.1) == []
    assert await outbox.forgotten(NOW + SWEEP_SPARES) == [row]


async def test_an_unknown_row_is_nothing_to_send(outbox: Outbox) -> None:
    assert await outbox.claim("00000000-0000-4000-8000-000000000000", NOW) is None


async def letter_of(row: str) -> bytes:
    """What the database holds of a letter."""
    found = await Table.select(Table.letter).where(Table.id == row).first()
    assert found is not None
    return bytes(found["letter"])


async def test_a_letter_opens_in_its_own_row_only(database: str, keys: Keyring) -> None:
    outbox = PiccoloOutbox(keys)
    one, other = await outbox.put(POST), await outbox.put(replace(POST, key="another"))
    await Table.update({Table.letter: await letter_of(other)}).where(Table.id == one)
    with pytest.raises(Unopenable):
        await outbox.claim(one, NOW)


async def test_a_letter_is_sealed_and_gone_once_nothing_is_left_to_do(database: str, keys: Keyring) -> None:
    outbox = PiccoloOutbox(keys)
    sent, failed, withdrawn, dead = [await outbox.put(replace(POST, key=str(n))) for n in range(4)]
    for row in (sent, failed, withdrawn, dead):
        sealed = await letter_of(row)
        assert len(sealed) > 60
        assert b"amina" not in sealed
    for row in (sent, failed):
        await outbox.claim(row, NOW)
    await outbox.sent(sent, NOW)
    await outbox.retry(failed, NOW, None)
    await outbox.withdraw(withdrawn)
    await outbox.claim(dead, NOW + 600)
    assert [await letter_of(row) for row in (sent, failed, withdrawn, dead)] == [b""] * 4


async def test_a_key_is_known_again_after_the_secrets_rotated(database: str) -> None:
    old, new = "an older secret, of more than 32 characters", "a newer secret, of more than 32 characters"
    row = await PiccoloOutbox(Keyring([old])).put(POST)
    rotated = PiccoloOutbox(Keyring([new, old]))
    assert await rotated.put(POST) == row
    assert await rotated.claim(row, NOW) is not None
