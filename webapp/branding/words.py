"""Whether a branding file's texts, addresses and numbers can be shown to members; each fault is one short line."""

import re
from collections.abc import Iterator
from typing import Final
from unicodedata import category
from urllib.parse import urlsplit

from webapp.branding.model import Sheet
from webapp.core.localized import Localized

_TELEPHONE: Final = re.compile(r"\+?\d+(?: \d+)*")
_DIGITS: Final = range(3, 16)  # E.164 allows fifteen; national short numbers have three or more
_LONGEST_NAME: Final = 24  # characters; it stands in every code SMS
_LONGEST_VERSION: Final = 32  # characters; the account's column
_BLANK: Final = re.compile(r"%\((\w*)\)s?")
_BLANKS: Final = ("%(name)s", "%(helpline)s")


def faults(sheet: Sheet) -> Iterator[str]:
    """Every fault of the file's words, in the order of the file."""
    yield from _name(sheet.name)
    yield from _helpline(sheet.helpline)
    yield from _addresses(sheet)
    for place, text in _texts(sheet):
        for language in ("fr", "ar"):
            yield from _text(f"{place}.{language}", text.within(language), blanks=place.startswith("terms."))
    yield from _version(sheet.terms.version)
    yield from _sections(sheet)


def _name(name: Localized) -> Iterator[str]:
    for language in ("fr", "ar"):
        if (length := len(name.within(language))) > _LONGEST_NAME:
            yield f"name.{language}: has {length} characters, {_LONGEST_NAME} fit"


def _helpline(helpline: str) -> Iterator[str]:
    if not _TELEPHONE.fullmatch(helpline) or sum(map(str.isdecimal, helpline)) not in _DIGITS:
        yield "helpline: is not a telephone number (digits, single spaces, + in front at most)"


def _addresses(sheet: Sheet) -> Iterator[str]:
    yield from _address("site", sheet.site)
    if sheet.video:
        yield from _address("video", sheet.video)
    for network, address in sheet.social.items():
        yield from _text("social", network, blanks=False)
        yield from _address(f"social.{network}", address)
    for number, service in enumerate(sheet.services, 1):
        yield from _address(f"services[{number}].address", service.address)


def _address(place: str, address: str | Localized) -> Iterator[str]:
    if isinstance(address, Localized):
        for language in ("fr", "ar"):
            yield from _address(f"{place}.{language}", address.within(language))
    elif not _is_https(address):
        yield f"{place}: is not an https:// address"


def _is_https(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme == "https" and bool(parts.hostname) and not re.search(r'[\s<>"\\]', address)
    except ValueError:
        return False


def _texts(sheet: Sheet) -> Iterator[tuple[str, Localized]]:
    yield "name", sheet.name
    for number, service in enumerate(sheet.services, 1):
        yield f"services[{number}].title", service.title
    yield "terms.title", sheet.terms.title
    yield "terms.lead", sheet.terms.lead
    for number, section in enumerate(sheet.terms.sections, 1):
        yield f"terms.sections[{number}].heading", section.heading
        for line, paragraph in enumerate(section.paragraphs, 1):
            yield f"terms.sections[{number}].paragraphs[{line}]", paragraph


def _text(place: str, text: str, *, blanks: bool) -> Iterator[str]:
    if not text.strip():
        yield f"{place}: is empty"
    if "<" in text or ">" in text or any(category(char) == "Cc" for char in text):
        yield f"{place}: holds markup or a line break; texts are plain"
    for blank in _BLANK.finditer(text):
        if not blanks or blank[0] not in _BLANKS:
            yield f"{place}: {blank[0]} is filled in nowhere" + (f"; {' and '.join(_BLANKS)} are" if blanks else "")


def _version(version: str) -> Iterator[str]:
    if not version.strip() or len(version) > _LONGEST_VERSION:
        yield f"terms.version: needs 1 to {_LONGEST_VERSION} characters"


def _sections(sheet: Sheet) -> Iterator[str]:
    if not sheet.terms.sections:
        yield "terms.sections: needs one section or more"
    for number, section in enumerate(sheet.terms.sections, 1):
        if not section.paragraphs:
            yield f"terms.sections[{number}].paragraphs: needs one paragraph or more"
