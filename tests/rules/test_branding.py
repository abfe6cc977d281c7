"""What is one fund's own stands in its branding file and nowhere else in the product."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from webapp import branding

ROOT = Path(__file__).resolve().parents[2]
WORDS = {".py", ".html", ".txt", ".po", ".css", ".js", ".svg", ".toml", ".csv"}
SPELLINGS = ("CNOPS", "كنوبس", "الصندوق الوطني", "منظمات الاحتياط")  # as others write the fund's name


def product() -> Iterator[Path]:
    """Every file of words that members or the product read, the brand's own folder left out."""
    for place in ("webapp", "static", "locales"):
        for path in sorted((ROOT / place).rglob("*")):
            if path.suffix in WORDS and not path.is_relative_to(branding.PACKAGED.parent):
                yield path


def own() -> Iterator[str]:
    """The words by which the packaged brand would be known."""
    brand = branding.read()
    yield from {brand.name.fr, brand.name.ar, *SPELLINGS}
    yield from (brand.helpline, brand.helpline_link, brand.site_name, brand.site_name.removeprefix("www."))
    for address in brand.social.values():
        yield from (address, address.rstrip("/").rpartition("/")[2])
    for palette in (brand.colours.light, brand.colours.dark):
        yield from (colour for colour in (palette.brand, palette.press, palette.tint, palette.deep, palette.on_deep))
    for section in brand.terms.sections:
        yield from (text for paragraph in section.paragraphs for text in (paragraph.fr, paragraph.ar))


def found(text: str) -> set[str]:
    """The brand's words in a text, grouped and joined numbers alike."""
    return {word for word in own() if re.search(re.escape(word), text, re.IGNORECASE)}


def test_no_other_file_knows_the_fund() -> None:
    told = {path.relative_to(ROOT).as_posix(): found(path.read_text(encoding="utf-8")) for path in product()}
    assert len(told) > 100
    assert {path: words for path, words in told.items() if words} == {}


@pytest.mark.parametrize(
    "text", ["le compte cnops", "tel:0538002020", "053 800 20 20", "color: #0A5C55", "صندوق كنوبس"]
)
def test_the_rule_sees_what_it_forbids(text: str) -> None:
    assert found(text)
