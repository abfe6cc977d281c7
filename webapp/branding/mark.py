"""Takes an operator's drawing only as far as it is one: shapes and colours, nothing that acts or calls elsewhere."""

import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET
from xml.etree.ElementTree import Element

_LARGEST: Final = 16 * 1024  # bytes; it is part of every first view
_SVG: Final = "http://www.w3.org/2000/svg"
_ELEMENTS: Final = frozenset(
    {"svg", "g", "defs", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon", "title", "desc", "style"}
    | {"linearGradient", "radialGradient", "stop", "clipPath", "mask"}
)
_ENTRY: Final = re.compile(r"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ELSEWHERE: Final = re.compile(r"""url\(\s*["']?(?!\s*["']?#)|\b(?:https?|data|javascript):""", re.IGNORECASE)
_ACTIVE_STYLE: Final = re.compile(r"""@(?!media\b)|["'\\]""", re.IGNORECASE)  # a string may be an address


class Unfit(ValueError):
    """The drawing can not be shown; its text is one line for the operator."""


@dataclass(frozen=True)
class Mark:
    """A drawing written anew from what was understood of it: no comment, entity or foreign element is left.
    `policy` is the Content-Security-Policy under which its own style, and nothing else in it, is alive."""

    svg: bytes
    policy: str


def read(file: Path) -> Mark:
    """The drawing of a file. Unfit with the first fault; OSError when it can not be read."""
    raw = file.read_bytes()
    if len(raw) > _LARGEST:
        raise Unfit(f"{file.name}: has {len(raw)} bytes, {_LARGEST} are allowed")
    try:
        root = _parsed(raw.decode("utf-8-sig"))
    except (ValueError, ET.ParseError) as fault:
        raise Unfit(f"{file.name}: is not an SVG in UTF-8 ({fault})") from None
    if (found := next(_faults(root), None)) is not None:
        raise Unfit(f"{file.name}: {found}")
    _strip(root)
    return Mark(ET.tostring(root, encoding="unicode").strip().encode() + b"\n", _policy(root))


def _parsed(text: str) -> Element:
    if _ENTRY.search(text):  # before the parser sees it: entities could grow without end
        raise ValueError("a DOCTYPE or ENTITY is not allowed")
    return ET.fromstring(text)  # noqa: S314  small, and without entities


def _faults(root: Element) -> Iterator[str]:
    if root.tag != f"{{{_SVG}}}svg" or "viewBox" not in root.attrib:
        yield "the outermost element must be an svg with a viewBox"
    for element in root.iter():
        name = str(element.tag).removeprefix(f"{{{_SVG}}}")
        if name not in _ELEMENTS:
            yield f"<{name.rpartition('}')[2]}> is not allowed"
        if name == "style" and (_ELSEWHERE.search(element.text or "") or _ACTIVE_STYLE.search(element.text or "")):
            yield "<style> may hold plain rules and @media alone"
        for attribute, value in element.items():
            yield from _attribute_faults(attribute.rpartition("}")[2].lower(), value)


def _attribute_faults(name: str, value: str) -> Iterator[str]:
    if name.startswith("on") or name == "style":
        yield f"the attribute {name} is not allowed"
    if (name == "href" and not value.startswith("#")) or _ELSEWHERE.search(value) or "\\" in value:
        yield f"the attribute {name} leads out of the drawing"


def _policy(root: Element) -> str:
    styles = [one.text or "" for one in root.iter() if one.tag == "style"]
    hashes = [base64.b64encode(sha256(style.encode()).digest()).decode() for style in styles]
    allowed = " ".join(f"'sha256-{found}'" for found in hashes) or "'none'"
    return f"default-src 'none'; style-src {allowed}; sandbox"


def _strip(root: Element) -> None:
    """Leave names without prefixes, and no foreign attribute."""
    for element in root.iter():
        element.tag = str(element.tag).removeprefix(f"{{{_SVG}}}")
        element.attrib = {plain: value for name, value in element.items() if (plain := _plain(name))}
    root.set("xmlns", _SVG)


def _plain(attribute: str) -> str:
    """The name an attribute keeps: its own without a prefix, `href` of xlink, "" for all others."""
    return "href" if attribute == "{http://www.w3.org/1999/xlink}href" else "" if "}" in attribute else attribute
