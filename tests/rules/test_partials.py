"""Partials read like screens: no text, no inline style or script, no left and right (house.md, access.md)."""

import re
from collections.abc import Callable, Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

import pytest
from jinja2 import Environment, TemplateSyntaxError

ROOT = Path(__file__).resolve().parents[2]
PARTIALS = ROOT / "webapp" / "partials"
CSS = ROOT / "static" / "css"
JINJA = Environment(extensions=["jinja2.ext.i18n", "jinja2.ext.do"], autoescape=True)

HOLE = "\ue000"  # stands where Jinja prints a value; no letter
# attributes that are read to the member
SPOKEN = {
    "alt",
    "aria-description",
    "aria-label",
    "aria-roledescription",
    "aria-valuetext",
    "label",
    "placeholder",
    "title",
}
ATTRIBUTE = re.compile(r'(?<!\S)([a-z][\w:-]*)="([^"]*)"')
LANGUAGE_NAMES = {"Français", "العربية", "ع"}  # each in itself, whatever the display
SCRIPT = re.compile(
    r"""hx-on\b|javascript:|["']\s*js:|<script(?![^>]*\ssrc=)|<style\b|hx-trigger="[^"]*\[""", re.IGNORECASE
)
PHYSICAL = re.compile(
    r"(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)\b"
    r"|border-(?:top|bottom)-(?:left|right)-radius"
    r"|(?<![-\w])(?:left|right)\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)\b"
)


class Finding(NamedTuple):
    """Where something stands that should not, and what."""

    path: str
    line: int
    what: str


class Markup(HTMLParser):
    """What a member would read or hear of a template's literal part, and the attributes that carry code."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[tuple[int, str]] = []
        self.inline: list[tuple[int, str]] = []

    def handle_data(self, data: str) -> None:
        """Text; or what a macro prints as attributes of a tag, which is text to this reader."""
        attributes = [(found[1], found[2]) for found in ATTRIBUTE.finditer(data)]
        self.texts.append((self.getpos()[0], ATTRIBUTE.sub("", data)))
        self.handle_starttag("macro", attributes)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        line = self.getpos()[0]
        for name, value in attrs:
            if name == "style" or name.startswith("on") or "hx-on" in name:
                self.inline.append((line, f"<{tag} {name}>"))
            submit = tag == "input" and name == "value" and ("type", "submit") in attrs
            if name in SPOKEN or submit:
                self.texts.append((line, value or ""))


def partials(where: str = "**/*") -> Iterator[tuple[str, str]]:
    """Each template by its path from the root, and its source."""
    for path in sorted(PARTIALS.glob(where)):
        if path.is_file():
            yield path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8")


def literal(source: str) -> str:
    """The template without Jinja: holes for expressions, nothing for statements and comments, lines kept."""
    pieces = []
    for _, kind, text in JINJA.lexer.tokeniter(source, None):
        hole = HOLE if kind == "variable_begin" else ""
        pieces.append(text if kind == "data" else hole + "\n" * text.count("\n"))
    return re.sub(f"(</?){HOLE}", r"\1x-", "".join(pieces))


def read(source: str) -> Markup:
    """The literal part of a template as a browser would take it apart."""
    markup = Markup()
    markup.feed(literal(source))
    markup.close()
    return markup


def strings(source: str) -> Iterator[tuple[int, str]]:
    """The strings inside Jinja's own tags."""
    for line, kind, text in JINJA.lexer.tokeniter(source, None):
        if kind == "string":
            yield line, text


def without_comments(css: str) -> str:
    """A style sheet without its comments, lines kept."""
    return re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment[0].count("\n"), css, flags=re.DOTALL)


def is_foreign_to_code(letter: str) -> bool:
    """Accented and Arabic letters stand in sentences, not in class names or keys."""
    return letter.isalpha() and not letter.isascii()


def bare_text(source: str) -> Iterator[tuple[int, str]]:
    for line, text in read(source).texts:
        if any(map(str.isalpha, text)):
            yield line, text.strip()
    for line, text in strings(source):
        if text.strip("'\"") not in LANGUAGE_NAMES and any(map(is_foreign_to_code, text)):
            yield line, text


def inline_code(source: str) -> Iterator[tuple[int, str]]:
    yield from read(source).inline
    for found in SCRIPT.finditer(literal(source)):
        yield source.count("\n", 0, found.start()) + 1, found.group()
    for line, text in strings(source):
        if re.search(r"hx-on\b|javascript:|^.\s*js:", text, re.IGNORECASE):
            yield line, text


def syntax_error(source: str) -> Iterator[tuple[int, str]]:
    try:
        JINJA.parse(source)
    except TemplateSyntaxError as error:
        yield error.lineno, error.message or "syntax error"


@pytest.mark.parametrize("rule", [syntax_error, bare_text, inline_code])
def test_partials_hold_to(rule: Callable[[str], Iterator[tuple[int, str]]]) -> None:
    assert [Finding(path, line, what) for path, source in partials() for line, what in rule(source)] == []


def test_each_partial_of_a_step_begins_by_naming_the_view_it_receives() -> None:
    silent = [path for path, source in partials("steps/*") if not source.startswith("{#")]
    assert silent == []


def test_style_sheets_know_start_and_end_but_not_left_and_right() -> None:
    found = [
        Finding(path.name, css.count("\n", 0, hit.start()) + 1, hit.group())
        for path in sorted(CSS.rglob("*.css"))
        for css in [without_comments(path.read_text(encoding="utf-8"))]
        for hit in PHYSICAL.finditer(css)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (bare_text, "<p>Bonjour</p>"),
        (bare_text, "<p>{{ t('a.b') }} le {{ day }}</p>"),
        (bare_text, "{% if x %}حسابي{% endif %}"),
        (bare_text, '<img alt="Logo">'),
        (bare_text, '<input type="submit" value="Continuer">'),
        (bare_text, "{{ 'Numéro' }}"),
        (bare_text, "<{{ tag }} class='a'>suite</{{ tag }}>"),
        (bare_text, '{% macro hinted() %} title="Bonjour"{% endmacro %}'),
        (inline_code, '{% macro hinted() %} style="color: red"{% endmacro %}'),
        (inline_code, '<p style="color: red">'),
        (inline_code, '<p onclick="f()">'),
        (inline_code, '<p data-hx-on:click="f()">'),
        (inline_code, "<p hx-vals='js:{a: 1}'>"),
        (inline_code, "<script>f()</script>"),
        (inline_code, "<style>p {}</style>"),
        (inline_code, '<p hx-trigger="click[ctrlKey]">'),
        (inline_code, "{{ button(attrs={'hx-on:click': 'f()'}) }}"),
        (syntax_error, "{% if x %}"),
    ],
)
def test_the_rules_see_what_they_forbid(rule: Callable[[str], Iterator[tuple[int, str]]], source: str) -> None:
    assert list(rule(source))


@pytest.mark.parametrize(
    "source",
    [
        '<!doctype html>\n<html lang="{{ x }}">',
        "{# Receives a view, né #}\n{% extends layout() %}{% block main %}{{ t('a.b') }} · 1{% endblock %}",
        '<{{ tag }} class="a" {% if b %}hidden{% endif %}>&nbsp;</{{ tag }}>',
        '{% macro described() %} aria-invalid="true" aria-describedby="{{ name }}-error"{% endmacro %}',
        '<button type="submit" name="door" value="activation">{{ t("a.b") }}</button>',
        '<script src="{{ asset("app.js") }}" defer></script>',
        '<input type="radio" value="registration" aria-label="{{ plain(\'a.b\') }}">',
        '<form method="post" hx-post="{{ path }}" hx-sync="this:drop" hx-disable="find button">',
    ],
)
def test_the_rules_leave_a_good_partial_alone(source: str) -> None:
    assert [what for rule in (syntax_error, bare_text, inline_code) for what in rule(source)] == []
