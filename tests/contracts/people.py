"""Fictional members, as a members file has them."""

from collections.abc import Iterator

from webapp.adapters.members_file import COLUMNS
from webapp.adapters.register import FileRow
from webapp.core.state import IdentifierKind, PaymentMode
from webapp.ports import Answers, Identity

AMINA = FileRow("071000011", "1408823", "AB123456", "1984-04-12", PaymentMode.VIREMENT, "00451277")
HASSAN = FileRow("071000044", "PR60418", "EE310077", "1966-01-30", PaymentMode.E_MANDAT, "40218")


def numbered(n: int, mode: PaymentMode = PaymentMode.VIREMENT) -> FileRow:
    """The n-th of as many members as a test wants."""
    return FileRow(f"{n:09}", f"E{n:06}", f"C{n:06}", "1970-01-01", mode, f"{n:08}")


def by_registration(row: FileRow) -> Identity:
    """That member on screen 2, with the number on the card."""
    return Identity(IdentifierKind.REGISTRATION, row.registration_number, row.national_id, row.birth_date)


def by_employer(row: FileRow) -> Identity:
    """That member on screen 2, with the employer's number."""
    return Identity(IdentifierKind.EMPLOYER, row.employer_id, row.national_id, row.birth_date)


def right_answers(row: FileRow) -> Answers:
    """What that member answers on screen 3 after the number on the card."""
    return Answers(row.employer_id, row.payment)


def csv_lines(*rows: FileRow) -> Iterator[bytes]:
    """A members file."""
    yield (",".join(COLUMNS) + "\n").encode()
    for row in rows:
        yield csv_line(row)


def csv_line(row: FileRow) -> bytes:
    """One line of a members file."""
    payment = (row.payment, "") if row.mode is PaymentMode.VIREMENT else ("", row.payment)
    cells = row.registration_number, row.employer_id, row.national_id, row.birth_date, row.mode, *payment
    return (",".join(cells) + "\n").encode()
