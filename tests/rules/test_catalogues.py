"""French and Arabic say the same, all of it, and nothing that no one reads."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

ROOT = Path(__file__).resolve().parents[2]
PLURAL_FORMS = {"fr": 2, "ar": 6}
FUNCTIONS = {"t", "nt", "plain", "lines"}
DERIVED = ("error.", "message.", "notice.", "field.", "step.")  # keys put together from a declaration

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
COUNTS = {"n", "count", "num"}
MAY_OMIT_THE_COUNT = {"fr": set[int](), "ar": {0, 1, 2}}  # none, one and two are words of their own in Arabic

ADDRESS = re.compile(r"\S+@\S+|\b(?:https?://)?[\w-]+(?:\.[\w-]+)+(?:/\S*)?")
LATIN_WORD = re.compile(r"[A-Za-zÀ-ÿ]+")
ARABIC_LETTER = re.compile(r"[\u0600-\u06ff]")
LATIN_IN_ARABIC = {
    *("CNI", "CNIE", "RIB", "SMS", "PIN", "SIM", "PDF", "JSON", "JavaScript"),
    *("Facebook", "Instagram", "YouTube", "WhatsApp", "X"),
}
LANGUAGE_NAMES = "language."  # each language is named in itself, whatever the catalogue

JINJA = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)


def path(language: str) -> Path:
    """Where a catalogue lies."""
    return ROOT / "locales" / language / "LC_MESSAGES" / "messages.po"


@cache
def catalogue(language: str) -> Catalog:
    """A catalogue, read."""
    with path(language).open("rb") as po:
        return read_po(po, locale=language, abort_invalid=True)


def messages(language: str) -> dict[str, Message]:
    """Every message by its key."""
    return {key_of(message): message for message in catalogue(language) if message.id}


def key_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    """The text of a message, or all its plural forms."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def texts(language: str) -> Iterator[tuple[str, str]]:
    """Every text, plural forms apart, with its key."""
    for key, message in messages(language).items():
        for text in forms(message):
            yield key, text


@cache
def literals() -> tuple[dict[str, str], frozenset[str]]:
    """The keys that code and partials ask a text for, each with where; and all other strings they hold."""
    asked: dict[str, str] = {}
    held: set[str] = set()
    for source in sorted((ROOT / "webapp").rglob("*.py")):
        tree = ast.parse(source.read_text(encoding="utf-8"))
        held |= {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            match call:
                case ast.Call(
                    func=ast.Name(id=name) | ast.Attribute(attr=name), args=[ast.Constant(value=str(key)), *_]
                ) if name in FUNCTIONS:
                    asked[key] = f"{source.relative_to(ROOT)}:{call.lineno}"
    for source in sorted(file for file in (ROOT / "webapp" / "partials").rglob("*") if file.is_file()):
        template = JINJA.parse(source.read_text(encoding="utf-8"))
        held |= {const.value for const in template.find_all(nodes.Const) if isinstance(const.value, str)}
        for found in template.find_all(nodes.Call):
            match found:
                case nodes.Call(node=nodes.Name(name=name), args=[nodes.Const(value=str(key)), *_]) if (
                    name in FUNCTIONS
                ):
                    asked[key] = f"{source.relative_to(ROOT)}:{found.lineno}"
    return asked, frozenset(held)


def test_both_catalogues_have_the_same_keys() -> None:
    french, arabic = messages("fr").keys(), messages("ar").keys()
    assert (sorted(french - arabic), sorted(arabic - french)) == ([], [])


@pytest.mark.parametrize("language", PLURAL_FORMS)
def test_every_text_is_there_and_final(language: str) -> None:
    assert [key for key, text in texts(language) if not text.strip()] == []
    assert [key for key, message in messages(language).items() if message.fuzzy] == []
    assert list(catalogue(language).obsolete) == []


@pytest.mark.parametrize("language", PLURAL_FORMS)
def test_every_plural_has_the_forms_of_its_language(language: str) -> None:
    assert catalogue(language).num_plurals == PLURAL_FORMS[language]
    plurals = {key: message for key, message in messages(language).items() if message.pluralizable}
    assert [key for key, message in plurals.items() if len(forms(message)) != PLURAL_FORMS[language]] == []
    other = "fr" if language == "ar" else "ar"
    assert [key for key in plurals if not messages(other)[key].pluralizable] == []


def test_both_languages_fill_in_the_same_values() -> None:
    wrong = []
    for key, french in messages("fr").items():
        expected = set(PLACEHOLDER.findall(forms(french)[-1]))
        for language in PLURAL_FORMS:
            for number, text in enumerate(forms(messages(language)[key])):
                spare = COUNTS if french.pluralizable and number in MAY_OMIT_THE_COUNT[language] else set()
                found = set(PLACEHOLDER.findall(text))
                if not expected - spare <= found <= expected:
                    wrong.append((key, language, number, sorted(found), sorted(expected)))
    assert wrong == []


@pytest.mark.parametrize("language", PLURAL_FORMS)
def test_texts_are_plain_words_that_can_be_filled_in(language: str) -> None:
    stray = re.compile(r"%(?!\(\w+\)s|%)|<|&\w+;|\{\w*\}")
    assert [(key, text) for key, text in texts(language) if stray.search(text.replace("%%", ""))] == []


def test_arabic_texts_are_in_arabic() -> None:
    foreign = [
        (key, word)
        for key, text in texts("ar")
        if not key.startswith(LANGUAGE_NAMES)
        for word in LATIN_WORD.findall(ADDRESS.sub("", PLACEHOLDER.sub("", text)))
        if word not in LATIN_IN_ARABIC
    ]
    assert foreign == []


def test_french_texts_are_in_french() -> None:
    assert [key for key, text in texts("fr") if ARABIC_LETTER.search(text) and not key.startswith(LANGUAGE_NAMES)] == []


def test_every_text_that_is_asked_for_exists() -> None:
    asked, _ = literals()
    assert [f"{where}: {key}" for key, where in asked.items() if key not in messages("fr")] == []


def test_every_text_is_asked_for() -> None:
    """A key is used when code or a partial holds it or a dotted beginning of it, or when it is derived."""
    _, held = literals()
    beginnings = {text.rstrip(".") for text in held if re.fullmatch(r"[a-z_]+(\.[a-z_]+)+\.?", text)}

    def used(key: str) -> bool:
        parts = key.split(".")
        starts = {".".join(parts[:length]) for length in range(2, len(parts) + 1)}
        return key in held or key.startswith(DERIVED) or bool(starts & beginnings)

    assert [key for key in messages("fr") if not used(key)] == []
