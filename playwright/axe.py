"""What axe-core finds wrong with a screen: WCAG 2.2 AA, and what its authors hold to be good practice."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

AXE = Axe().axe_script  # half a megabyte: `page.add_init_script(script=AXE)` brings it once for many screens
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_OPTIONS = {"runOnly": {"type": "tag", "values": _TAGS}, "resultTypes": ["violations"]}
_RUN = """options => axe.run(options).then(
    found => found.violations.map(one => [one.id, one.nodes.map(node => node.html.slice(0, 200))]))"""


def faults(page: Page) -> list[tuple[str, list[str]]]:
    """Each rule that the screen breaks as it stands, and where."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[tuple[str, list[str]]] = page.evaluate(_RUN, _OPTIONS)
    return found
