"""Under a second brand the whole product speaks for that fund: every page and message, in every display, and no word
of the first."""

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from tests.rules.test_branding import found
from tests.support.journey import Member, Town, import_members, write_members
from tests.support.servers import app
from tests.support.visitor import HOME, Page, Visitor
from webapp import branding
from webapp.core.localized import Localized
from webapp.core.state import Door
from webapp.i18n import Display
from webapp.journeys import ENDS, JOURNEYS, SIGN_IN, SIGN_OUT, SPACE

FILE = Path(__file__).parents[1] / "brands" / "oasis" / "branding.toml"
OASIS = branding.read(str(FILE))
CODE = re.compile(r"(?<!\d)\d{6}(?!\d)")
LINK = re.compile(r"/pas-moi/\S+")
STEPS = {
    (door, journey.address(screen)): screen.step.key for door, journey in JOURNEYS.items() for screen in journey.table
}
REPLACING = {f"{HOME}/nouve{end}" for end in ("l-email", "l-email-code", "au-telephone", "au-telephone-code")}
CHANGES = (Door.NEW_EMAIL, Door.NEW_PHONE, Door.NEW_PASSWORD, Door.CLOSING)
READ = ("/", HOME, SIGN_IN, "/conditions-generales", ENDS["expired"].path, SIGN_OUT, "/inconnue", "/pas-moi/faux")
INSIDE = (SPACE, f"{SPACE}/connexions", f"{SPACE}/donnees", SIGN_OUT)
displays = pytest.mark.parametrize("display", list(Display))


@dataclass
class Tour:
    """One member who goes through every door in one display, and all that was seen and received."""

    town: Town
    member: Member
    display: Display
    visitor: Visitor = field(init=False)
    password: str = ""
    lost: bool = False  # whether the contacts on file are said to be lost
    pages: list[Page] = field(default_factory=list)
    stood: set[tuple[Door, str]] = field(default_factory=set)
    letters: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.come()

    def come(self) -> None:
        """A new browser with the display chosen."""
        self.visitor = self.town.visitor()
        self.visitor.plant("display", self.display.value)

    @property
    def addresses(self) -> dict[str, list[str]]:
        """Where the member reads, by slot: the contacts of the account, and those that replace them."""
        other = (f"autre{self.member.n}@exemple.ma", f"+2127{self.member.n:08}")
        return {"email": [self.member.email, other[0]], "phone": [self.member.phone, other[1]]}

    def collect(self) -> list[dict[str, str]]:
        """Messages that were not there before, the newest first."""
        everything = [one for each in self.addresses.values() for to in each for one in self.town.messages(to)]
        new = [one for one in everything if one["id"] not in self.letters]
        self.letters |= {one["id"]: one for one in new}
        return new

    def code(self) -> str:
        """The code of the newest message."""
        deadline = time.monotonic() + 10
        while True:
            codes = [code[0] for one in self.collect() if (code := CODE.search(one["body"]))]
            if codes:
                return str(codes[0])
            assert time.monotonic() < deadline, f"no code came for {self.visitor.page.path}"
            time.sleep(0.02)

    def read(self, *paths: str) -> None:
        """Open pages and keep them."""
        self.pages += [self.visitor.get(path) for path in paths]

    def walk(self, door: Door) -> None:
        """From the screen shown to the end of the journey."""
        for _ in range(12):
            page = self.visitor.page
            self.pages.append(page)
            if (door, page.path) not in STEPS:
                return
            self.stood.add((door, page.path))
            self.visitor.send(**self.answers(door, STEPS[door, page.path]))
        raise AssertionError(f"still on {self.visitor.page.path}: {self.visitor.page.errors}")

    def answers(self, door: Door, key: str) -> dict[str, str]:
        """What the member sends to a step."""
        match key:
            case "identity":
                return self.member.identity
            case "payment":
                return self.member.payment
            case "email" | "phone":
                new = door in (Door.NEW_EMAIL, Door.NEW_PHONE)
                return dict.fromkeys((key, f"{key}_confirm"), self.addresses[key][new])
            case "email_code" | "phone_code":
                return {"code": self.code()}
            case "password":
                self.password = f"Un-mot-de-passe-{len(self.stood)}"
                return dict.fromkeys(("password", "password_confirm"), self.password)
            case "email_on_file" | "phone_on_file":
                return {"lost": "yes"} if self.lost else {}
            case _:
                return self.few_answers(key)

    def few_answers(self, key: str) -> dict[str, str]:
        """The steps with one answer."""
        fresh = (Door.SIGN_IN, f"{SIGN_IN}/sms") not in self.stood
        return {
            "terms": {"accept": "yes"},
            "sign_in": {"registration_number": self.member.row["registration_number"], "password": self.password},
            "channel": {"channel": "sms" if fresh else "email"},
            "confirm": {"current_password": self.password},
            "closing": {"sure": "yes"},
        }[key]


@pytest.fixture(scope="module")
def oasis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The product under the second brand."""
    data = tmp_path_factory.mktemp("oasis")
    write_members(data / "members.csv", range(1, 4))
    with app(data, WEBAPP_LIMITS_SCALE="1000", WEBAPP_BRANDING=str(FILE)) as running, ExitStack() as browsers:
        import_members(data / "members.csv", data, WEBAPP_BRANDING=str(FILE))
        yield Town(running, (Member(n) for n in range(1, 4)), browsers)


@pytest.fixture(scope="module")
def tours(oasis: Town) -> dict[Display, Tour]:
    """A member for each display, and where they have been."""
    return {display: toured(Tour(oasis, next(oasis.fresh), display)) for display in Display}


def toured(tour: Tour) -> Tour:
    """Through every door: in, forgotten, signed in from two browsers, every change, out."""
    tour.read(*READ)
    for door, lost in ((Door.ACTIVATION, False), (Door.RECOVERY, True), (Door.RECOVERY, False)):
        tour.lost = lost
        tour.visitor.get(HOME)
        tour.visitor.send(HOME, door=door.value)
        tour.walk(door)
    for _ in ("sms", "email"):
        tour.come()
        tour.visitor.get(SIGN_IN)
        tour.walk(Door.SIGN_IN)
    tour.read(*INSIDE)
    for door in CHANGES:
        tour.visitor.get(SPACE)
        tour.visitor.send(JOURNEYS[door].home)
        tour.walk(door)
    tour.read(SPACE)
    alarm = next(link[0] for one in tour.letters.values() if (link := LINK.search(one["body"])))
    tour.read(alarm)
    tour.pages.append(tour.visitor.send(alarm))
    tour.read("/dev/outbox")
    tour.collect()
    return tour


def words_of(text: Localized, display: Display) -> list[str]:
    """What a text says in a display."""
    return [text.within(language) for language in display.languages]


@displays
def test_every_screen_was_seen(tours: dict[Display, Tour], display: Display) -> None:
    missing = {path for _, path in STEPS.keys() - tours[display].stood}
    assert missing == REPLACING  # the same partials as on the way in
    assert ENDS["helpline"].path in {page.path for page in tours[display].pages}


@displays
def test_every_page_names_the_fund_its_helpline_and_its_addresses(tours: dict[Display, Tour], display: Display) -> None:
    for page in tours[display].pages:
        header = page.words(page.all("strong", class_="brand-name")[0])
        assert header.split(" · ") in ([*words_of(OASIS.name, display)], [" ".join(words_of(OASIS.name, display))])
        hrefs = {one.get("href") for one in page.all("a")}
        assert {f"tel:{OASIS.helpline_link}", OASIS.site, *OASIS.social.values()} <= hrefs, page.path
        assert OASIS.helpline in page.words()


@displays
def test_no_page_and_no_message_knows_the_first_fund(tours: dict[Display, Tour], display: Display) -> None:
    tour = tours[display]
    assert {page.path: words for page in tour.pages if (words := found(page.text))} == {}
    told = [f"{one['subject']}\n{one['body']}" for one in tour.letters.values()]
    assert [text for text in told if found(text)] == []


@displays
def test_every_message_names_the_fund_in_the_members_languages(tours: dict[Display, Tour], display: Display) -> None:
    letters = tours[display].letters.values()
    assert {one["channel"] for one in letters} == {"email", "sms"}
    for one in letters:
        assert all(name in one["body"] for name in words_of(OASIS.name, display)), one
        assert not one["subject"] or all(name in one["subject"] for name in words_of(OASIS.name, display)), one


@displays
def test_the_terms_are_the_funds_own(tours: dict[Display, Tour], display: Display) -> None:
    (page,) = (page for page in tours[display].pages if page.path == "/conditions-generales")
    shown = page.words(page.all("main")[0])
    assert OASIS.terms.version in shown
    for text in (OASIS.terms.title, *(section.heading for section in OASIS.terms.sections)):
        assert all(words in shown for words in words_of(text, display))
    for text in (OASIS.terms.lead, *(words for section in OASIS.terms.sections for words in section.paragraphs)):
        for language in display.languages:
            own = text.within(language).replace("%(name)s", OASIS.name.within(language))
            assert own.replace("%(helpline)s", OASIS.helpline) in shown
    assert len(page.all("section")) == len(OASIS.terms.sections) + 1  # and the helpline's


@displays
def test_the_film_is_offered_where_a_password_is_spoken_of(tours: dict[Display, Tour], display: Display) -> None:
    page = next(page for page in tours[display].pages if page.path == f"{HOME}/conditions")
    assert isinstance(OASIS.video, Localized)
    assert set(words_of(OASIS.video, display)) <= {one.get("href") for one in page.all("a")}


def test_style_and_mark_are_the_funds_own_and_kept_for_a_year(oasis: Town) -> None:
    page = oasis.visitor(accept_language="fr").get(HOME)
    (image,) = page.all("img", class_="mark")
    (icon,) = page.all("link", rel="icon")
    (sheet,) = page.all("link", rel="stylesheet")
    assert icon.get("href") == image.get("src")
    mark = httpx.get(f"{oasis.app.url}{image.get('src')}")
    assert mark.content == OASIS.mark.svg
    assert mark.headers["content-type"].startswith("image/svg+xml")
    assert mark.headers["content-security-policy"] == OASIS.mark.policy
    style = httpx.get(f"{oasis.app.url}{sheet.get('href')}")
    assert OASIS.colours.light.brand in style.text
    assert OASIS.colours.dark.brand in style.text
    assert found(style.text) == set()
    for answer in (mark, style):
        assert "immutable" in answer.headers["cache-control"]
