"""Every partial in every state, in each display: valid, labelled, none missing; and the pages that show them."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.support.journey import Town
from tests.support.visitor import HOME, Page, police_html
from webapp import branding
from webapp.app import create
from webapp.core.step import FieldError
from webapp.i18n import Display
from webapp.journeys import ENDS, JOURNEYS
from webapp.settings import Env, Settings
from webapp.web import pages, space
from webapp.web.assets import Assets
from webapp.web.gallery.places import place_scenes
from webapp.web.gallery.scene import PATH, Scene
from webapp.web.gallery.scenes import scenes
from webapp.web.gallery.steps import step_scenes
from webapp.web.render import PARTIALS, Frame, Renderer

BRAND = branding.read()
SCENES = scenes(BRAND)
RENDERER = Renderer(Assets(BRAND), BRAND)
STEPS = {screen.step.key: screen.step for journey in JOURNEYS.values() for screen in journey.table}
FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}


def shown(scene: Scene, display: Display) -> Page:
    """A scene as a whole page, made without a server."""
    frame = Frame(scene.path, display, "token")
    html = RENDERER.render(scene.partial, frame, **{"session": None, **scene.context})
    return Page(httpx.Response(200, html=html))


def declared() -> Iterator[tuple[str, str, str]]:
    """Step, field and code of every error that a step declares."""
    for key, step in STEPS.items():
        for action in (step.action, *((step.resend,) if step.resend else ())):
            yield from ((key, field, code) for field, codes in action.errors.items() for code in codes)


# --- Each state


@pytest.mark.parametrize("display", Display)
@pytest.mark.parametrize("name", SCENES)
def test_a_state_is_a_sound_page(name: str, display: Display) -> None:
    police_html(shown(SCENES[name], display))


@pytest.mark.parametrize(("key", "field", "code"), [*declared()])
def test_a_declared_error_has_a_state_that_says_it(key: str, field: str, code: str) -> None:
    scene = SCENES[f"{key}.error.{field}.{code}"]
    assert [(error.field, error.code) for error in scene.context["screen"].errors] == [(field, code)]
    page = shown(scene, Display.FR)
    (summary,) = (one for one in page.tree.iter() if one.get("id") == "errors-list")
    assert page.words(summary)
    assert field == "form" or page.errors.keys() == {field}


@pytest.mark.parametrize("key", STEPS)
def test_all_errors_of_a_screen_are_shown_at_once(key: str) -> None:
    """Over all samples of a step, every field that it may complain of stands beside the others."""
    together = [scene for name, scene in SCENES.items() if name.startswith(f"{key}.errors.")]
    seen = {error.field for scene in together for error in scene.context["screen"].errors}
    fields = {*STEPS[key].action.errors, *(["captcha"] if STEPS[key].action.captcha else [])} - {"form"}
    assert seen == (fields if len(fields) > 1 else set())
    for scene in together:
        assert shown(scene, Display.AR).errors.keys() == {error.field for error in scene.context["screen"].errors}


# --- None is missing


def test_every_partial_has_a_state() -> None:
    there = {
        path.relative_to(PARTIALS).as_posix()
        for folder in ("steps", "pages", "notices")
        for path in (PARTIALS / folder).glob("*.html")
    }
    assert there == {scene.partial for scene in SCENES.values()}


def test_no_two_states_have_one_name() -> None:
    assert len([*step_scenes(BRAND), *place_scenes(BRAND)]) == len(SCENES) - 1, "all but the list itself"


def test_every_row_of_every_journey_has_a_state() -> None:
    drawn = {(screen.name, screen.percent) for scene in SCENES.values() if (screen := scene.context.get("screen"))}
    assert drawn == {(row.step.key, row.percent) for journey in JOURNEYS.values() for row in journey.table}


def test_every_end_has_a_state() -> None:
    assert {end.partial for end in ENDS.values()} <= {scene.partial for scene in SCENES.values()}


def test_every_notice_has_a_state() -> None:
    said = {scene.context.get("notice") for scene in SCENES.values()}
    said |= {scene.context["screen"].notice for scene in SCENES.values() if "screen" in scene.context}
    assert said - {None} == pages.NOTICES | space.NOTICES


@pytest.mark.parametrize("key", STEPS)
def test_a_budget_that_is_used_up_has_a_state(key: str) -> None:
    step = STEPS[key]
    limited = SCENES.get(f"{key}.error.form.limited")
    assert (limited is not None) == bool(step.action.budgets or (step.resend and step.resend.budgets))
    if limited:
        (error,) = limited.context["screen"].errors
        assert isinstance(error, FieldError)
        assert "clock" in error.values


# --- Its pages


def test_the_list_leads_to_every_state(town: Town) -> None:
    page = town.visitor(accept_language="fr").get(PATH)
    assert {link.get("href") for link in page.all("a")} >= {scene.path for scene in SCENES.values()}


@pytest.mark.parametrize("name", ["email_code.error.code.wrong", "space.closing", "recovered.held", "not_found"])
def test_a_state_is_a_page_and_a_fragment(town: Town, name: str) -> None:
    visitor = town.visitor(accept_language="ar")
    page = visitor.get(SCENES[name].path)
    assert page.status == 200
    assert page.heading == shown(SCENES[name], Display.AR).heading
    fragment = visitor.client.get(SCENES[name].path, headers=FRAGMENT).text
    assert "<html" not in fragment
    assert '<main id="main"' in fragment


@pytest.mark.parametrize("path", [PATH, f"{PATH}/phone_code.expired", f"{PATH}/expired", f"{PATH}/holdings.plain"])
def test_the_display_switch_keeps_the_state(town: Town, path: str) -> None:
    visitor = town.visitor(accept_language="fr")
    here = visitor.get(path)
    (form,) = here.all("form", id="step")
    page = visitor.send(form.get("action"), display="ar")
    assert (page.path, page.all("html")[0].get("lang")) == (path, "ar")
    assert visitor.get(path).all("html")[0].get("lang") == "ar"


def test_a_form_of_a_state_touches_no_journey(town: Town) -> None:
    visitor = town.visitor()
    visitor.get(f"{PATH}/phone_code.blank")
    page = visitor.send(f"{PATH}/phone_code.blank", code="123456")
    assert page.path == f"{PATH}/phone_code.blank"
    assert visitor.send(f"{PATH}/phone_code.blank/renvoi").status == 200
    assert visitor.get(f"{HOME}/telephone-code").path == f"{HOME}/expiree"


def test_no_other_state_is_known(town: Town) -> None:
    assert town.visitor().get(f"{PATH}/nothing").status == 404


@pytest.mark.filterwarnings("ignore::litestar.exceptions.LitestarDeprecationWarning")
def test_production_has_no_gallery(tmp_path: Path) -> None:
    """Read off the routes: production does not start on this machine."""
    settings = Settings(data_dir=tmp_path)
    assert any(route.path.startswith(PATH) for route in create(settings).routes)
    production = settings.model_copy(update={"env": Env.PRODUCTION})
    assert not [route.path for route in create(production).routes if route.path.startswith("/dev")]
