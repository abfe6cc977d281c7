"""The one list of scenes: the gallery's pages, the render tests and the accessibility checks all read this."""

from collections.abc import Mapping
from typing import Final

from webapp.branding import Brand
from webapp.web.gallery.places import place_scenes
from webapp.web.gallery.scene import Scene
from webapp.web.gallery.steps import step_scenes

LIST: Final = "pages/dev_gallery.html"
Scenes = Mapping[str, Scene]


def scenes(brand: Brand) -> Scenes:
    """Every scene by its name."""
    shown = [*step_scenes(brand), *place_scenes(brand)]
    listing = Scene("dev_gallery", LIST, {"partials": by_partial({one.name: one for one in shown[:3]})})
    return {one.name: one for one in [*shown, listing]}


def by_partial(shown: Scenes) -> dict[str, list[Scene]]:
    """The scenes of each partial."""
    grouped: dict[str, list[Scene]] = {}
    for one in shown.values():
        grouped.setdefault(one.partial, []).append(one)
    return grouped
