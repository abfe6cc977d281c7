"""A partial and a view become a page, or a fragment of the same template for htmx."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from webapp.branding import Brand
from webapp.i18n import DIRECTIONS, Display, data, each, nt, plain, shown_in, t, worded
from webapp.web.assets import Assets

PARTIALS: Final = Path(__file__).parent.parent / "partials"


@dataclass(frozen=True)
class Frame:
    """What a page needs to know of its request: its own path, the display, the token of its forms;
    `switched` when the display was changed just now."""

    path: str
    display: Display
    csrf_token: str
    fragment: bool = False
    switched: bool = False


class Renderer:
    """All partials; a template that names an unknown variable fails instead of printing nothing."""

    def __init__(self, assets: Assets, brand: Brand, *, reload: bool = False) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(PARTIALS),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=reload,
        )
        self._environment.globals |= {
            "t": t, "nt": nt, "plain": plain, "data": data, "each": each, "worded": worded,
            "asset": assets.url, "brand": brand, "displays": tuple(Display), "directions": DIRECTIONS,
        }  # fmt: skip

    def render(self, template: str, frame: Frame, **context: Any) -> str:
        """The HTML of `template`. `layout` in its context names the whole page or the bare fragment."""
        layout = "layouts/fragment.html" if frame.fragment else "layouts/page.html"
        with shown_in(frame.display):
            return self._environment.get_template(template).render(layout=lambda: layout, frame=frame, **context)
