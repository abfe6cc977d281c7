"""The fund's rule for passwords, told all at once, in characters as members see them."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from webapp.core.passwords import faults, normalise

NFD_E_ACUTE = "e\u0301"


@pytest.mark.parametrize(
    ("password", "broken"),
    [
        ("Bonjour9", ()),
        ("", ("required",)),
        ("a", ("short", "no_capital", "no_digit")),
        ("bonjour9", ("no_capital",)),
        ("Bonjourno", ("no_digit",)),
        ("Bonjou9", ("short",)),
        ("bonjour", ("short", "no_capital", "no_digit")),
        ("        ", ("no_capital", "no_digit")),
        (" Mot de 9 ", ()),
        ("كلمة السر A٩", ()),
        ("كلمة السر A۹", ()),
        ("كلمة السر ٩", ("no_capital",)),
        ("Élan-vital-９", ()),
        ("élan-vital-9É", ()),
        ("Motdepasse½²", ("no_digit",)),
        ("🔑🔑🔑🔑🔑🔑A9", ()),
        ("A9" + "x" * 126, ()),
        ("A9" + "x" * 127, ("long",)),
        ("x" * 129, ("long", "no_capital", "no_digit")),
    ],
    ids=ascii,
)
def test_a_password_is_told_every_rule_it_breaks(password: str, broken: tuple[str, ...]) -> None:
    assert faults(password) == broken


def test_the_same_keys_give_the_same_password_on_every_phone() -> None:
    assert normalise(f"Caf{NFD_E_ACUTE}-du-9") == "Café-du-9" == normalise("Café-du-9")


def test_accents_are_counted_with_their_letter() -> None:
    assert faults(normalise("A9" + NFD_E_ACUTE * 126)) == ()
    assert faults(normalise("A9" + NFD_E_ACUTE * 5)) == ("short",)


@pytest.mark.parametrize(
    "password", [" A9bcdefg ", "A9\u00a0bcdefg", "A٩bcdefg", "Ａ９bcdefg", "A9\u200fbcdefg", "ﬁ-A9-ﬁ-x"]
)
def test_nothing_of_a_password_is_stripped_mapped_or_cut(password: str) -> None:
    assert normalise(password) == password


@settings(deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=200) | st.just("A9" + "é" * 16384))
def test_no_password_raises_and_none_becomes_another(password: str) -> None:
    kept = normalise(password)
    assert unicodedata.is_normalized("NFC", kept)
    assert unicodedata.normalize("NFD", kept) == unicodedata.normalize("NFD", password)
    assert set(faults(kept)) <= {"required", "short", "long", "no_capital", "no_digit"}
