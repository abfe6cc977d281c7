"""The members file into the register, over SQLite and PostgreSQL."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import pytest

from tests.contracts.conftest import NOW
from tests.contracts.people import AMINA, HASSAN, by_registration, csv_line, csv_lines, numbered, right_answers
from webapp.adapters.database.tables import Member
from webapp.adapters.keys import Keyring
from webapp.adapters.members import PiccoloMembers
from webapp.adapters.members_file import BadRow, GoodRow, UnusableFile, read
from webapp.adapters.members_import import Summary, import_members
from webapp.adapters.register import FileRow, references

TODAY = date(2026, 11, 23)
HEADER = next(csv_lines())
FULL_HEADER = b"registration_number,employer_id,national_id,birth_date,payment_mode,bank_last8,civil_status_number"


async def imported(keys: Keyring, lines: Iterable[bytes], now: float = NOW) -> tuple[Summary, list[BadRow]]:
    bad: list[BadRow] = []
    return await import_members(lines, keys, now, bad.append), bad


async def accepted(keys: Keyring, row: FileRow) -> str | None:
    """The member's reference when the register takes that row's answers."""
    members = PiccoloMembers(keys, lambda: NOW)
    identity = by_registration(row)
    key, mode = await members.claim(identity)
    return await members.verify(key, identity.kind, mode, right_answers(row))


async def test_a_file_is_imported_and_a_second_time_updated(database: str, keys: Keyring) -> None:
    assert (await imported(keys, csv_lines(AMINA, HASSAN)))[0] == Summary(imported=2)
    assert (await imported(keys, csv_lines(HASSAN, numbered(1))))[0] == Summary(imported=1, updated=1)
    assert await Member.count() == 3


async def test_a_new_answer_replaces_the_old_one_and_the_member_stays_the_same(database: str, keys: Keyring) -> None:
    await imported(keys, csv_lines(AMINA))
    before = await accepted(keys, AMINA)
    moved = replace(AMINA, payment="11112222", employer_id="999", birth_date="1984-04-13")
    await imported(keys, csv_lines(moved))
    assert before is not None
    assert await accepted(keys, moved) == before
    assert await accepted(keys, AMINA) is None


async def test_a_member_may_change_to_another_payment_mode(database: str, keys: Keyring) -> None:
    await imported(keys, csv_lines(AMINA))
    await imported(keys, csv_lines(replace(AMINA, mode=HASSAN.mode, payment=HASSAN.payment)))
    assert await accepted(keys, replace(AMINA, mode=HASSAN.mode, payment=HASSAN.payment))


async def test_bad_rows_are_reported_by_line_and_the_rest_is_imported(database: str, keys: Keyring) -> None:
    bad_row = csv_line(replace(HASSAN, national_id="12", birth_date="1966-02-30"))
    summary, bad = await imported(keys, [HEADER, csv_line(AMINA), b"\n", bad_row, csv_line(numbered(1))])
    assert summary == Summary(imported=2, skipped=1)
    assert bad == [BadRow(4, "national_id: format; birth_date: impossible")]


async def test_the_second_row_of_a_member_is_a_bad_one_even_batches_later(database: str, keys: Keyring) -> None:
    rows = [numbered(n) for n in range(1500)]
    summary, bad = await imported(keys, csv_lines(*rows, replace(rows[3], payment="00000000"), rows[1499]))
    assert summary == Summary(imported=1500, skipped=2)
    reason = "registration_number: duplicate"
    assert bad == [BadRow(1502, reason), BadRow(1503, reason)]
    assert await accepted(keys, rows[3])


async def test_an_import_at_the_very_moment_of_the_one_before_updates_too(database: str, keys: Keyring) -> None:
    await imported(keys, csv_lines(AMINA), now=NOW)
    assert (await imported(keys, csv_lines(AMINA), now=NOW - 5))[0] == Summary(updated=1)


@pytest.mark.parametrize("first", [[AMINA], []])
async def test_a_claim_that_belongs_to_another_member_is_a_bad_row(
    database: str, keys: Keyring, first: list[FileRow]
) -> None:
    await imported(keys, csv_lines(*first))
    thief = replace(AMINA, registration_number=HASSAN.registration_number)
    _, bad = await imported(keys, csv_lines(AMINA, thief, numbered(1)))
    assert bad == [BadRow(3, "employer_id: taken")]
    assert await accepted(keys, AMINA)
    assert await accepted(keys, thief) is None


async def test_a_claim_that_was_given_up_in_the_same_file_is_free(database: str, keys: Keyring) -> None:
    await imported(keys, csv_lines(AMINA))
    heir = replace(AMINA, registration_number=HASSAN.registration_number)
    summary, bad = await imported(keys, csv_lines(replace(AMINA, employer_id="777"), heir))
    assert (summary, bad) == (Summary(imported=1, updated=1), [])
    assert await accepted(keys, heir)


async def test_members_keep_their_reference_when_the_secrets_rotate(database: str) -> None:
    old, new = "an older secret, of more than 32 characters", "a newer secret, of more than 32 characters"
    await imported(Keyring([old]), csv_lines(AMINA, HASSAN))
    both = Keyring([new, old])
    summary, bad = await imported(both, csv_lines(AMINA, replace(AMINA, registration_number="071000099")))
    assert (summary, bad) == (Summary(updated=1, skipped=1), [BadRow(3, "employer_id: taken")])
    assert await accepted(both, AMINA) == references(Keyring([old]), AMINA.registration_number)[0]


async def test_a_file_that_is_none_changes_nothing(database: str, keys: Keyring) -> None:
    with pytest.raises(UnusableFile):
        await imported(keys, [b"not,a,header\n", csv_line(AMINA)])
    assert await Member.count() == 0


def rows_of(*lines: bytes, header: bytes = FULL_HEADER) -> list[GoodRow | BadRow]:
    return list(read([header + b"\r\n", *lines], TODAY))


def test_values_come_out_as_the_screens_would_read_them() -> None:
    line = " 071-000-011 ,١٤٠٨٨٢٣,ab 123456,1984-04-12,Virement,011810000000000000451277,\r\n"
    assert rows_of(line.encode()) == [GoodRow(2, AMINA)]


def test_columns_may_come_in_any_order_among_others_and_after_a_byte_order_mark() -> None:
    names = b"name,Payment_Mode, bank_last8,civil_status_number,birth_date,national_id,employer_id,registration_number"
    header = b"\xef\xbb\xbf" + names
    line = b'"Berrada, Amina",virement,00451277,,1984-04-12,AB123456,1408823,071000011\n'
    assert rows_of(line, header=header) == [GoodRow(2, AMINA)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (b",1408823,AB123456,1984-04-12,virement,00451277,", "registration_number: required"),
        (b"071000011,14-,AB123456,1984-04-12,virement,00451277,", "employer_id: format"),
        (b"071000011,1408823,ABC123456,1984-04-12,virement,00451277,", "national_id: format"),
        (b"071000011,1408823,AB123456,12/04/1984,virement,00451277,", "birth_date: format"),
        (b"071000011,1408823,AB123456,,virement,00451277,", "birth_date: required"),
        (b"071000011,1408823,AB123456,2026-11-23,virement,00451277,", "birth_date: future"),
        (b"071000011,1408823,AB123456,1884-04-12,virement,00451277,", "birth_date: too_old"),
        (b"071000011,1408823,AB123456,1984-04-12,,00451277,", "payment_mode: required"),
        (b"071000011,1408823,AB123456,1984-04-12,cheque,00451277,", "payment_mode: format"),
        (b"071000011,1408823,AB123456,1984-04-12,virement,,40218", "bank_last8: required"),
        (b"071000011,1408823,AB123456,1984-04-12,e-mandat,00451277,", "civil_status_number: required"),
        (b"071000011,1408823,AB123456,1984-04-12,virement,00451277", "row: columns"),
        (b'071000011,"1408823,AB123456,1984-04-12,virement,00451277,', "row: malformed"),
        (b"071000011,1408823,AB123456\xe9,1984-04-12,virement,00451277,", "row: encoding"),
    ],
)
def test_a_bad_row_says_why_and_spoils_no_other(line: bytes, reason: str) -> None:
    good = b"071000044,PR60418,EE310077,1966-01-30,e-mandat,,40218\n"
    assert rows_of(line + b"\n", good) == [BadRow(2, reason), GoodRow(3, HASSAN)]


@pytest.mark.parametrize(
    ("header", "text"),
    [
        (b"", "lacks registration_number"),
        (b"registration_number;employer_id", "lacks registration_number"),
        (FULL_HEADER.removesuffix(b",civil_status_number"), "lacks civil_status_number"),
        (FULL_HEADER + b",bank_last8", "bank_last8 more than once"),
        ("registration_number".encode("utf-16"), "no CSV header in UTF-8"),
    ],
)
def test_a_header_that_can_not_serve_is_said_in_one_line(header: bytes, text: str) -> None:
    with pytest.raises(UnusableFile, match=text) as fault:
        rows_of(header=header)
    assert "\n" not in str(fault.value)


def test_a_file_of_nothing_at_all_is_no_members_file() -> None:
    with pytest.raises(UnusableFile):
        list(read([], TODAY))
