"""Whether members can read a brand's colours, judged by the WCAG formula before anyone sees them; and their style."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final, Literal

from msgspec.structs import asdict

from webapp.branding.model import Colours, Palette

_STYLE: Final = Path(__file__).parents[2] / "static" / "css" / "app.css"
_COLOUR: Final = re.compile(r"#[0-9a-fA-F]{6}")
_TEXT: Final = 7.0  # WCAG 2.2 AAA, 1.4.6
_PASSING: Final = 4.5  # AA, 1.4.3: where a finger rests for a moment
_SHAPE: Final = 3.0  # AA, 1.4.11: bars and borders
_PAIRS: Final = (
    ("brand", "paper", _TEXT),
    ("brand", "sand", _TEXT),
    ("brand", "tint", _PASSING),
    ("brand", "hair", _SHAPE),
    ("on_brand", "brand", _TEXT),
    ("on_brand", "press", _TEXT),
    ("on_deep", "deep", _TEXT),
    ("ink", "tint", _TEXT),
    ("muted", "tint", _PASSING),
)

Scheme = Literal["light", "dark"]


def faults(colours: Colours) -> Iterator[str]:
    """Each colour that is none, and each pair that is too close to be read."""
    for scheme, palette in _schemes(colours):
        own = asdict(palette)
        if wrong := [name for name, colour in own.items() if not _COLOUR.fullmatch(colour)]:
            yield from (f"colours.{scheme}.{name}: is not a colour of the form #rrggbb" for name in wrong)
            continue
        worn = _grounds()[scheme] | own
        for name, ground, needed in _PAIRS:
            if (ratio := contrast(worn[name], worn[ground])) < needed:
                place = f"colours.{scheme}.{name if name in own else ground}"
                pair = f"on {ground}" if name in own else f"under {name}"
                yield f"{place} {pair} has contrast {_floored(ratio)}, {needed:g} is needed"


def style(colours: Colours) -> str:
    """The brand's tokens for the style sheet, light first, then dark."""
    light, dark = (
        " ".join(f"--{name.replace('_', '-')}: {colour};" for name, colour in asdict(palette).items())
        for _, palette in _schemes(colours)
    )
    return f"@layer tokens {{ :root {{ {light} }} @media (prefers-color-scheme: dark) {{ :root {{ {dark} }} }} }}\n"


def contrast(one: str, other: str) -> float:
    """The contrast of two colours #rrggbb, from 1 to 21 (WCAG 2.2, "contrast ratio")."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)


def _floored(ratio: float) -> float:
    """To two places, downward: 6.999 is not told as 7."""
    return int(ratio * 100) / 100


def _schemes(colours: Colours) -> tuple[tuple[Scheme, Palette], ...]:
    return ("light", colours.light), ("dark", colours.dark)


@cache
def _grounds() -> Mapping[Scheme, dict[str, str]]:
    """The colours that are no brand's, read from the style sheet that sets them."""
    tokens = _STYLE.read_text(encoding="utf-8").partition("@layer tokens {")[2].partition("\n}")[0]
    light, dark = tokens.split("prefers-color-scheme: dark")
    found = re.compile(r"--([a-z-]+): (#[0-9a-f]{6});")
    return {"light": dict(found.findall(light)), "dark": dict(found.findall(dark))}
