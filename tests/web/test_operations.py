"""What machines ask of the site, and what its static files promise."""

import re

import httpx

from tests.support.journey import Town
from tests.support.visitor import HOME


def test_the_process_and_its_parts_say_that_they_are_well(town: Town) -> None:
    assert httpx.get(f"{town.app.url}/healthz").json() == {"status": "ok"}
    ready = httpx.get(f"{town.app.url}/readyz")
    assert (ready.status_code, ready.json()) == (200, {"store": "ok", "database": "ok"})


def test_static_files_are_kept_for_a_year_under_a_name_made_from_their_bytes(town: Town) -> None:
    page = town.visitor().get(HOME)
    names = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
    assert names
    for name in names:
        answer = httpx.get(f"{town.app.url}{name}", headers={"accept-encoding": "br"})
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
        assert "set-cookie" not in answer.headers
        assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_french_page_asks_for_no_font(town: Town) -> None:
    assert "woff2" not in town.visitor(accept_language="fr").get(HOME).text


def test_pages_are_sent_compressed(town: Town) -> None:
    answer = httpx.get(f"{town.app.url}{HOME}", headers={"accept-encoding": "br"})
    assert answer.headers["content-encoding"] == "br"
    assert "Accept-Encoding" in answer.headers["vary"]


def test_the_outbox_page_shows_messages_as_members_see_them(town: Town) -> None:
    member = next(town.fresh)
    town.walk(town.visitor(), member, "email-code")
    code = town.code(member.email)
    page = town.visitor().get("/dev/outbox")
    assert member.email in page.text
    assert code in page.text
    (message,) = town.messages(member.email)
    assert set(message) == {"id", "channel", "to", "subject", "body", "created_at"}
