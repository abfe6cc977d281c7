"""The keyring: hashes that need the secret, seals that open in one place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.adapters.keys import Keyring, Secret, Unopenable, same

ONE, TWO, THREE = (f"secret number {n}, of more than 32 characters" for n in range(3))
ring = Keyring([ONE, TWO])


def test_a_ring_needs_a_secret() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Keyring([])


def test_purposes_and_secrets_have_keys_of_their_own() -> None:
    keys = {ring.key("code"), ring.key("flow"), *Keyring([TWO]).keys("code"), *Keyring([THREE]).keys("flow")}
    assert {len(key) for key in keys} == {32}
    assert len(keys) == 4


def test_the_first_secret_signs_and_all_verify() -> None:
    assert ring.keys("code") == (ring.key("code"), Keyring([TWO]).key("code"))
    assert ring.digests("member", "a") == (ring.digest("member", "a"), Keyring([TWO]).digest("member", "a"))


def test_a_digest_depends_on_purpose_and_secret() -> None:
    given_others = {ring.digest("account", "a"), Keyring([THREE]).digest("member", "a"), ring.digest("member", "b")}
    assert ring.digest("member", "a") not in given_others


@given(st.lists(st.text()), st.lists(st.text()))
def test_no_two_lists_of_parts_run_together(one: list[str], other: list[str]) -> None:
    assert (ring.digest("member", *one) == ring.digest("member", *other)) is (one == other)


@pytest.mark.parametrize(
    ("one", "other"), [(["ab", "c"], ["a", "bc"]), (["a1:b"], ["a", "b"]), ([""], []), (["\u00e9"], ["e\u0301"])]
)
def test_parts_that_look_alike_differ(one: list[str], other: list[str]) -> None:
    assert ring.digest("member", *one) != ring.digest("member", *other)


@given(st.binary(max_size=300), st.text())
def test_what_is_sealed_opens_in_its_place(plaintext: bytes, bound: str) -> None:
    assert ring.open("contact", ring.seal("contact", plaintext, bound), bound) == plaintext


def test_a_seal_of_the_older_secret_still_opens_and_one_of_a_dropped_secret_does_not() -> None:
    sealed = Keyring([TWO]).seal("contact", b"amina", "row")
    assert ring.open("contact", sealed, "row") == b"amina"
    with pytest.raises(Unopenable):
        Keyring([ONE, THREE]).open("contact", sealed, "row")


def test_the_same_text_is_never_sealed_the_same_way() -> None:
    assert ring.seal("contact", b"amina", "row") != ring.seal("contact", b"amina", "row")


def test_a_seal_opens_for_no_other_purpose_or_place() -> None:
    sealed = ring.seal("contact", b"amina", "row")
    for purpose, bound in (("letter", "row"), ("contact", "another row"), ("contactrow", "")):
        with pytest.raises(Unopenable):
            ring.open(purpose, sealed, bound)


def test_every_altered_byte_is_noticed_and_said_without_content() -> None:
    sealed = ring.seal("contact", b"amina", "row")
    for place in range(len(sealed)):
        altered = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(Unopenable) as refusal:
            ring.open("contact", altered, "row")
        assert str(refusal.value) == ""
        assert refusal.value.__context__ is None or refusal.value.__suppress_context__


@pytest.mark.parametrize("length", [0, 3, 4, 15, 16, 20])
def test_a_seal_cut_short_does_not_open(length: int) -> None:
    with pytest.raises(Unopenable):
        ring.open("contact", ring.seal("contact", b"amina", "row")[:length], "row")


def test_secrets_print_as_dots() -> None:
    secret = Secret(ONE)
    assert f"{secret} {secret!r} {[secret]} {vars(ring)}".count("secret number") == 0
    assert repr(secret) == "••••"


def test_a_hash_is_found_among_others() -> None:
    assert same("a", ["b", "a"])
    assert not same("a", ["b", "c"])
    assert not same("a", [])
