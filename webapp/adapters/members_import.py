"""The members file into the register: rows in batches, each whole or not at all; the file may hold millions."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, Final

from piccolo.query.functions import Max

from webapp.adapters import register
from webapp.adapters.database.engine import current
from webapp.adapters.database.tables import Member
from webapp.adapters.keys import Keyring
from webapp.adapters.members_file import BadRow, GoodRow, read
from webapp.adapters.register import Entry, FileRow
from webapp.core.state import IdentifierKind
from webapp.core.times import CASABLANCA

_BATCH: Final = 1000  # rows
_TICK: Final = 0.001  # seconds by which two imports differ at least
_COLUMNS: Final = (
    "reference",
    "registration_key",
    "employer_key",
    "payment_mode",
    "employer_answer",
    "payment_answer",
    "imported_at",
)
_UPSERT: Final = (
    f"INSERT INTO member ({', '.join(_COLUMNS)}) VALUES ({', '.join('{}' for _ in _COLUMNS)}) "  # noqa: S608 -- no value in it
    f"ON CONFLICT (reference) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in _COLUMNS[1:])}"
)

Report = Callable[[BadRow], None]


@dataclass(frozen=True)
class Summary:
    """What became of the rows of a file."""

    imported: int = 0
    updated: int = 0
    skipped: int = 0

    def __add__(self, other: "Summary") -> "Summary":
        return Summary(self.imported + other.imported, self.updated + other.updated, self.skipped + other.skipped)


async def import_members(lines: Iterable[bytes], keys: Keyring, now: float, report: Report) -> Summary:
    """Write a file, given as raw lines, into the connected database; whoever was there is updated. A row that can not
    be is reported and skipped. Each batch is one transaction. Raises UnusableFile before anything is written, Away."""
    rows = read(lines, datetime.fromtimestamp(now, CASABLANCA).date())
    total, run = Summary(), await _run(now)
    for batch in _batches(rows):
        total += await _write(batch, keys, run, report)
    return total


@dataclass(frozen=True)
class _Candidate:
    """A row to place, with all that may stand for its member and for its employer's claim, under every key."""

    row: FileRow
    names: tuple[str, ...]
    employer: tuple[str, ...]


@dataclass
class _Ledger:
    """Who is in the register as far as one batch is concerned, kept up row by row in the order of the file."""

    run: float
    seen: dict[str, float] = field(default_factory=dict)  # reference -> the import that wrote it last
    owners: dict[str, str] = field(default_factory=dict)  # employer key -> reference
    held: dict[str, str] = field(default_factory=dict)  # reference -> employer key

    def know(self, rows: Iterable[dict[str, Any]]) -> None:
        """Start from what the table holds."""
        for row in rows:
            self.seen[row["reference"]] = row["imported_at"]
            self._own(row["reference"], row["employer_key"])

    def place(self, candidate: _Candidate) -> tuple[str, bool] | str:
        """The reference to write under and whether it is new; or why the row can not be."""
        known = next((name for name in candidate.names if name in self.seen), None)
        if known and self.seen[known] == self.run:
            return "registration_number: duplicate"
        owner = next((self.owners[key] for key in candidate.employer if key in self.owners), None)
        if owner not in (None, known):
            return "employer_id: taken"
        reference = known or candidate.names[0]
        self.seen[reference] = self.run
        self._own(reference, candidate.employer[0])
        return reference, known is None

    def _own(self, reference: str, employer_key: str) -> None:
        self.owners.pop(self.held.get(reference, ""), None)
        self.owners[employer_key] = reference
        self.held[reference] = employer_key


async def _run(now: float) -> float:
    """The moment that stands for this import in every row it writes: no earlier one has it, whatever the clock did."""
    latest = await Member.select(Max(Member.imported_at)).first()
    return max(now, ((latest or {}).get("max") or 0.0) + _TICK)


def _batches(rows: Iterator[GoodRow | BadRow]) -> Iterator[list[GoodRow | BadRow]]:
    while batch := list(islice(rows, _BATCH)):
        yield batch


async def _write(batch: Sequence[GoodRow | BadRow], keys: Keyring, run: float, report: Report) -> Summary:
    good = {read.line: _candidate(keys, read.row) for read in batch if isinstance(read, GoodRow)}
    refused = {read.line: read.reason for read in batch if isinstance(read, BadRow)}
    values, new = [], 0
    async with current().transaction():
        await current().alone()
        ledger = _Ledger(run)
        ledger.know(await _known(good.values()))
        for line, candidate in good.items():
            match ledger.place(candidate):
                case (reference, fresh):
                    values.append(_values(register.entry(keys, candidate.row, reference), run))
                    new += fresh
                case str(reason):
                    refused[line] = reason
        if values:
            await current().many(_UPSERT, values)
    for line in sorted(refused):
        report(BadRow(line, refused[line]))
    return Summary(new, len(values) - new, len(refused))


def _candidate(keys: Keyring, row: FileRow) -> _Candidate:
    person = row.employer_id, row.national_id, row.birth_date
    employer = register.claims(keys, IdentifierKind.EMPLOYER, *person)
    return _Candidate(row, register.references(keys, row.registration_number), employer)


async def _known(candidates: Iterable[_Candidate]) -> list[dict[str, Any]]:
    """Everyone whom these rows are about, by either number."""
    names: list[str] = []
    employers: list[str] = []
    for candidate in candidates:
        names += candidate.names
        employers += candidate.employer
    if not names:
        return []
    wanted = Member.reference.is_in(names) | Member.employer_key.is_in(employers)
    return await Member.select(Member.reference, Member.employer_key, Member.imported_at).where(wanted)


def _values(entry: Entry, run: float) -> tuple[str | float, ...]:
    """In the order of _COLUMNS."""
    return (
        entry.reference,
        entry.registration_key,
        entry.employer_key,
        entry.mode.value,
        entry.employer_answer,
        entry.payment_answer,
        run,
    )
