"""Sign-in: one answer for every stranger, a code for an unknown browser, a new identifier, an end for each."""

import re
import sqlite3
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest
from argon2 import PasswordHasher

from tests.support.doors import CONNEXION, ESPACE, knock, settled, sign_in
from tests.support.journey import PASSWORD, Member, Town, import_members, write_members
from tests.support.servers import app
from tests.support.visitor import HOME, Page, Visitor

NOBODY = "0999999999"
DEVICE = "Mozilla/5.0 (Android 14; Mobile; rv:127.0) Gecko/127.0 Firefox/127.0"


def bare(page: Page) -> str:
    """The page without its masked token and what was typed."""
    return re.sub(r'value="[^"]*"', "", page.text)


@pytest.fixture
def active(town: Town, member: Member) -> Member:
    """A member with an account."""
    town.walk(town.visitor(), member, "termine")
    return member


# --- Strangers


def test_an_unknown_number_a_number_without_account_and_a_wrong_password_read_the_same(
    town: Town, active: Member
) -> None:
    without = next(town.fresh)
    pages = []
    for number in (NOBODY, without.row["registration_number"], active.row["registration_number"]):
        visitor = town.visitor(accept_language="fr")
        visitor.get(CONNEXION)
        pages.append(visitor.send(registration_number=number, password="Pas-le-bon-7"))
    assert [page.status for page in pages] == [422] * 3
    assert len({bare(page) for page in pages}) == 1


def test_an_unknown_number_costs_the_same_work(town: Town, active: Member) -> None:
    visitor = town.visitor()
    visitor.get(CONNEXION)

    def median(number: str) -> float:
        spent = []
        for _ in range(15):
            begun = time.perf_counter()
            visitor.send(registration_number=number, password="Pas-le-bon-7")
            spent.append(time.perf_counter() - begun)
        return statistics.median(spent)

    known, unknown = median(active.row["registration_number"]), median(NOBODY)
    assert 0.6 < known / unknown < 1.6


def test_a_password_is_never_sent_back(town: Town, active: Member) -> None:
    page = knock(town.visitor(), active, "Pas-le-bon-7")
    assert "Pas-le-bon-7" not in page.text
    assert page.value("registration_number") == active.row["registration_number"]


# --- Budgets


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The product with its real budgets and without codes, behind a proxy that says where a request comes from."""
    data = tmp_path_factory.mktemp("strict")
    write_members(data / "members.csv", range(1, 20))
    settings = {"WEBAPP_LIMITS_SCALE": "1", "WEBAPP_CAPTCHA": "off", "WEBAPP_TRUSTED_PROXIES": "127.0.0.1"}
    settings["WEBAPP_SIGN_IN_CODE"] = "false"
    with app(data, **settings) as running, ExitStack() as browsers:
        import_members(data / "members.csv", data)
        yield Town(running, (Member(n) for n in range(1, 20)), browsers)


def test_guessing_is_slowed_down_and_a_stranger_locks_nobody_out(strict: Town) -> None:
    member = next(strict.fresh)
    strict.walk(strict.visitor(), member, "termine")
    stranger = strict.visitor(x_forwarded_for="203.0.113.7")
    statuses = [knock(stranger, member, f"Pas-le-bon-{n}").status for n in range(3)]
    assert statuses == [422, 422, 429]
    assert 0 < int(stranger.page.response.headers["retry-after"]) <= 11
    assert knock(stranger, member).status == 429, "not even with the right password, for now"
    neighbour = strict.visitor(x_forwarded_for="203.0.113.99")
    assert knock(neighbour, member).status == 429, "another address of the same network"
    assert sign_in(strict, strict.visitor(x_forwarded_for="198.51.100.1"), member).path == ESPACE


def test_a_house_that_wants_no_code_lets_whoever_has_the_password_in(strict: Town) -> None:
    member = next(strict.fresh)
    strict.walk(strict.visitor(), member, "termine")
    assert knock(strict.visitor(x_forwarded_for="198.51.100.7"), member).path == ESPACE


# --- In


def test_a_hash_of_weaker_parameters_is_made_anew_at_the_next_sign_in(town: Town, active: Member) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    newest = "SELECT id FROM account ORDER BY created_at DESC LIMIT 1"
    with sqlite3.connect(town.app.data / "mon-compte.sqlite", timeout=10) as database:
        database.execute(f"UPDATE account SET password_hash = ? WHERE id = ({newest})", [weak])  # noqa: S608  ours
    assert sign_in(town, town.visitor(), active).path == ESPACE
    with sqlite3.connect(town.app.data / "mon-compte.sqlite") as database:
        (kept,) = database.execute(f"SELECT password_hash FROM account WHERE id = ({newest})").fetchone()  # noqa: S608
    assert kept != weak
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert sign_in(town, town.visitor(), active).path == ESPACE


def test_an_unknown_browser_is_asked_for_a_code_once(town: Town, active: Member) -> None:
    visitor = town.visitor()
    assert knock(visitor, active).path == f"{CONNEXION}/canal"
    assert active.email not in visitor.page.text
    assert active.phone not in visitor.page.text
    assert sign_in(town, visitor, active).path == ESPACE
    visitor.get("/deconnexion")
    visitor.send()
    assert knock(visitor, active).path == ESPACE, "the browser is known from now on"


@pytest.mark.parametrize("by", ["sms", "email"])
def test_the_member_says_where_the_code_goes_and_the_mailbox_hears_of_the_browser(
    town: Town, active: Member, by: str
) -> None:
    before = len(town.messages(active.email))
    assert sign_in(town, town.visitor(user_agent=DEVICE), active, by=by).path == ESPACE
    notices = before + 1 + (by == "email")
    town.message(active.email, notices)


def test_a_password_alone_opens_nothing_in_an_unknown_browser(town: Town, active: Member) -> None:
    visitor = town.visitor()
    knock(visitor, active)
    for path in (ESPACE, f"{ESPACE}/donnees", f"{ESPACE}/donnees.json", f"{ESPACE}/connexions"):
        assert visitor.get(path).path == CONNEXION
    assert visitor.get(f"{CONNEXION}/sms").path == f"{CONNEXION}/canal"


def test_a_browser_known_for_one_member_is_unknown_for_another(town: Town, active: Member) -> None:
    visitor = settled_again(town, active)
    visitor.get("/deconnexion")
    visitor.send()
    other = next(town.fresh)
    town.walk(town.visitor(), other, "termine")
    assert knock(visitor, other).path == f"{CONNEXION}/canal"


def test_every_sign_in_has_an_identifier_of_its_own_whatever_the_browser_brought(town: Town, active: Member) -> None:
    visitor = town.visitor()
    visitor.get(HOME)
    visitor.plant("sign-in", "planted-by-somebody-else")
    assert sign_in(town, visitor, active).path == ESPACE
    first = visitor.client.cookies["sign-in"]
    visitor.get("/deconnexion")
    visitor.send()
    assert "sign-in" not in visitor.client.cookies
    assert knock(visitor, active).path == ESPACE
    assert len({first, visitor.client.cookies["sign-in"], "planted-by-somebody-else"}) == 3


def test_an_open_sign_in_leads_from_the_door_straight_in(town: Town, active: Member) -> None:
    visitor = settled_again(town, active)
    assert visitor.get(CONNEXION).path == ESPACE


def test_the_same_form_twice_opens_one_sign_in(town: Town, active: Member) -> None:
    visitor = town.visitor()
    knock(visitor, active)
    before = len(town.codes(active.phone))
    visitor.send(channel="sms")
    old, body = dict(visitor.client.cookies), {"code": town.code(active.phone, before + 1)}
    body |= {"_csrf_token": visitor.token, "altcha": visitor.proof()}
    first = visitor.client.post(visitor.page.path, data=body)
    second = town.visitor()
    for name, value in old.items():
        second.plant(name, value)
    again = second.client.post(visitor.page.path, data=body)
    assert {first.headers["location"], again.headers["location"].partition("?")[0]} == {ESPACE}
    assert first.cookies["sign-in"] == again.cookies["sign-in"]


# --- Out


def test_sign_out_asks_then_ends_and_the_old_cookie_is_worth_nothing(town: Town, active: Member) -> None:
    visitor = settled_again(town, active)
    kept = visitor.client.cookies["sign-in"]
    asks = visitor.get("/deconnexion")
    assert visitor.get(ESPACE).path == ESPACE, "a GET ends nothing"
    visitor.get("/deconnexion")
    out = visitor.send()
    assert out.status == 200
    assert out.heading != asks.heading
    assert "cache" in out.response.headers["clear-site-data"]
    visitor.plant("sign-in", kept)
    assert visitor.get(ESPACE).path == CONNEXION


def test_whoever_is_out_is_told_so_where_the_space_was(town: Town, active: Member) -> None:
    visitor = settled_again(town, active)
    other = settled_again(town, active)
    other.get(f"{ESPACE}/connexions")
    other.send(end="others")
    page = visitor.get(ESPACE)
    assert page.path == CONNEXION
    assert "motif=signed-out" in str(page.response.url)
    assert town.visitor().get(ESPACE).response.url.query == b""


def settled_again(town: Town, member: Member) -> Visitor:
    """Another browser of a member who has an account, signed in."""
    visitor = town.visitor()
    assert sign_in(town, visitor, member).path == ESPACE
    return visitor


# --- The list


def test_sign_ins_are_listed_and_any_but_this_one_can_be_ended(town: Town, active: Member) -> None:
    phone, desk = town.visitor(user_agent=DEVICE, accept_language="fr"), town.visitor(accept_language="fr")
    for visitor in (phone, desk):
        assert sign_in(town, visitor, active).path == ESPACE
    page = desk.get(f"{ESPACE}/connexions")
    assert "Firefox" in page.words()
    [button] = [one for one in page.all("button", name="end") if one.get("value") != "others"]
    desk.send(end=button.get("value") or "")
    assert phone.get(ESPACE).path == CONNEXION
    assert desk.get(ESPACE).path == ESPACE


def test_all_others_end_at_once(town: Town, active: Member) -> None:
    visitors = [settled_again(town, active) for _ in range(3)]
    visitors[0].get(f"{ESPACE}/connexions")
    visitors[0].send(end="others")
    assert [visitor.get(ESPACE).path for visitor in visitors] == [ESPACE, CONNEXION, CONNEXION]


def test_nobody_ends_the_sign_in_of_somebody_else(town: Town, active: Member) -> None:
    victim, intruder = settled_again(town, active), settled(town, next(town.fresh))
    other = settled_again(town, active)
    page = other.get(f"{ESPACE}/connexions")
    ids = [one.get("value") or "" for one in page.all("button", name="end") if one.get("value") != "others"]
    assert ids
    intruder.get(f"{ESPACE}/connexions")
    for identifier in ids:
        intruder.send(end=identifier)
    assert victim.get(ESPACE).path == ESPACE


def test_a_sign_in_is_prolonged_with_one_tap(town: Town, active: Member) -> None:
    visitor = settled_again(town, active)
    visitor.get(ESPACE)
    assert visitor.send(f"{ESPACE}/rester").path == ESPACE
    fragment = {"HX-Request": "true", "HX-Request-Type": "partial"}
    answer = visitor.client.post(f"{ESPACE}/rester", data={"_csrf_token": visitor.token}, headers=fragment)
    assert answer.status_code == 200
    assert "<html" not in answer.text


def test_the_password_of_before_a_change_opens_nothing(town: Town, active: Member) -> None:
    visitor = settled_again(town, active)
    visitor.get(ESPACE)
    visitor.send(f"{ESPACE}/mot-de-passe")
    visitor.send(current_password=PASSWORD)
    assert visitor.send(password="Tout-neuf-2027", password_confirm="Tout-neuf-2027").path == ESPACE
    assert knock(town.visitor(), active).status == 422
