"""The members file, read line by line: each row in the very forms that the screens make of what is typed."""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from webapp.adapters.register import FileRow
from webapp.core import fields
from webapp.core.fields import Wrong
from webapp.core.state import PaymentMode
from webapp.steps.payment import QUESTIONS

COLUMNS: Final = (
    "registration_number",
    "employer_id",
    "national_id",
    "birth_date",
    "payment_mode",
    "bank_last8",
    "civil_status_number",
)
_BOM: Final = b"\xef\xbb\xbf"
_DATE: Final = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


class UnusableFile(Exception):
    """The file is no members file; its text is one line for the operator."""


@dataclass(frozen=True)
class GoodRow:
    """A row to import and its line, counted from 1 with the header."""

    line: int
    row: FileRow


@dataclass(frozen=True)
class BadRow:
    """A row to skip: its line and what is wrong, as `column: code`, parted by `; `. Holds no value of the row."""

    line: int
    reason: str


def read(lines: Iterable[bytes], today: date) -> Iterator[GoodRow | BadRow]:
    """Every row of a file given as raw lines. Columns in any order; others than the contract's are passed over.
    A row is one line, so that a stray quote spoils no other. Raises UnusableFile."""
    numbered = enumerate(lines, start=1)
    names = _names(next((line for _, line in numbered), b""))
    for number, raw in numbered:
        if raw.strip():
            row = _row(raw, names, today)
            yield GoodRow(number, row) if isinstance(row, FileRow) else BadRow(number, row)


def _names(header: bytes) -> list[str]:
    try:
        names = [name.strip().lower() for name in _cells(header.removeprefix(_BOM).decode("utf-8"))]
    except (UnicodeDecodeError, csv.Error):
        raise UnusableFile("the first line is no CSV header in UTF-8") from None
    if missing := [name for name in COLUMNS if name not in names]:
        raise UnusableFile(f"the header lacks {', '.join(missing)}")
    if doubled := [name for name in COLUMNS if names.count(name) > 1]:
        raise UnusableFile(f"the header has {', '.join(doubled)} more than once")
    return names


def _cells(line: str) -> list[str]:
    return next(csv.reader((line,), strict=True), [])


def _row(raw: bytes, names: Sequence[str], today: date) -> FileRow | str:
    try:
        cells = _cells(raw.decode("utf-8"))
    except UnicodeDecodeError:
        return "row: encoding"
    except csv.Error:
        return "row: malformed"
    if len(cells) != len(names):
        return "row: columns"
    return _member(dict(zip(names, cells, strict=True)), today)


def _member(cells: Mapping[str, str], today: date) -> FileRow | str:
    values = {
        "registration_number": fields.registration_number(cells["registration_number"]),
        "employer_id": fields.employer_id(cells["employer_id"]),
        "national_id": fields.national_id(cells["national_id"]),
        "birth_date": _born(cells["birth_date"], today),
    }
    mode = _mode(cells["payment_mode"])
    if isinstance(mode, Wrong):
        values["payment_mode"] = mode
    else:
        question, reader = QUESTIONS[mode]
        values[question] = reader(cells[question])
    right = [value for value in values.values() if isinstance(value, str)]
    if isinstance(mode, Wrong) or len(right) < len(values):
        return "; ".join(f"{name}: {value.code}" for name, value in values.items() if isinstance(value, Wrong))
    number, employer, card, born, payment = right
    return FileRow(number, employer, card, born, mode, payment)


def _mode(text: str) -> PaymentMode | Wrong:
    value = fields.clean(text).lower()
    if not value:
        return Wrong("required")
    return next((mode for mode in PaymentMode if mode == value), Wrong("format"))


def _born(text: str, today: date) -> str | Wrong:
    value = fields.clean(text)
    parts = _DATE.fullmatch(value)
    if value and not parts:
        return Wrong("format")
    year, month, day = parts.groups() if parts else ("", "", "")
    born = fields.birth_date(day, month, year, today)
    return born if isinstance(born, Wrong) else born.isoformat()
