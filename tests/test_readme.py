"""What README.md and CONTRIBUTING.md say of settings, commands, files and layers is so, and nothing is left out."""

import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from pydantic import SecretStr

from tests.rules.test_partials import bare_text, inline_code, syntax_error
from webapp.__main__ import main
from webapp.core.state import Door, State
from webapp.core.step import FieldError, Stay, Step
from webapp.members_cli import DEMO
from webapp.settings import Settings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
PAGES = {"README.md": README, "CONTRIBUTING.md": CONTRIBUTING}
PLACES = ("webapp", "tests", "tools", "static", "docs", "locales", "playwright", ".ci")
MADE = {"__init__.py", "__pycache__"}


def rows(heading: str, page: str = README) -> list[list[str]]:
    """The cells of the table whose head begins like that."""
    table = page.split(f"\n{heading}", 1)[1].split("\n\n", 1)[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table]


def fenced(language: str) -> list[str]:
    """The blocks of code in the README that are in this language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def spans(page: str) -> list[str]:
    """What stands between backticks, code blocks apart."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```$", "", page, flags=re.DOTALL | re.MULTILINE))


def tree() -> Iterator[str]:
    """Every path of the map, from the root."""
    above: list[str] = []
    (drawn,) = (block for block in fenced("") if "\nwebapp/\n" in block)
    for line in drawn.splitlines():
        depth, name = (len(line) - len(line.lstrip())) // 2, line.split()[0]
        above = [*above[:depth], name]
        yield "".join(above)


def default_of(value: object) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    parts = value if isinstance(value, tuple) else (value,)
    told = ",".join(one.get_secret_value() if isinstance(one, SecretStr) else str(one) for one in parts if one)
    return f"`{told}`" if told else "empty"


def verbs(group: click.Group, path: str = "webapp") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from verbs(command, f"{path} {name}")
        else:
            yield f"{path} {name}"


def test_the_table_of_settings_is_the_settings() -> None:
    expected = [
        [f"`WEBAPP_{name.upper()}`", field.description, default_of(field.default)]
        for name, field in Settings.model_fields.items()
    ]
    assert rows("| setting |") == expected


def test_every_setting_that_is_named_exists() -> None:
    known = {f"WEBAPP_{name.upper()}" for name in Settings.model_fields}
    assert {name for page in PAGES.values() for name in re.findall(r"WEBAPP_[A-Z_]+", page)} <= known


def test_every_make_target_is_named_and_every_one_named_exists() -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert sorted(row[0] for row in rows("| `make` |")) == sorted(f"`make {target}`" for target in targets)
    named = {name for page in PAGES.values() for name in re.findall(r"\bmake ([a-z-]+)`|`make ([a-z-]+) ", page)}
    assert {one or other for one, other in named} <= set(targets)


def test_every_verb_of_the_console_is_named_and_every_one_named_exists() -> None:
    known = set(verbs(main))
    assert {row[0].strip("`").removesuffix(" FILE.csv") for row in rows("| `webapp` |")} == known
    named = {span.removeprefix(".venv/bin/") for page in PAGES.values() for span in spans(page)}
    asked = {span for span in named if span.startswith("webapp ")}
    assert {span for span in asked if not any(f"{span} ".startswith(f"{verb} ") for verb in known)} == set()


@pytest.mark.parametrize("name", PAGES)
def test_every_path_that_is_named_exists(name: str) -> None:
    page = PAGES[name]
    named = {span for span in spans(page) if span.split("/")[0] in PLACES and " " not in span}
    named |= set(re.findall(r"!\[[^]]*]\(([^)]+)\)", page))
    assert named
    assert {path for path in named if not (ROOT / path).exists()} <= {"playwright/output/"}


def test_the_map_shows_what_is_there() -> None:
    drawn = set(tree())
    assert {path for path in drawn if not (ROOT / path).exists()} == set()
    there = {
        f"webapp/{path.name}{'/' * path.is_dir()}" for path in (ROOT / "webapp").iterdir() if path.name not in MADE
    }
    assert there - drawn == set()


def test_every_folder_of_tests_is_explained() -> None:
    there = {f"`tests/{path.name}`" for path in (ROOT / "tests").iterdir() if path.is_dir() and path.name not in MADE}
    assert {row[0] for row in rows("| folder |", CONTRIBUTING)} == there | {"`playwright`"}


def test_the_layers_are_those_that_the_linter_holds() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    (layers,) = (contract["layers"] for contract in contracts if contract["type"] == "layers")
    assert "\n".join(layers) + "\n" in fenced("")


def test_the_demo_members_shown_are_demo_members() -> None:
    with DEMO.open(encoding="utf-8", newline="") as file:
        known = {row["registration_number"]: row for row in csv.DictReader(file)}
    for number, employer, card, born, answer, name in rows("| registration number |"):
        row = known[number]
        asked = f"bank {row['bank_last8']}" if row["bank_last8"] else f"état civil {row['civil_status_number']}"
        expected = [row["employer_id"], row["national_id"], row["birth_date"], asked, row["name"]]
        assert [employer, card, born, answer, name] == expected


def test_every_link_within_the_readme_leads_to_a_heading() -> None:
    headings = {title.lower().replace(" ", "-") for title in re.findall(r"^## (.+)$", README, re.MULTILINE)}
    links = {link for page in PAGES.values() for link in re.findall(r"]\((?:README\.md)?#([^)]+)\)", page)}
    assert links
    assert links <= headings


def test_the_step_of_the_worked_example_is_one() -> None:
    (source,) = fenced("python")
    module: dict[str, object] = {}
    exec(compile(source, "README.md", "exec"), module)  # noqa: S102  our own page
    step = module["STEP"]
    assert isinstance(step, Step)
    state = State("journey", Door.ACTIVATION, 0.0)
    assert not step.ready(state)
    assert step.action.parse(state, {}, 0.0) == Stay((FieldError("warned", "required"),))
    assert step.action.parse(state, {"warned": "yes"}, 0.0) == "yes"


def test_the_partial_of_the_worked_example_keeps_the_rules() -> None:
    (source,) = fenced("jinja")
    assert source.startswith("{#")
    assert [what for rule in (syntax_error, bare_text, inline_code) for what in rule(source)] == []
