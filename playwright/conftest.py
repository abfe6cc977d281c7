"""The product as it runs, and a real Chromium before it.

This folder is no package and never gets an `__init__.py`: it would hide the library of the same name.
"""

import os
import re
import subprocess
from collections.abc import Callable, Generator, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.support.journey import Member, Town, import_members, write_members
from tests.support.servers import app

ROOT = Path(__file__).resolve().parent.parent
OUTPUT = ROOT / "playwright" / "output"
QUIET = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--no-pings",
]
MEMBERS = range(1, 200)
EXPECTED = r"Failed to load resource: (.*status of 4\d\d|net::ERR_FAILED)|htmx: htmx:error: Failed to fetch"
PATIENCE = 15_000  # milliseconds a locator or an expectation waits before a test fails

FAILED = pytest.StashKey[bool]()
expect.set_options(timeout=PATIENCE)

OpenPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: playwright's loop, once begun, is in the way of asyncio tests."""
    items.sort(key=lambda item: item.path.is_relative_to(ROOT / "playwright"))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let a test's fixtures know whether it failed."""
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@contextmanager
def _town(data: Path, captcha: str) -> Iterator[Town]:
    write_members(data / "members.csv", MEMBERS)
    with app(data, WEBAPP_CAPTCHA=captcha, WEBAPP_LIMITS_SCALE="1000") as running, ExitStack() as browsers:
        import_members(data / "members.csv", data)
        yield Town(running, (Member(n) for n in MEMBERS), browsers)


@pytest.fixture(scope="session")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """`webapp run` as members meet it, the proof of work on; it must end cleanly."""
    with _town(tmp_path_factory.mktemp("town"), "altcha") as running:
        yield running


@pytest.fixture(scope="session")
def plain_town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The same without the proof of work, which needs a script."""
    with _town(tmp_path_factory.mktemp("plain"), "off") as running:
        yield running


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser `make test` names in CHROMIUM, or the one tools/browser brings."""
    found = subprocess.run([ROOT / "tools" / "browser"], check=True, stdout=subprocess.PIPE, text=True)
    flags = [*QUIET, "--no-sandbox"] if os.geteuid() == 0 else QUIET
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=found.stdout.strip(), args=flags)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser, town: Town, request: pytest.FixtureRequest) -> Iterator[OpenPage]:
    """Open a page in a fresh context (cookies of its own); takes the options of `browser.new_context`.

    What a page's console calls an error (an exception, a breach of the CSP) fails the test; a 4xx or a network that
    is away does not.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_one(**options: object) -> Page:
        context = chromium.new_context(**{"base_url": town.app.url, **options})  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        context.on("console", lambda said: complaints.append(said.text) if _is_complaint(said) else None)
        context.on("weberror", lambda error: complaints.append(str(error.error)))
        contexts.append(context)
        return context.new_page()

    yield open_one
    if request.node.stash.get(FAILED, False):
        _keep_pictures(contexts, request.node.name)
    for context in contexts:
        context.close()
    assert not complaints


def _is_complaint(said: ConsoleMessage) -> bool:
    return said.type == "error" and not re.match(EXPECTED, said.text)


def _keep_pictures(contexts: list[BrowserContext], name: str) -> None:
    OUTPUT.mkdir(exist_ok=True)
    for number, page in enumerate(page for context in contexts for page in context.pages):
        page.screenshot(path=OUTPUT / f"{name}-{number}.png", full_page=True)
