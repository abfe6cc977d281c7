"""Whatever is sent to any screen, the answer is a clear page and never a server error."""

import httpx
import pytest

from tests.support.journey import SCREENS, Member, Town
from tests.support.visitor import HOME, Page, Visitor, police

STEPS = SCREENS[:-1]
FORM = {"content-type": "application/x-www-form-urlencoded"}
BODIES = {
    "empty": (b"", FORM),
    "without a type": (b"accept=1", {}),
    "oversized": (b"password=" + b"A" * 40_000, FORM),
    "one huge field": (b"email=" + b"%C3%A9" * 2_600, FORM),
    "binary": (bytes(range(256)) * 8, FORM),
    "escapes that are no UTF-8": (b"email=%FF%FE&code=%80", FORM),
    "a lone surrogate": (b"email=%ED%A0%80", FORM),
    "zero bytes": (b"registration_number=%00%00&code=%00", FORM),
    "too many fields": (b"&".join(b"f%d=1" % n for n in range(500)), FORM),
    "json": (b'{"email":"a@b.ma"}', {"content-type": "application/json"}),
    "multipart": (b"--x\r\n", {"content-type": "multipart/form-data; boundary=x"}),
    "multipart without boundary": (b"--x\r\n", {"content-type": "multipart/form-data"}),
    "a strange charset": (b"email=a", {"content-type": "application/x-www-form-urlencoded; charset=utf-99"}),
}


@pytest.fixture(scope="module")
def walker(town: Town) -> Visitor:
    """A visitor who may stand on every screen."""
    visitor = town.visitor(accept_language="fr")
    town.walk(visitor, next(town.fresh), "mot-de-passe")
    return visitor


@pytest.mark.parametrize("screen", ["", *STEPS, "telephone-code/renvoi", "email-code/renvoi"])
@pytest.mark.parametrize("body", BODIES)
def test_a_body_that_is_no_form_of_ours_gets_a_4xx_page(walker: Visitor, screen: str, body: str) -> None:
    content, headers = BODIES[body]
    answer = walker.client.post(f"{HOME}/{screen}".rstrip("/"), content=content, headers=headers)
    assert 400 <= answer.status_code < 500
    page = Page(answer)
    police(page)
    assert page.heading


HOSTILE = [
    "\x00\x01\x02",
    "\ud7ff\ufffd\u202e\u2066",
    "9" * 5_000,
    "<script>alert(1)</script>",
    "%s%n{0}{{7*7}}",
    "٣" * 60,
]


@pytest.mark.parametrize("screen", STEPS[1:])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_in_every_field_is_refused_on_the_same_screen(walker: Visitor, screen: str, text: str) -> None:
    page = walker.get(f"{HOME}/{screen}")
    fields = {one.get("name") or "": text for one in page.all("input")}
    fields = {name: value for name, value in fields.items() if name not in ("_csrf_token", "altcha", "identifier_kind")}
    answer = walker.send(**fields, **({"identifier_kind": "registration"} if screen == "identification" else {}))
    assert answer.status in (413, 422)
    assert "<script>alert" not in answer.text
    assert "49" not in answer.errors.values()


@pytest.mark.parametrize("screen", STEPS)
def test_an_empty_form_names_every_field_and_sums_them_up(walker: Visitor, screen: str) -> None:
    walker.get(f"{HOME}/{screen}")
    page = walker.send()
    assert page.status == 422
    assert page.errors
    summary = next(one for one in page.tree.iter() if one.get("id") == "errors")
    assert len(list(summary.iter("li"))) == len(page.errors)
    assert page.words(page.all("title")[0]).startswith("Erreur")


def test_a_form_without_the_token_or_from_elsewhere_is_refused(town: Town, member: Member) -> None:
    visitor = town.visitor()
    town.walk(visitor, member, "email")
    fields = member.contact["email"]
    token = {"_csrf_token": visitor.token}
    refused = [
        visitor.client.post(f"{HOME}/email", data=fields),
        visitor.client.post(f"{HOME}/email", data={**fields, "_csrf_token": "é" * 20}),
        visitor.client.post(f"{HOME}/email", data={**fields, **token}, headers={"origin": "https://elsewhere.example"}),
        visitor.client.post(f"{HOME}/email", data={**fields, **token}, headers={"sec-fetch-site": "cross-site"}),
        httpx.post(f"{town.app.url}{HOME}", data={"door": "activation"}),
    ]
    assert [answer.status_code for answer in refused] == [403] * len(refused)
    assert not town.messages(member.email)
    assert visitor.client.post(f"{HOME}/email", data={**fields, **token}).status_code == 303


def test_the_token_is_masked_anew_in_every_page(town: Town) -> None:
    visitor = town.visitor()
    tokens = {visitor.get(HOME).all("input", name="_csrf_token")[0].get("value") for _ in range(5)}
    assert len(tokens) == 5


def test_a_wrong_method_is_refused_with_a_page(town: Town) -> None:
    answer = town.visitor().client.request("PUT", f"{HOME}/email")
    assert answer.status_code == 405
