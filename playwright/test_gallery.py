"""The gallery on a small phone, every state that has other elements, in French and in Arabic: axe-core, no overflow."""

import pytest
from axe import AXE, faults
from conftest import OpenPage

from tests.support.journey import Town
from webapp import branding
from webapp.web.cookies import DISPLAY
from webapp.web.gallery.scene import PATH, Scene
from webapp.web.gallery.scenes import scenes

PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True}
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
SCENES = scenes(branding.read())


def repeats(scene: Scene) -> bool:
    """Whether another scene shows the same elements with other words: a code of a field, a notice, a row of a table."""
    key, kind, rest = scene.name.partition(".error.")
    if kind:
        together = [one for name, one in SCENES.items() if name.startswith(f"{key}.errors.")]
        return any(error.field == rest.partition(".")[0] for one in together for error in one.context["screen"].errors)
    return ".in." in scene.name or (".notice." in scene.name and not scene.name.endswith(".saved-already"))


@pytest.mark.parametrize(("display", "locale"), [("fr", "fr-FR"), ("ar", "ar-MA")])
def test_no_state_has_a_fault_that_axe_sees_or_scrolls_sideways(open_page: OpenPage, display: str, locale: str) -> None:
    page = open_page(locale=locale, **PHONE)
    page.add_init_script(script=AXE)
    found = {}
    for path in (PATH, *(scene.path for scene in SCENES.values() if not repeats(scene))):
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == display
        found[path] = [*faults(page), *(["sideways"] if page.evaluate(SIDEWAYS) else [])]
    assert len(found) > 100
    assert {path: broken for path, broken in found.items() if broken} == {}


def test_no_state_scrolls_sideways_in_both_languages_at_once(open_page: OpenPage, town: Town) -> None:
    page = open_page(**PHONE)
    page.context.add_cookies([{"name": DISPLAY, "value": "fr+ar", "url": town.app.url}])
    wide = []
    for scene in (one for one in SCENES.values() if not repeats(one)):
        page.goto(scene.path)
        if page.evaluate(SIDEWAYS):
            wide.append(scene.name)
    assert wide == []
