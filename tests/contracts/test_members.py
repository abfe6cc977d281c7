"""ports.Members, over SQLite, PostgreSQL and memory."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.contracts.conftest import MEMORY, NOW, at_rest, write_down
from tests.contracts.people import AMINA, HASSAN, by_employer, by_registration, numbered, right_answers
from webapp.adapters.keys import Keyring
from webapp.adapters.members import PiccoloMembers
from webapp.adapters.memory import MemoryMembers
from webapp.adapters.register import FileRow
from webapp.core.state import IdentifierKind, PaymentMode
from webapp.ports import Answers, Identity, Members

Register = Callable[..., Awaitable[Members]]


@pytest.fixture
def register(place: str, keys: Keyring) -> Register:
    """Makes a register of these members."""

    async def made(*rows: FileRow) -> Members:
        if place == MEMORY:
            return MemoryMembers(keys, rows)
        await write_down(keys, *rows)
        return PiccoloMembers(keys, lambda: NOW)

    return made


async def verdict(members: Members, identity: Identity, answers: Answers) -> str | None:
    """Screens 2 and 3."""
    key, mode = await members.claim(identity)
    return await members.verify(key, identity.kind, mode, answers)


async def test_a_member_is_the_same_one_by_either_number(register: Register) -> None:
    members = await register(AMINA, HASSAN)
    by_card = await verdict(members, by_registration(AMINA), right_answers(AMINA))
    by_work = await verdict(members, by_employer(AMINA), Answers(None, AMINA.payment))
    assert by_card is not None
    assert by_card == by_work
    assert by_card != await verdict(members, by_registration(HASSAN), right_answers(HASSAN))


async def test_a_member_is_asked_the_question_of_the_payment_mode(register: Register) -> None:
    members = await register(AMINA, HASSAN)
    assert (await members.claim(by_registration(AMINA)))[1] is PaymentMode.VIREMENT
    assert (await members.claim(by_employer(HASSAN)))[1] is PaymentMode.E_MANDAT


@pytest.mark.parametrize(
    "identity",
    [
        replace(by_registration(AMINA), number="71000011"),
        replace(by_registration(AMINA), national_id="AB123457"),
        replace(by_registration(AMINA), birth_date="1984-12-04"),
        replace(by_registration(AMINA), kind=IdentifierKind.EMPLOYER),
        replace(by_registration(AMINA), number=HASSAN.registration_number),
        Identity(IdentifierKind.REGISTRATION, "07100001", "1AB123456", "1984-04-12"),
    ],
)
async def test_one_wrong_part_of_the_identity_makes_a_stranger(register: Register, identity: Identity) -> None:
    members = await register(AMINA, HASSAN)
    assert await verdict(members, identity, right_answers(AMINA)) is None


@pytest.mark.parametrize(
    "answers",
    [
        replace(right_answers(AMINA), payment="451277"),
        replace(right_answers(AMINA), employer_id="01408823"),
        replace(right_answers(AMINA), employer_id=None),
        right_answers(HASSAN),
    ],
)
async def test_one_wrong_answer_is_enough_to_be_refused(register: Register, answers: Answers) -> None:
    members = await register(AMINA, HASSAN)
    assert await verdict(members, by_registration(AMINA), answers) is None


async def test_a_right_answer_to_the_question_of_another_mode_is_refused(register: Register) -> None:
    members = await register(AMINA)
    key, _ = await members.claim(by_registration(AMINA))
    answers = right_answers(AMINA)
    assert await members.verify(key, IdentifierKind.REGISTRATION, PaymentMode.E_MANDAT, answers) is None


async def test_the_key_of_one_kind_opens_nothing_under_the_other(register: Register) -> None:
    members = await register(AMINA)
    key, mode = await members.claim(by_registration(AMINA))
    assert await members.verify(key, IdentifierKind.EMPLOYER, mode, Answers(None, AMINA.payment)) is None


async def test_a_stranger_gets_an_answer_of_the_same_kind_and_always_the_same(register: Register) -> None:
    members = await register(AMINA, HASSAN)
    stranger = by_registration(numbered(7))
    key, mode = await members.claim(stranger)
    known, _ = await members.claim(by_registration(AMINA))
    assert (key, mode) == await members.claim(stranger)
    assert len(key) == len(known) == 64
    assert key != known
    assert key != (await members.claim(by_registration(numbered(8))))[0]


async def test_strangers_are_asked_in_the_proportions_of_the_register(register: Register) -> None:
    modes = [PaymentMode.E_MANDAT] + 4 * [PaymentMode.VIREMENT]
    members = await register(*(numbered(n, mode) for n, mode in enumerate(modes)))
    strangers = [by_employer(numbered(n)) for n in range(1000, 1400)]
    asked = [(await members.claim(stranger))[1] for stranger in strangers]
    assert 0.74 < asked.count(PaymentMode.VIREMENT) / len(asked) < 0.86


async def test_an_empty_register_answers_like_any_other(register: Register) -> None:
    members = await register()
    asked = {(await members.claim(by_registration(numbered(n))))[1] for n in range(20)}
    assert asked == set(PaymentMode)


async def test_the_proportions_are_looked_up_once_a_minute(database: str, keys: Keyring) -> None:
    clock = NOW
    members = PiccoloMembers(keys, lambda: clock)
    strangers = [by_registration(numbered(n)) for n in range(50)]

    async def asked() -> set[PaymentMode]:
        return {(await members.claim(stranger))[1] for stranger in strangers}

    await write_down(keys, replace(numbered(99), mode=PaymentMode.VIREMENT))
    assert await asked() == {PaymentMode.VIREMENT}
    await write_down(keys, replace(numbered(99), mode=PaymentMode.E_MANDAT))
    clock = NOW + 59
    assert await asked() == {PaymentMode.VIREMENT}
    clock = NOW + 60
    assert await asked() == {PaymentMode.E_MANDAT}


async def test_a_register_written_under_an_older_secret_still_answers(database: str) -> None:
    old, new = "an older secret, of more than 32 characters", "a newer secret, of more than 32 characters"
    await write_down(Keyring([old]), AMINA)
    before = await verdict(PiccoloMembers(Keyring([old]), lambda: NOW), by_registration(AMINA), right_answers(AMINA))
    members = PiccoloMembers(Keyring([new, old]), lambda: NOW)
    assert before is not None
    assert await verdict(members, by_registration(AMINA), right_answers(AMINA)) == before
    assert await verdict(members, by_employer(AMINA), Answers(None, AMINA.payment)) == before
    alone = PiccoloMembers(Keyring([new]), lambda: NOW)
    assert await verdict(alone, by_registration(AMINA), right_answers(AMINA)) is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_nothing_of_the_members_file_is_found_in_the_database_file(
    database: str, keys: Keyring, tmp_path: Path
) -> None:
    await write_down(keys, AMINA, HASSAN)
    kept = at_rest(tmp_path)
    assert b"virement" in kept
    for row in (AMINA, HASSAN):
        for value in (row.registration_number, row.employer_id, row.national_id, row.birth_date, row.payment):
            assert value.encode() not in kept
