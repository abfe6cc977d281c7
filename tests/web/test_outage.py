"""A part of the house is away: the gate closes and says so, the start page stays up, nothing passes silently."""

from collections.abc import Iterator

import psutil
import pytest

from tests.support.journey import Member, Town, import_members, write_members
from tests.support.servers import App, app
from tests.support.visitor import HOME


@pytest.fixture
def hurt(town: Town, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """A product of its own, to be hurt."""
    data = tmp_path_factory.mktemp("hurt")
    write_members(data / "members.csv", range(1, 3))
    with app(data, WEBAPP_CAPTCHA="off") as running:
        import_members(data / "members.csv", data)
        yield Town(running, (Member(n) for n in range(1, 3)), town.open)


def _child(running: App, word: str) -> psutil.Process:
    family = psutil.Process(running.process.pid).children(recursive=True)
    return next(child for child in family if word in " ".join(child.cmdline()))


def test_a_store_that_is_gone_closes_the_gate_in_a_second_and_the_start_page_stays_up(hurt: Town) -> None:
    visitor, member = hurt.visitor(accept_language="fr"), next(hurt.fresh)
    hurt.walk(visitor, member, "paiement")
    _child(hurt.app, "valkey-server").kill()
    page = visitor.send(**member.payment)
    assert page.status == 503
    assert int(page.response.headers["retry-after"]) > 0
    assert "053" in page.text
    assert page.response.elapsed.total_seconds() < 2
    assert hurt.visitor().get(HOME).status == 200
    assert hurt.visitor().client.get("/readyz").status_code == 503


def test_a_store_that_hangs_is_treated_like_one_that_is_gone(hurt: Town) -> None:
    visitor, member = hurt.visitor(), next(hurt.fresh)
    hurt.walk(visitor, member, "paiement")
    store = _child(hurt.app, "valkey-server")
    store.suspend()
    try:
        page = visitor.send(**member.payment)
    finally:
        store.resume()
    assert page.status == 503
    assert page.response.elapsed.total_seconds() < 3
    visitor.get(f"{HOME}/paiement")
    assert visitor.send(**member.payment).path == f"{HOME}/email"


def test_a_worker_that_is_killed_is_started_again_and_no_message_is_lost(hurt: Town) -> None:
    visitor, member = hurt.visitor(), next(hurt.fresh)
    hurt.walk(visitor, member, "email")
    _child(hurt.app, "worker").kill()
    visitor.send(**member.contact["email"])
    assert hurt.message(member.email, seconds=20)
