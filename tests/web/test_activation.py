"""A member leaves with an account: by both doors, both numbers, both payment modes, in each display."""

import sqlite3

import pytest

from tests.support.journey import PASSWORD, SCREENS, Member, Town
from tests.support.visitor import HOME
from webapp.journeys import ACTIVATION


@pytest.mark.parametrize("language", ["fr", "ar", "en"])
def test_a_member_activates_an_account_in_each_display(town: Town, member: Member, language: str) -> None:
    page = town.walk(town.visitor(accept_language=language), member, "termine")
    assert page.status == 200
    assert page.all("html")[0].get("lang") == ("ar" if language == "ar" else "fr")


@pytest.mark.parametrize("parity", [0, 1])
def test_each_payment_mode_is_asked_its_own_question(town: Town, parity: int) -> None:
    member = next(someone for someone in town.fresh if someone.n % 2 == parity)
    page = town.walk(town.visitor(), member, "paiement")
    asked = {one.get("name") for one in page.all("input")} & {"bank_last8", "civil_status_number"}
    assert asked == ({"civil_status_number"} if parity else {"bank_last8"})


def test_a_member_who_gives_the_employers_number_is_not_asked_for_it_again(town: Town, member: Member) -> None:
    visitor = town.visitor()
    town.walk(visitor, member, "identification")
    other = {**member.identity, "identifier_kind": "employer", "employer_id": member.row["employer_id"]}
    page = visitor.send(**other)
    assert not page.all("input", name="employer_id")
    page = visitor.send(**{name: text for name, text in member.payment.items() if name != "employer_id"})
    assert page.path == f"{HOME}/email"


def test_the_recovery_door_leads_a_new_member_to_an_account(town: Town, member: Member) -> None:
    assert town.walk(town.visitor(), member, "termine", door="recovery").path == f"{HOME}/termine"


def test_the_account_is_in_the_database_with_a_hash_and_no_contact_in_clear(town: Town, member: Member) -> None:
    before = _accounts(town)
    town.walk(town.visitor(), member, "termine")
    accounts = [account for account in _accounts(town) if account not in before]
    assert len(accounts) == 1
    assert [value for value in accounts[0] if str(value).startswith("$argon2id$v=19$m=19456,t=2,p=1$")]
    assert member.email not in str(accounts[0])
    assert PASSWORD not in str(accounts[0])


def test_both_addresses_are_told_that_the_account_is_ready(town: Town, member: Member) -> None:
    town.walk(town.visitor(), member, "termine")
    mail, sms = town.message(member.email, 2), town.message(member.phone, 2)
    assert "053 800 20 20" in " ".join(mail["body"].split())
    for message in (mail, sms):
        assert f"{town.app.url}/pas-moi/" in message["body"], "whoever did not ask for it can say so"


def test_each_counted_screen_says_its_step_and_percentage(town: Town, member: Member) -> None:
    visitor = town.visitor(accept_language="fr")
    town.walk(visitor, member, "mot-de-passe")
    for number, screen in enumerate((row for row in ACTIVATION if row.percent), start=1):
        page = visitor.get(f"{HOME}/{screen.path}")
        assert f"Étape {number} sur 7" in page.heading
        assert str(screen.percent) in page.words()
        assert page.words(page.all("title")[0]).endswith("CNOPS")


def test_the_answers_of_an_account_that_is_done_are_gone_and_its_screens_closed(town: Town, member: Member) -> None:
    visitor = town.visitor()
    town.walk(visitor, member, "termine")
    for screen in SCREENS:
        assert visitor.get(f"{HOME}/{screen}").path == f"{HOME}/termine"


def _accounts(town: Town) -> list[tuple[object, ...]]:
    with sqlite3.connect(town.app.data / "mon-compte.sqlite") as database:
        return database.execute("SELECT * FROM account").fetchall()
