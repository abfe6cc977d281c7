"""Each screen in French, in Arabic, and in both: nothing untranslated, nothing in the wrong direction, nothing lost."""

import re
from xml.etree.ElementTree import Element

import pytest

from tests.support.journey import SCREENS, Member, Town
from tests.support.visitor import HOME, Page, Visitor

STEPS = SCREENS[:-1]
READING = [
    "/mon_compte",
    "/mon_compte/expiree",
    "/connexion",
    "/deconnexion",
    "/conditions-generales",
    "/inconnue",
]
ARABIC = re.compile(r"[\u0621-\u064a]")
LATIN_WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}")
_LATIN = "CNOPS CNDP RIB SMS IBAN MA AB JavaScript spam cookies www cnops cndp exemple amina org ma com"
ALLOWED_IN_ARABIC = frozenset(re.findall(r"\w+", _LATIN))


@pytest.fixture(scope="module")
def walker(town: Town) -> Visitor:
    """A visitor who may stand on every screen."""
    visitor = town.visitor(accept_language="fr")
    town.walk(visitor, next(town.fresh), "mot-de-passe")
    return visitor


def in_display(visitor: Visitor, path: str, display: str) -> Page:
    """A page in a display."""
    visitor.plant("display", display)
    return visitor.get(path)


def main_of(page: Page) -> Element:
    """What changes from screen to screen."""
    return next(one for one in page.tree.iter() if one.get("id") == "view")


def spoken(element: Element, language: str, here: str) -> list[str]:
    """All text in that language inside an element, the values (bdi) left out."""
    here = element.get("lang") or here
    if element.tag in ("bdi", "script"):
        return []
    own = [element.text or ""] if here == language else []
    for child in element:
        own += spoken(child, language, here)
        own += [child.tail or ""] if here == language else []
    return own


@pytest.mark.parametrize("path", [*READING, *(f"{HOME}/{screen}" for screen in STEPS)])
def test_a_french_page_holds_no_arabic(walker: Visitor, path: str) -> None:
    page = in_display(walker, path, "fr")
    assert (page.all("html")[0].get("lang"), page.all("html")[0].get("dir")) == ("fr", "ltr")
    assert not ARABIC.search(page.words(main_of(page)))
    assert not ARABIC.search(page.words(page.all("title")[0]))


@pytest.mark.parametrize("path", [*READING, *(f"{HOME}/{screen}" for screen in STEPS)])
def test_an_arabic_page_holds_no_french(walker: Visitor, path: str) -> None:
    page = in_display(walker, path, "ar")
    assert (page.all("html")[0].get("lang"), page.all("html")[0].get("dir")) == ("ar", "rtl")
    words = set(LATIN_WORD.findall(" ".join(spoken(main_of(page), "ar", "ar"))))
    assert not words - ALLOWED_IN_ARABIC
    assert ARABIC.search(page.heading)


@pytest.mark.parametrize("path", [*READING, *(f"{HOME}/{screen}" for screen in STEPS)])
def test_a_page_in_both_says_everything_twice_each_in_its_own_direction(walker: Visitor, path: str) -> None:
    page = in_display(walker, path, "fr+ar")
    french = in_display(walker, path, "fr")
    arabic = in_display(walker, path, "ar")
    pairs = [one for one in page.tree.iter("span") if one.get("class") == "in"]
    assert {(one.get("lang"), one.get("dir")) for one in pairs} == {("fr", "ltr"), ("ar", "rtl")}
    assert len([one for one in pairs if one.get("lang") == "fr"]) == len(
        [one for one in pairs if one.get("lang") == "ar"]
    )
    assert page.words(french.all("h1")[0]).split()[-1] in page.heading
    assert arabic.words(arabic.all("h1")[0]).split()[-1] in page.heading


@pytest.mark.parametrize(
    ("accept", "lang"),
    [("fr-MA,fr;q=0.9", "fr"), ("ar", "ar"), ("ar-MA,ar;q=0.9,fr;q=0.8", "ar"), ("fr;q=0.5,ar;q=0.2", "fr")],
)
def test_the_first_visit_speaks_the_language_of_the_browser(town: Town, accept: str, lang: str) -> None:
    page = town.visitor(accept_language=accept).get(HOME)
    assert page.all("html")[0].get("lang") == lang
    assert not page.all("span", class_="in")


@pytest.mark.parametrize("accept", ["en", "", "de-DE,*;q=0.1", ";;;q=x"])
def test_a_browser_that_names_neither_gets_both(town: Town, accept: str) -> None:
    assert town.visitor(accept_language=accept).get(HOME).all("span", class_="in")


TYPED = {
    "identification": {
        "identifier_kind": "employer",
        "employer_id": "77x",
        "national_id": "ab 12",
        "birth_day": "31",
        "birth_month": "2",
        "birth_year": "19",
    },
    "paiement": {"employer_id": "12"},
    "email": {"email": "amina@", "email_confirm": "amina"},
    "telephone": {"phone": "06 12", "phone_confirm": "06"},
}


@pytest.mark.parametrize("screen", TYPED)
def test_switching_the_display_keeps_the_screen_and_what_was_typed_and_lasts(walker: Visitor, screen: str) -> None:
    in_display(walker, f"{HOME}/{screen}", "fr")
    page = walker.send(display="ar", **TYPED[screen])
    assert (page.status, page.path) == (200, f"{HOME}/{screen}")
    assert page.all("html")[0].get("lang") == "ar"
    assert {name: page.value(name) for name in TYPED[screen]} == TYPED[screen]
    assert not page.errors
    assert walker.get(f"{HOME}/email").all("html")[0].get("lang") == "ar"


@pytest.mark.parametrize(("screen", "field"), [("email-code", "code"), ("mot-de-passe", "password")])
def test_switching_the_display_never_shows_a_code_or_a_password_again(walker: Visitor, screen: str, field: str) -> None:
    walker.get(f"{HOME}/{screen}")
    page = walker.send(display="fr", **{field: "482916"})
    assert (page.status, page.value(field)) == (200, "")
    assert "482916" not in page.text


@pytest.mark.parametrize("path", READING[:-1])
def test_pages_without_a_form_of_their_own_switch_too(town: Town, path: str) -> None:
    visitor = town.visitor(accept_language="fr")
    visitor.get(path)
    page = visitor.send(path, display="ar")
    assert (page.status, page.path, page.all("html")[0].get("lang")) == (200, path, "ar")


def test_the_switch_of_a_page_that_does_not_exist_leads_to_the_start_in_that_display(town: Town) -> None:
    visitor = town.visitor(accept_language="fr")
    form = next(one for one in visitor.get("/inconnue").all("form") if one.get("id") == "step")
    page = visitor.send(form.get("action"), display="ar")
    assert (page.status, page.path, page.all("html")[0].get("lang")) == (200, HOME, "ar")


@pytest.mark.parametrize(("display", "words"), [("fr", ["code"]), ("ar", ["رمز"]), ("fr+ar", ["code", "رمز"])])
def test_mail_and_sms_go_out_in_the_members_display(town: Town, member: Member, display: str, words: list[str]) -> None:
    visitor = town.visitor()
    visitor.plant("display", display)
    town.walk(visitor, member, "telephone-code")
    for to in (member.email, member.phone):
        body = town.message(to)["body"]
        assert [word for word in ("code", "رمز") if word in body] == words
