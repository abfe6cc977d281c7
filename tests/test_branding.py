"""A branding file is judged at the start: every rule has its line, and nothing that could hurt a member passes."""

import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.support.servers import settings_of
from webapp import branding
from webapp.branding import Brand, colours
from webapp.settings import Misconfigured

OASIS = Path(__file__).parent / "brands" / "oasis"
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the second brand, to be spoilt."""
    return Path(shutil.copytree(OASIS, tmp_path / "brand"))


def spoilt(folder: Path, old: str, new: str) -> Path:
    """The branding file with one passage changed, its first occurrence."""
    file = folder / "branding.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return file


def said(file: Path) -> str:
    """The one line with which a file is refused."""
    with pytest.raises(Misconfigured) as refusal:
        branding.read(str(file))
    assert "\n" not in str(refusal.value)
    return str(refusal.value)


def drawn(folder: Path, inside: str) -> Brand:
    """The brand with another drawing."""
    (folder / "mark.svg").write_text(DRAWING.format(inside), encoding="utf-8")
    return branding.read(str(folder / "branding.toml"))


def test_the_packaged_brand_and_the_second_one_are_sound() -> None:
    assert branding.read().name.fr
    assert branding.read(str(OASIS / "branding.toml")).name.ar == "صندوق الواحة"


@pytest.mark.parametrize("file", [branding.PACKAGED, OASIS / "branding.toml"])
def test_each_language_of_the_terms_is_in_its_own_letters(file: Path) -> None:
    terms = branding.read(str(file)).terms
    texts = [terms.title, terms.lead]
    texts += [text for section in terms.sections for text in (section.heading, *section.paragraphs)]
    arabic = re.compile(r"[\u0621-\u064a]")
    assert [text.ar for text in texts if not arabic.search(text.ar)] == []
    assert [text.fr for text in texts if arabic.search(text.fr)] == []


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('fr = "Caisse Oasis"', 'fr = " "', "name.fr: is empty"),
        ('ar = "صندوق الواحة"', 'ar = ""', "name.ar: is empty"),
        ('fr = "Caisse Oasis"', 'fr = "Caisse <b>Oasis</b>"', "name.fr: holds markup or a line break; texts are plain"),
        ('fr = "Caisse Oasis"', 'fr = "Caisse\\nOasis"', "name.fr: holds markup or a line break; texts are plain"),
        ('fr = "Caisse Oasis"', 'fr = "Caisse %(name)s"', "name.fr: %(name)s is filled in nowhere"),
        ('fr = "Caisse Oasis"', f'fr = "{"o" * 25}"', "name.fr: has 25 characters, 24 fit"),
        ("052 411 22 33", "call us", "helpline: is not a telephone number"),
        ("052 411 22 33", "05", "helpline: is not a telephone number"),
        ("052 411 22 33", "052  411", "helpline: is not a telephone number"),
        ("https://www.oasis.example", "http://www.oasis.example", "site: is not an https:// address"),
        ("https://www.oasis.example", "https://", "site: is not an https:// address"),
        ("https://www.oasis.example", "https://oasis example", "site: is not an https:// address"),
        ("https://www.oasis.example/film", "javascript:f()", "video.fr: is not an https:// address"),
        ("https://www.oasis.example/sharit", "", "video.ar: is not an https:// address"),
        ("https://social.example/@p", "//social.example/@p", "social.Mastodon: is not an https:// address"),
        ("https://remb", "ftp://remb", "services[1].address: is not an https:// address"),
        ("https://medecins.oasis.example/ar", "", "services[2].address.ar: is not an https:// address"),
        ("Trouver un médecin", "", "services[2].title.fr: is empty"),
        ("oasis-7", "", "terms.version: needs 1 to 32 characters"),
        ("oasis-7", "7" * 33, "terms.version: needs 1 to 32 characters"),
        ("Les règles de l’oasis", "", "terms.title.fr: is empty"),
        ("النخيل", "", "terms.sections[2].heading.ar: is empty"),
        ("Chacun puise", "<script>", "terms.sections[1].paragraphs[1].fr: holds markup or a line break"),
        ("%(helpline)s.", "%(phone)s.", "terms.sections[1].paragraphs[2].fr: %(phone)s is filled in nowhere; %(name)s"),
        ("#233f94", "#234", "colours.light.brand: is not a colour of the form #rrggbb"),
        ("#233f94", "red; } body { display: none", "colours.light.brand: is not a colour of the form #rrggbb"),
        ('helpline = "052 411 22 33"', "", "Object missing required field `helpline`"),
        ("site =", 'slogan = "!"\nsite =', "Object contains unknown field `slogan`"),
        ('fr = "Caisse Oasis"', "fr = 7", "Expected `str`, got `int` - at `$.name.fr`"),
        ("[name]", "[name", "line"),
        ('mark = "mark.svg"', 'mark = "none.svg"', "none.svg can not be read (No such file or directory)"),
    ],
)
def test_a_fault_is_named_in_one_line(folder: Path, old: str, new: str, line: str) -> None:
    told = said(spoilt(folder, old, new))
    assert told.startswith("branding.toml: ")
    assert line in told


@pytest.mark.parametrize("start", ["[[terms.sections]]", "[[terms.sections.paragraphs]]"])
def test_terms_without_a_section_or_a_paragraph_are_none(folder: Path, start: str) -> None:
    file = folder / "branding.toml"
    before = file.read_text(encoding="utf-8").split(start)[0]
    file.write_text(before + ("paragraphs = []" if "paragraphs" in start else "sections = []"), encoding="utf-8")
    assert "needs one" in said(file)


def test_every_fault_is_told_at_once(folder: Path) -> None:
    spoilt(folder, "052 411 22 33", "call us")
    assert said(spoilt(folder, "#b9c8ff", "#1d2740")).count(" | ") >= 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "nowhere.toml can not be read" in said(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("#233f94", "#8a9fd8", "colours.light.brand on paper has contrast 2.57, 7 is needed"),
        ("#233f94", "#595959", "colours.light.brand on sand has contrast 6.3"),
        ("#e7ebf8", "#6f7a94", "colours.light.tint under ink has contrast"),
        ("#e7ebf8", "#6f7a94", "colours.light.brand on tint has contrast"),
        ("#233f94", "#d5d0c4", "colours.light.brand on hair has contrast"),
        ("#fdfdff", "#8a9fd8", "colours.light.on_brand on brand has contrast"),
        ("#172b68", "#8a9fd8", "colours.light.on_brand on press has contrast"),
        ("#f2f5ff", "#8a9fd8", "colours.light.on_deep on deep has contrast"),
        ("#b9c8ff", "#233f94", "colours.dark.brand on paper has contrast"),
        ("#eef1ff", "#1f2c5c", "colours.dark.on_deep on deep has contrast 1.0, 7 is needed"),
    ],
)
def test_colours_that_are_hard_to_read_are_refused(folder: Path, old: str, new: str, line: str) -> None:
    assert line in said(spoilt(folder, old, new))


def test_contrast_is_that_of_the_wcag() -> None:
    assert colours.contrast("#ffffff", "#000000") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert colours.contrast("#0a5c55", "#fffdf9") == pytest.approx(7.73, abs=0.01)


def test_the_style_has_every_token_for_light_and_dark() -> None:
    style = colours.style(branding.read(str(OASIS / "branding.toml")).colours)
    light, dark = style.split("prefers-color-scheme: dark")
    chosen = tomllib.loads((OASIS / "branding.toml").read_text(encoding="utf-8"))["colours"]
    for name, colour in chosen["light"].items():
        assert f"--{name.replace('_', '-')}: {colour};" in light
        assert f"--{name.replace('_', '-')}: {chosen['dark'][name]};" in dark


@pytest.mark.parametrize(
    ("inside", "line"),
    [
        ("<script>alert(1)</script>", "<script> is not allowed"),
        ('<path d="M0 0" onclick="f()"/>', "the attribute onclick is not allowed"),
        ('<path d="M0 0" style="fill: red"/>', "the attribute style is not allowed"),
        ("<foreignObject/>", "<foreignObject> is not allowed"),
        ('<image href="https://a.example/a.png"/>', "<image> is not allowed"),
        ('<a href="https://a.example"><path d="M0 0"/></a>', "<a> is not allowed"),
        ('<animate attributeName="href"/>', "<animate> is not allowed"),
        ('<html:p xmlns:html="http://www.w3.org/1999/xhtml"/>', "<p> is not allowed"),
        ('<linearGradient href="https://a.example/a.svg#a"/>', "the attribute href leads out of the drawing"),
        ('<linearGradient xlink:href="//a.example/a.svg#a"/>', "the attribute href leads out of the drawing"),
        ('<path d="M0 0" fill="url(https://a.example/a.svg#a)"/>', "the attribute fill leads out of the drawing"),
        ('<path d="M0 0" fill="url( \'//a.example#a\')"/>', "the attribute fill leads out of the drawing"),
        ("<style>@import url(#a);</style>", "<style> may hold plain rules and @media alone"),
        ("<style>path { fill: url(//a.example/a) }</style>", "<style> may hold plain rules and @media alone"),
        ("<style>path { mask: image-set('//a.example' 1x) }</style>", "<style> may hold plain rules and @media alone"),
        ("<style>path { fill: u\\72l(//a.example) }</style>", "<style> may hold plain rules and @media alone"),
        ("<path", "mark.svg: is not an SVG in UTF-8"),
        (f"<desc>{'o' * 17_000}</desc>", "16384 are allowed"),
    ],
)
def test_a_drawing_that_acts_or_calls_elsewhere_is_refused(folder: Path, inside: str, line: str) -> None:
    with pytest.raises(Misconfigured, match=re.escape(line)):
        drawn(folder, inside)


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE svg [<!ENTITY a "b">]>' + DRAWING.format("<title>&a;</title>"),
        DRAWING.format("").replace(' viewBox="0 0 9 9"', ""),
        "<html/>",
        "",
    ],
)
def test_what_is_no_plain_drawing_is_refused(folder: Path, text: str) -> None:
    (folder / "mark.svg").write_text(text, encoding="utf-8")
    assert "mark.svg: " in said(folder / "branding.toml")


def test_a_drawing_keeps_its_shapes_gradients_and_dark_style_and_loses_the_rest(folder: Path) -> None:
    inside = (
        '<!-- drawn by hand --><defs><linearGradient id="a"/><linearGradient id="b" xlink:href="#a"/></defs>'
        "<style>@media (prefers-color-scheme: dark) { g > path { fill: red } }</style>"
        '<g fill="url(#b)"><path d="M1 1"/></g>'
    )
    svg = drawn(folder, inside).mark.svg.decode()
    assert 'href="#a"' in svg
    assert 'fill="url(#b)"' in svg
    assert "prefers-color-scheme" in svg
    assert "hand" not in svg


@pytest.mark.parametrize("verb", ["serve", "worker", "run"])
def test_a_brand_that_can_not_be_shown_stops_the_start_in_one_line(tmp_path: Path, folder: Path, verb: str) -> None:
    file = spoilt(folder, "#233f94", "#8a9fd8")
    command = [sys.executable, "-m", "webapp", verb]
    env = settings_of(tmp_path / "data", WEBAPP_BRANDING=str(file), WEBAPP_REDIS_URL="redis://127.0.0.1:1")
    found = subprocess.run(command, env=env, capture_output=True, text=True, check=False, timeout=60)
    assert found.returncode == 1
    (line,) = found.stderr.splitlines()
    assert "branding.toml: colours.light.brand on paper has contrast 2.57, 7 is needed" in line


def test_check_names_a_brand_that_can_not_be_shown(tmp_path: Path, folder: Path) -> None:
    file = spoilt(folder, "052 411 22 33", "call us")
    command = [sys.executable, "-m", "webapp", "check"]
    found = subprocess.run(
        command, env=settings_of(tmp_path, WEBAPP_BRANDING=str(file)), capture_output=True, text=True, check=False
    )
    assert "branding: branding.toml: helpline: is not a telephone number" in found.stdout
    assert found.returncode == 1
