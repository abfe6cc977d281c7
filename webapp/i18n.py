"""Every text in the member's display: French, Arabic, or both side by side. No language is the source of the other.

A text is a key of the catalogues or a Localized that the fund itself wrote.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from enum import StrEnum
from functools import cache
from gettext import GNUTranslations
from pathlib import Path
from typing import Final

from markupsafe import Markup, escape

from webapp.core.localized import Localized

LOCALES: Final = Path(__file__).parent.parent / "locales"
DIRECTIONS: Final = {"fr": "ltr", "ar": "rtl"}
_BARE_PERCENT: Final = re.compile(r"%(?!\(\w+\)s)")

Text = str | Localized


class Display(StrEnum):
    """What a member reads. The first language of BOTH leads the page."""

    FR = "fr"
    AR = "ar"
    BOTH = "fr+ar"

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of this display in reading order."""
        return tuple(self.value.split("+"))

    @property
    def direction(self) -> str:
        """The direction of the page: that of its first language."""
        return DIRECTIONS[self.languages[0]]


_display: ContextVar[Display] = ContextVar("display", default=Display.BOTH)


def current() -> Display:
    """The display of the page that is being made."""
    return _display.get()


@contextmanager
def shown_in(display: Display) -> Iterator[None]:
    """Make all texts inside in that display."""
    token = _display.set(display)
    try:
        yield
    finally:
        _display.reset(token)


def compiled(language: str) -> Path:
    """Where the compiled catalogue of a language is."""
    return LOCALES / language / "LC_MESSAGES" / "messages.mo"


@cache
def catalogue(language: str) -> GNUTranslations:
    """The compiled catalogue of one language. FileNotFoundError when `make catalogues` was not run."""
    with compiled(language).open("rb") as file:
        return GNUTranslations(file)


def _wording(language: str, text: Text, n: int | None) -> str:
    if isinstance(text, Localized):
        return _BARE_PERCENT.sub("%%", text.within(language))
    texts = catalogue(language)
    found = texts.gettext(text) if n is None else texts.ngettext(text, text, n)
    if found == text:
        raise KeyError(f"no {language} text for {text}")
    return found


def _sentence(language: str, text: Text, n: int | None, values: dict[str, object]) -> Markup:
    wording = _wording(language, text, n)
    filled = {name: v.within(language) if isinstance(v, Localized) else v for name, v in values.items()}
    filled = filled if n is None else {"n": n, **filled}
    return escape(wording) % filled if filled else escape(wording.replace("%%", "%"))


def _all(text: Text, n: int | None, values: dict[str, object]) -> list[tuple[str, Markup]]:
    once = isinstance(text, Localized) and text.fr == text.ar  # a name that is the same in both is not said twice
    languages = current().languages[:1] if once else current().languages
    return [(language, _sentence(language, text, n, values)) for language in languages]


def _paired(texts: list[tuple[str, Markup]]) -> Markup:
    if len(texts) == 1:
        return texts[0][1]
    span = Markup('<span class="in" lang="{0}" dir="{1}">{2}</span>')
    pair = Markup(" ").join(span.format(language, DIRECTIONS[language], text) for language, text in texts)
    return Markup('<span class="bi">{0}</span>').format(pair)


def t(text: Text, **values: object) -> Markup:
    """A text as HTML; in fr+ar a pair of spans, each with its `lang` and `dir`. KeyError when there is none."""
    return _paired(_all(text, None, values)) if values else _fixed(current(), text)


@cache
def _fixed(display: Display, text: Text) -> Markup:
    """A text that needs no values, made once for each display."""
    with shown_in(display):
        return _paired(_all(text, None, {}))


def nt(key: str, n: int, **values: object) -> Markup:
    """`t` in the plural form that n asks for; `%(n)s` stands for it."""
    return _paired(_all(key, n, values))


def each(text: Text) -> list[tuple[str, Markup]]:
    """A text in each language of the display by itself, where the two part ways."""
    return [(language, _sentence(language, text, None, {})) for language in current().languages]


def worded(key: str) -> Localized:
    """The text of a key to stand within another one, in whose language it will be."""
    return Localized(**{language: _wording(language, key, None) for language in DIRECTIONS})


def plain(text: Text, **values: object) -> str:
    """A text for a title or an attribute; in fr+ar both, a middle dot between."""
    return " · ".join(str(one.striptags()) for _, one in _all(text, None, values))


def lines(text: Text, **values: object) -> str:
    """A text for a message in plain text; in fr+ar one language under the other."""
    return "\n".join(str(one.unescape()) for _, one in _all(text, None, values))


def data(value: object) -> Markup:
    """A value (phone, address, number, clock) that keeps its own direction inside any sentence."""
    return Markup('<bdi class="data" dir="ltr">{0}</bdi>').format(value)


def preferred(accept_language: str) -> Display:
    """The display for a first visit: the language a browser ranks higher, both when it names neither."""
    ranked: list[tuple[float, str]] = []
    for part in accept_language.split(","):
        tag, _, quality = part.strip().partition(";q=")
        language = tag.split("-")[0].lower()
        try:
            rank = float(quality or 1)
        except ValueError:
            continue
        if language in DIRECTIONS and rank > 0:
            ranked.append((rank, language))
    return Display(max(ranked, key=lambda pair: pair[0])[1]) if ranked else Display.BOTH
