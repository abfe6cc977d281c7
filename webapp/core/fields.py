"""What members type, read kindly: each reader gives the value in its canonical form, or the code of what is wrong."""

import re
import unicodedata
from datetime import date
from typing import Final

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from msgspec import Struct

_SEPARATORS: Final = re.compile(r"[\s.\-_/‐-―]+")
_CNI: Final = re.compile(r"[A-Z]{1,2}[0-9]{2,7}")
_MOBILE: Final = re.compile(r"(?:(?:\+|00)2120?|0)([67][0-9]{8})")
_RIB_DIGITS: Final = 24
_OLDEST: Final = 120  # years


class Wrong(Struct, frozen=True):
    """A refusal: the code of what is wrong with one field."""

    code: str


def clean(text: str) -> str:
    """Printable text in NFKC with western digits, no invisible marks (they travel with every copy), no blank ends."""
    western = (
        str(unicodedata.decimal(char)) if unicodedata.category(char) == "Nd" else char
        for char in unicodedata.normalize("NFKC", text)
    )
    return unicodedata.normalize("NFKC", "".join(char for char in western if char.isprintable())).strip()


def shown(text: str) -> str:
    """What was typed, as a page may hold it: no control, format or unassigned character."""
    return "".join(char for char in text if not unicodedata.category(char).startswith("C"))


def compact(text: str) -> str:
    """`clean`, in capitals, without the spaces, dots, hyphens and slashes that people put between groups."""
    return _SEPARATORS.sub("", clean(text)).upper()


def _digits(text: str, shortest: int, longest: int) -> str | Wrong:
    value = compact(text)
    if not value:
        return Wrong("required")
    if not re.fullmatch(r"[0-9]+", value) or not shortest <= len(value) <= longest:
        return Wrong("format")
    return value


def registration_number(text: str) -> str | Wrong:
    """The number on the insured's card: 6 to 12 digits, zeros in front kept."""
    return _digits(text, 6, 12)


def employer_id(text: str) -> str | Wrong:
    """The number at the employer or pension fund: 3 to 15 digits or capitals, at least one digit."""
    value = compact(text)
    if not value:
        return Wrong("required")
    return value if re.fullmatch(r"(?=.*[0-9])[0-9A-Z]{3,15}", value) else Wrong("format")


def national_id(text: str) -> str | Wrong:
    """The CNI: one or two letters, then two to seven digits."""
    value = compact(text)
    if not value:
        return Wrong("required")
    return value if _CNI.fullmatch(value) else Wrong("format")


def bank_last8(text: str) -> str | Wrong:
    """The last eight digits of the account; a RIB (24 digits) or IBAN (MA, 26 digits) is cut to them."""
    value = compact(text)
    if not value:
        return Wrong("required")
    digits = value[4:] if re.fullmatch(r"MA[0-9]{26}", value) else value
    if not re.fullmatch(r"[0-9]+", digits) or len(digits) not in (8, _RIB_DIGITS):
        return Wrong("format")
    return digits[-8:]


def civil_status_number(text: str) -> str | Wrong:
    """The état civil number: 1 to 15 digits."""
    return _digits(text, 1, 15)


def birth_date(day: str, month: str, year: str, today: date) -> date | Wrong:
    """A day in the past 120 years. The year is written in full: two digits could mean two centuries."""
    parts = [compact(part) for part in (day, month, year)]
    if not any(parts):
        return Wrong("required")
    if not all(parts):
        return Wrong("incomplete")
    if not all(re.fullmatch(r"[0-9]{1,4}", part) for part in parts) or len(parts[2]) != 4:
        return Wrong("impossible")
    try:
        born = date(int(parts[2]), int(parts[1]), int(parts[0]))
    except ValueError:
        return Wrong("impossible")
    if born >= today:
        return Wrong("future")
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return Wrong("too_old") if age > _OLDEST else born


def email(text: str) -> str | Wrong:
    """An address that mail can reach, normalised by `email-validator` (domain in lower case, IDN decoded)."""
    value = clean(text)
    if not value:
        return Wrong("required")
    try:
        return validate_email(value, check_deliverability=False, strict=True).normalized
    except EmailNotValidError:
        return Wrong("format")


def phone(text: str) -> str | Wrong:
    """A Moroccan mobile as +212 and nine digits: +212, 00212 or 0, then 6 or 7 and eight digits."""
    value = re.sub(r"[()]", "", compact(text))
    if not value:
        return Wrong("required")
    mobile = _MOBILE.fullmatch(value)
    return f"+212{mobile[1]}" if mobile else Wrong("format")


def code(text: str, digits: int) -> str | Wrong:
    """A one-time code of that many digits."""
    value = compact(text)
    if not value:
        return Wrong("required")
    return value if re.fullmatch(rf"[0-9]{{{digits}}}", value) else Wrong("format")


def masked_email(address: str) -> str:
    """The address as a screen may show it: `am…a@gmail.com` for amina@gmail.com, one letter of a short name."""
    name, _, domain = address.rpartition("@")
    hint = f"{name[:1]}…" if len(name) < 5 else f"{name[:2]}…{name[-1]}"
    return f"{hint}@{domain}"


def masked_phone(number: str) -> str:
    """The number as a screen may show it: `06 ** ** ** 42` for +212612345642."""
    return f"0{number[4]} ** ** ** {number[-2:]}"


def spaced_phone(number: str) -> str:
    """The number in groups as Moroccans read it, by `phonenumbers`, which formats also the ranges it calls invalid."""
    parsed = phonenumbers.parse(number, None)
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.NATIONAL)
