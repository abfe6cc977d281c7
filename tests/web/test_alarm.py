""" "This was not me": the GET explains, only a POST acts, nobody has to sign in, and nothing is said to strangers."""

import sqlite3

import pytest

from tests.support.doors import (
    CONNEXION,
    ESPACE,
    NEW_PASSWORD,
    addresses,
    alarm,
    knock,
    links,
    recover,
    settled,
    sign_in,
)
from tests.support.journey import PASSWORD, Member, Town
from tests.support.visitor import HOME


@pytest.fixture
def active(town: Town, member: Member) -> Member:
    """A member with an account."""
    town.walk(town.visitor(), member, "termine")
    return member


AT_REST = (
    "SELECT * FROM account",
    "SELECT id, account, token, era, opened_at, ended_at FROM sign_in",  # not when it was last used
    "SELECT * FROM browser",
)


def at_rest(town: Town) -> list[tuple[object, ...]]:
    """All that rests of accounts, sign-ins and browsers."""
    with sqlite3.connect(town.app.data / "mon-compte.sqlite") as database:
        return [row for query in AT_REST for row in database.execute(query)]


def test_a_get_of_any_address_in_any_message_changes_nothing(town: Town, active: Member) -> None:
    inside = town.visitor()
    sign_in(town, inside, active)
    recover(town, town.visitor(), active, lost="phone")
    alarm(town, active.other_phone)
    found = {link for to in addresses(active) for message in town.messages(to) for link in links(message)}
    ours = sorted(link[len(town.app.url) :] for link in found if link.startswith(town.app.url))
    assert len(ours) >= 5
    before = at_rest(town)
    for path in ours:
        for scanner in (town.visitor(), inside):
            assert scanner.get(path).status in (200, 410), path
    assert at_rest(town) == before


def test_the_link_freezes_the_account_ends_its_sign_ins_and_shows_the_helpline(town: Town, member: Member) -> None:
    inside = settled(town, member)
    visitor = town.visitor(accept_language="fr")
    asks = visitor.get(alarm(town, member.phone))
    assert asks.status == 200
    assert inside.get(ESPACE).path == ESPACE
    visitor.get(asks.path)
    done = visitor.send()
    assert done.status == 200
    assert "053 800 20 20" in done.words().replace("\xa0", " ")
    assert inside.get(ESPACE).path == CONNEXION
    assert knock(town.visitor(), member).status == 422


def test_a_frozen_account_says_so_to_whoever_knows_the_password_and_to_nobody_else(town: Town, active: Member) -> None:
    visitor = town.visitor()
    visitor.get(alarm(town, active.email))
    visitor.send()
    right = knock(town.visitor(accept_language="fr"), active).words()
    wrong = knock(town.visitor(accept_language="fr"), active, "Pas-le-bon-7").words()
    assert right != wrong
    assert "053 800 20 20" in right.replace("\xa0", " ")


def test_a_recovery_with_both_contacts_opens_a_frozen_account_again(town: Town, active: Member) -> None:
    visitor = town.visitor()
    visitor.get(alarm(town, active.email))
    visitor.send()
    recover(town, town.visitor(), active)
    assert sign_in(town, town.visitor(), active, NEW_PASSWORD).path == ESPACE


def test_everyone_left_hears_that_the_account_is_frozen(town: Town, active: Member) -> None:
    counts = {to: len(town.messages(to)) for to in (active.email, active.phone)}
    alarm(town, active.phone)
    alarm(town, active.email)
    visitor = town.visitor()
    visitor.get(alarm(town, active.email))
    visitor.send()
    for to in counts:
        newest = town.until(lambda to=to: ((m := town.messages(to)) and len(m) >= 3 and m[0]) or None)  # type: ignore[misc]
        assert f"{town.app.url}/pas-moi/" not in newest["body"]


def test_a_change_from_inside_is_taken_back_by_whoever_had_the_contact_before(town: Town, member: Member) -> None:
    """A stolen phone, unlocked and signed in: the thief knows the password too and takes the mailbox."""
    thief = settled(town, member)
    thief.send(f"{ESPACE}/email")
    thief.send(current_password=PASSWORD)
    thief.send(email=member.other_email, email_confirm=member.other_email)
    assert thief.send(code=town.code(member.other_email)).path == ESPACE
    victim = town.visitor()
    victim.get(alarm(town, member.email, 3))
    assert victim.send().status == 200
    assert thief.get(ESPACE).path == CONNEXION
    before = {to: len(town.codes(to)) for to in addresses(member)}
    recover(town, town.visitor(), member)
    assert len(town.codes(member.other_email)) == before[member.other_email]
    assert sign_in(town, town.visitor(), member, NEW_PASSWORD).path == ESPACE


@pytest.mark.parametrize("token", ["", "x", "é", "A" * 48, "A" * 5000, "%00", "a b"])
def test_what_is_no_link_of_ours_is_told_in_words_or_not_found(town: Town, token: str) -> None:
    assert town.visitor().get(f"/pas-moi/{token}").status in (404, 410, 414)


def test_the_display_of_the_page_can_be_switched(town: Town, active: Member) -> None:
    visitor = town.visitor(accept_language="fr")
    visitor.get(alarm(town, active.email))
    page = visitor.send(display="ar")
    assert page.all("html")[0].get("lang") == "ar"
    assert sign_in(town, town.visitor(), active).path == ESPACE, "switching freezes nothing"


def test_a_link_followed_from_another_site_still_works(town: Town, active: Member) -> None:
    visitor = town.visitor(sec_fetch_site="cross-site")
    assert visitor.get(alarm(town, active.email)).status == 200
    assert visitor.get(HOME).status == 200
