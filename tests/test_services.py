"""The fund's online services: listed as the branding file has them, and no empty box where it has none."""

from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest

from webapp import branding
from webapp.branding import Brand
from webapp.i18n import Display, shown_in
from webapp.web.assets import Assets
from webapp.web.render import Renderer

OASIS = branding.read(str(Path(__file__).parent / "brands" / "oasis" / "branding.toml"))
MACRO = '{% from "ui/services.html" import services %}{{ services(brand) }}'


def listed(brand: Brand, display: Display) -> str:
    """What the macro prints."""
    with shown_in(display):
        return Renderer(Assets(brand), brand)._environment.from_string(MACRO).render().strip()


def links(html: str) -> list[tuple[str | None, str | None, str]]:
    """Address, language and words of each link."""
    parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False)
    tree: Element = parser.parseFragment(html)
    return [(one.get("href"), one.get("lang"), " ".join("".join(one.itertext()).split())) for one in tree.iter("a")]


@pytest.mark.parametrize(
    ("display", "expected"),
    [
        (Display.FR, [("", None, "Suivre mes remboursements"), ("/fr", "fr", "Trouver un médecin")]),
        (Display.AR, [("", None, "تتبع التعويضات"), ("/ar", "ar", "البحث عن طبيب")]),
        (
            Display.BOTH,
            [
                ("", None, "Suivre mes remboursements تتبع التعويضات"),
                ("/fr", "fr", "Trouver un médecin"),
                ("/ar", "ar", "البحث عن طبيب"),
            ],
        ),
    ],
)
def test_each_service_is_a_link_in_the_members_languages(
    display: Display, expected: list[tuple[str, str | None, str]]
) -> None:
    addresses = {"": "https://remboursements.oasis.example"}
    assert links(listed(OASIS, display)) == [
        (addresses.get(end, f"https://medecins.oasis.example{end}"), language, words)
        for end, language, words in expected
    ]


def test_a_fund_without_services_shows_no_empty_box() -> None:
    assert branding.read().services == ()
    assert listed(branding.read(), Display.BOTH) == ""
