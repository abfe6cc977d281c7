"""An install fetches what was locked and nothing else, and the lock files belong to no one's index."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
FILES = ("requirements.txt", "requirements-dev.txt")
PIN = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(\[[^]]*])?==(?P<version>\S+)( ;[^\\]*)?( --hash=sha256:[0-9a-f]{64})+")
OPTION = re.compile(r"^\s*-(?!-hash=)|^[^#]*\s--?(?!hash=)[a-z]|://|\s@\s|\bindex-url\b", re.MULTILINE)


def locked(name: str) -> dict[str, set[str]]:
    """Each requirement's versions (markers may give it more than one); a line that is no hashed pin fails."""
    text = re.sub(r"(?m)^\s*#.*\n?", "", (ROOT / name).read_text(encoding="utf-8"))
    versions: dict[str, set[str]] = {}
    for line in re.sub(r"\s*\\\n\s*", " ", text).splitlines():
        pin = PIN.fullmatch(line.strip())
        assert pin, f"{name}: not pinned and hashed: {line[:80]}"
        versions.setdefault(canonicalize_name(pin["name"]), set()).add(pin["version"])
    return versions


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_pinned_and_hashed(name: str) -> None:
    assert locked(name)


@pytest.mark.parametrize("name", FILES)
def test_no_requirement_file_names_an_address_or_gives_pip_an_option(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert [found.group() for found in OPTION.finditer(text)] == []


def test_what_is_tested_is_what_runs() -> None:
    run, dev = (locked(name) for name in FILES)
    assert {name: dev.get(name) for name in run} == run


def test_the_lock_answers_to_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    asked = {
        "requirements.txt": project["dependencies"] + extras["build"],
        "requirements-dev.txt": project["dependencies"] + extras["build"] + extras["dev"],
    }
    for name, requirements in asked.items():
        versions = locked(name)
        for requirement in map(Requirement, requirements):
            found = versions.get(canonicalize_name(requirement.name), set())
            assert any(map(requirement.specifier.contains, found)), f"{name}: {requirement}: `make lock`"
