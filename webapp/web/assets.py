"""Static files and what the brand adds to them, under names that change with their bytes, ready in brotli and gzip, so
a phone keeps them for good."""

import gzip
import hashlib
import mimetypes
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import brotli

from webapp.branding import Brand
from webapp.branding.colours import style

STATIC: Final = Path(__file__).parent.parent.parent / "static"
PREFIX: Final = "/static/"
MARK: Final = "brand/mark.svg"
STYLE: Final = "css/app.css"
_COMPRESSIBLE: Final = {".css", ".js", ".svg", ".txt"}
_SERVED: Final = _COMPRESSIBLE | {".woff2", ".png", ".ico", ".webmanifest"}
_TYPES: Final = {".woff2": "font/woff2", ".js": "text/javascript", ".webmanifest": "application/manifest+json"}


@dataclass(frozen=True)
class Asset:
    """One file: its hashed name and its bytes by content coding ("" is as it is); `policy` is its own CSP, if any."""

    name: str
    media_type: str
    bodies: dict[str, bytes]
    policy: str = ""


class Assets:
    """All static files, read once at the start; CSS refers to others by `url(name)` and gets their hashed names.
    The brand's mark is one of them, its colours end the style sheet: no further request."""

    def __init__(self, brand: Brand, folder: Path = STATIC) -> None:
        self._names: dict[str, str] = {}
        self._assets: dict[str, Asset] = {}
        files = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.suffix in _SERVED]
        sources = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
        sources[STYLE] += style(brand.colours).encode()
        self._add(MARK, brand.mark.svg, brand.mark.policy)
        for name in sorted(sources, key=lambda name: name.endswith(".css")):
            self._add(name, sources[name])

    def _add(self, name: str, raw: bytes, policy: str = "") -> None:
        suffix = Path(name).suffix
        if suffix == ".css":
            for other, hashed in self._names.items():
                raw = raw.replace(f"url({PREFIX}{other})".encode(), f"url({PREFIX}{hashed})".encode())
        hashed = f"{name.removesuffix(suffix)}.{hashlib.sha256(raw).hexdigest()[:8]}{suffix}"
        bodies = {"": raw}
        if suffix in _COMPRESSIBLE:
            bodies |= {"br": brotli.compress(raw), "gzip": gzip.compress(raw, mtime=0)}
        media = _TYPES.get(suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"
        self._names[name] = hashed
        self._assets[hashed] = Asset(hashed, media, bodies, policy)

    def url(self, name: str) -> str:
        """The address of a file for a page. KeyError when there is no such file."""
        return PREFIX + self._names[name]

    def find(self, hashed: str) -> Asset | None:
        """The file behind a hashed name."""
        return self._assets.get(hashed)
