"""Fictional members in a register of the test's own, and how one of them walks to any screen."""

import csv
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import httpx

from tests.support.servers import App, settings_of
from tests.support.visitor import HOME, Page, Visitor

T = TypeVar("T")
PASSWORD = "Un-mot-de-passe-9"
CODE = re.compile(r"(?<![\w-])\d{6}(?![\w-])")
COLUMNS = (
    "registration_number",
    "employer_id",
    "national_id",
    "birth_date",
    "payment_mode",
    "bank_last8",
    "civil_status_number",
)
SCREENS = (
    "conditions",
    "identification",
    "paiement",
    "email",
    "email-code",
    "telephone",
    "telephone-code",
    "mot-de-passe",
    "termine",
)


@dataclass(frozen=True)
class Member:
    """One fictional member; `n` makes everything about them their own."""

    n: int

    @property
    def row(self) -> dict[str, str]:
        """Their row in the members file: even ones are paid by transfer, odd ones by money order."""
        paid = {"bank_last8": f"{self.n:08}", "civil_status_number": ""}
        ordered = {"bank_last8": "", "civil_status_number": f"{self.n:06}"}
        return {
            "registration_number": f"0{self.n:08}",
            "employer_id": f"7{self.n:06}",
            "national_id": f"QX{self.n:06}",
            "birth_date": "1971-03-09",
            "payment_mode": "e-mandat" if self.n % 2 else "virement",
            **(ordered if self.n % 2 else paid),
        }

    @property
    def email(self) -> str:
        """Their mailbox."""
        return f"membre{self.n}@exemple.ma"

    @property
    def phone(self) -> str:
        """Their mobile."""
        return f"+2126{self.n:08}"

    @property
    def other_email(self) -> str:
        """The mailbox they have afterwards."""
        return f"nouveau{self.n}@exemple.ma"

    @property
    def other_phone(self) -> str:
        """The mobile they have afterwards."""
        return f"+2127{self.n:08}"

    @property
    def identity(self) -> dict[str, str]:
        """What they answer on screen 2, by registration number."""
        row = self.row
        year, month, day = row["birth_date"].split("-")
        return {
            "identifier_kind": "registration",
            "registration_number": row["registration_number"],
            "national_id": row["national_id"],
            "birth_day": day,
            "birth_month": month,
            "birth_year": year,
        }

    @property
    def payment(self) -> dict[str, str]:
        """What they answer on screen 3."""
        return {name: self.row[name] for name in ("employer_id", "bank_last8", "civil_status_number") if self.row[name]}

    @property
    def contact(self) -> dict[str, dict[str, str]]:
        """What they write on screens 4 and 6."""
        return {
            "email": {"email": self.email, "email_confirm": self.email},
            "telephone": {"phone": self.phone, "phone_confirm": self.phone},
        }


def write_members(file: Path, numbers: range) -> None:
    """A members file with these members."""
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS)
        writer.writeheader()
        writer.writerows(Member(n).row for n in numbers)


def import_members(file: Path, data: Path, **settings: str) -> str:
    """`webapp members import`; what it says."""
    env = settings_of(data, **settings)
    command = [sys.executable, "-m", "webapp", "members", "import", str(file)]
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout


@dataclass(frozen=True)
class Town:
    """A running product, the members who have not used it yet, and the browsers to close at the end."""

    app: App
    fresh: Iterator[Member]
    open: ExitStack

    def visitor(self, **headers: str) -> Visitor:
        """A new browser."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return Visitor(self.open.enter_context(httpx.Client(base_url=self.app.url, headers=named, timeout=20)))

    def messages(self, to: str) -> list[dict[str, str]]:
        """What the development outbox holds for an address, newest first."""
        found = httpx.get(f"{self.app.url}/dev/outbox.json", timeout=20).json()
        return [message for message in found if message["to"] == to]

    def until(self, look: Callable[[], T | None], seconds: float = 10) -> T:
        """What a look finds, as soon as it finds something."""
        deadline = time.monotonic() + seconds
        while (found := look()) is None:
            assert time.monotonic() < deadline, f"nothing was found in {seconds} s"
            time.sleep(0.02)
        return found

    def message(self, to: str, count: int = 1, seconds: float = 10) -> dict[str, str]:
        """The newest message to an address once there are so many."""
        return self.until(lambda: found[0] if len(found := self.messages(to)) >= count else None, seconds)

    def codes(self, to: str) -> list[str]:
        """The codes that an address was sent, the newest first."""
        found = [CODE.findall(message["body"]) for message in self.messages(to)]
        return [codes[0] for codes in found if codes]

    def code(self, to: str, count: int = 1) -> str:
        """The newest code that an address was sent once there are so many."""
        return self.until(lambda: found[0] if len(found := self.codes(to)) >= count else None)

    def answers(self, member: Member, screen: str) -> dict[str, str]:
        """What a member sends to a screen."""
        match screen:
            case "conditions":
                return {"accept": "yes"}
            case "identification":
                return member.identity
            case "paiement":
                return member.payment
            case "email" | "telephone":
                return member.contact[screen]
            case "email-code":
                return {"code": self.code(member.email)}
            case "telephone-code":
                return {"code": self.code(member.phone)}
            case _:
                return {"password": PASSWORD, "password_confirm": PASSWORD}

    def walk(self, visitor: Visitor, member: Member, until: str, door: str = "activation") -> Page:
        """From the start to a screen; the page of that screen."""
        visitor.get(HOME)
        page = visitor.send(HOME, door=door)
        for screen in SCREENS[: SCREENS.index(until)]:
            assert page.path == f"{HOME}/{screen}", f"expected {screen}, stands on {page.path}: {page.words()[:300]}"
            page = visitor.send(**self.answers(member, screen))
        assert page.path == f"{HOME}/{until}", f"expected {until}, stands on {page.path}: {page.words()[:300]}"
        return page
