"""The house rules that neither ruff nor import-linter can see (house.md, style.md)."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WEBAPP = ROOT / "webapp"

LONGEST_FILE = 200  # lines
LONGEST_FUNCTION = 30  # lines, decorators and docstring included
LONG_FUNCTIONS: frozenset[str] = frozenset()  # "webapp/…/file.py:function", each with its reason beside it

PURE = ("core", "journeys.py", "steps")
CORE_LIBRARIES = {"msgspec", "email_validator", "phonenumbers"}
IMPURE_STDLIB = {
    "asyncio",
    "http",
    "logging",
    "os",
    "random",
    "secrets",
    "socket",
    "sqlite3",
    "subprocess",
    "time",
    "urllib",
}
CLOCKS = {"now", "today", "utcnow", "time", "monotonic"}


def modules(*places: str) -> Iterator[tuple[str, ast.Module]]:
    """Each Python file under these places of webapp/, by its path from the root, parsed."""
    for place in places or (".",):
        found = [WEBAPP / place] if place.endswith(".py") else sorted((WEBAPP / place).rglob("*.py"))
        for path in (path for path in found if path.exists()):
            yield path.relative_to(ROOT).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def imported(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each imported module's top name and its line."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, name.name.partition(".")[0]) for name in names)
            case ast.ImportFrom(module=str(module)):
                yield node.lineno, module.partition(".")[0]


def strings(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Each string in the code, pieces of f-strings included, and its line."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value


def test_a_file_fits_in_a_few_screens() -> None:
    too_long = [
        f"{path.relative_to(ROOT)}: {lines} lines"
        for path in WEBAPP.rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    ]
    assert too_long == []


def test_a_function_fits_in_a_paragraph() -> None:
    too_long = [
        f"{path}:{node.name}: {length} lines"
        for path, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and f"{path}:{node.name}" not in LONG_FUNCTIONS
        and (length := (node.end_lineno or 0) - min([node.lineno, *(d.lineno for d in node.decorator_list)]) + 1)
        > LONGEST_FUNCTION
    ]
    assert too_long == []


def test_htmx_has_one_door() -> None:
    elsewhere = [
        f"{path}:{line}: {text!r}"
        for path, tree in modules()
        if path != "webapp/web/hx.py"
        for line, text in strings(tree)
        if text.lower().startswith("hx-")
    ]
    assert elsewhere == []


def test_the_core_stands_on_the_standard_library_and_a_few_pure_packages() -> None:
    allowed = (sys.stdlib_module_names - IMPURE_STDLIB) | CORE_LIBRARIES | {"webapp"}
    foreign = [
        f"{path}:{line}: {name}"
        for path, tree in modules("core")
        for line, name in imported(tree)
        if name not in allowed
    ]
    assert foreign == []


def test_the_core_awaits_nothing() -> None:
    waiting = [
        f"{path}:{node.lineno}"
        for path, tree in modules("core")
        for node in ast.walk(tree)
        if isinstance(node, ast.Await | ast.AsyncFunctionDef | ast.AsyncFor | ast.AsyncWith)
    ]
    assert waiting == []


def test_the_hour_comes_in_by_parameter() -> None:
    """`clock.now()` of the Clock port is the one clock that core, steps and journeys may read."""
    reads = [
        f"{path}:{node.lineno}: {ast.unparse(node)}"
        for path, tree in modules(*PURE)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in CLOCKS
        and ast.unparse(node.value) in {"datetime", "date", "datetime.datetime", "datetime.date", "time"}
    ]
    assert reads == []


def test_an_exception_that_is_caught_is_not_sorted_by_isinstance() -> None:
    sorted_late = [
        f"{path}:{handler.lineno}"
        for path, tree in modules()
        for handler in ast.walk(tree)
        if isinstance(handler, ast.ExceptHandler) and handler.name
        for node in ast.walk(handler)
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "isinstance"
        and ast.unparse(node.args[0]) == handler.name
    ]
    assert sorted_late == []


def test_the_browser_tests_do_not_take_the_place_of_the_library_of_the_same_name() -> None:
    assert not list((ROOT / "playwright").rglob("__init__.py"))
