"""A member with a plain browser and no script: fills in forms, follows redirects, looks hard at every page."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element

import altcha
import html5lib
import httpx

HOME = "/mon_compte"
_NAMELESS = {"submit", "button", "hidden", "image"}


@dataclass(frozen=True)
class Page:
    """An answer and, when it is HTML, its tree (no namespaces)."""

    response: httpx.Response

    @property
    def status(self) -> int:
        """The HTTP status."""
        return self.response.status_code

    @property
    def path(self) -> str:
        """The address without host and query."""
        return self.response.url.path

    @property
    def text(self) -> str:
        """The HTML as sent."""
        return self.response.text

    @cached_property
    def tree(self) -> Element:
        """The document; invalid HTML raises html5lib's ParseError."""
        parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False)
        return parser.parse(self.response.text)  # type: ignore[no-any-return]

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """The elements of a tag that carry all these attributes (`class_` for class, `_` for `-`)."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [one for one in self.tree.iter(tag) if all(one.get(name) == value for name, value in wanted.items())]

    def words(self, element: Element | None = None) -> str:
        """The text of an element, or of the page, with single spaces."""
        return " ".join("".join((element if element is not None else self.tree).itertext()).split())

    @property
    def heading(self) -> str:
        """The words of the h1."""
        return self.words(self.all("h1")[0])

    def value(self, name: str) -> str:
        """What a field holds now: the ticked one of radios, "" for none."""
        for one in self.all("input", name=name):
            if one.get("type") not in ("radio", "checkbox") or one.get("checked") is not None:
                return one.get("value") or ""
        return ""

    @property
    def errors(self) -> dict[str, str]:
        """The errors beside the fields, by field."""
        found = [one for one in self.tree.iter() if (one.get("id") or "").endswith("-error")]
        return {(one.get("id") or "").removesuffix("-error"): self.words(one) for one in found}


def police(page: Page) -> None:
    """What must hold of every page: valid HTML, a title, unique ids, labels, guarded forms, no cache, a CSP."""
    headers = page.response.headers
    assert headers["cache-control"] == "no-store"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    if headers.get("content-type", "").startswith("text/html"):
        police_html(page)


def police_html(page: Page) -> None:
    """What must hold of a page whatever brought it."""
    titles = page.all("title")
    assert [page.words(title) for title in titles if page.words(title)], "a page has a title"
    ids = [identifier for one in page.tree.iter() if (identifier := one.get("id"))]
    assert len(ids) == len(set(ids)), f"ids are unique: {sorted(ids)}"
    _police_fields(page, set(ids))
    _police_forms(page)
    assert not re.search(r"\sstyle=|\son[a-z]+=|<script>|javascript:", page.text), "nothing inline"
    assert len(page.all("h1")) == 1, "one h1"


def _police_fields(page: Page, ids: set[str]) -> None:
    labels = {label.get("for") for label in page.all("label")}
    within = {one for label in page.all("label") for one in label.iter("input")}
    for one in page.all("input"):
        if one.get("type") not in _NAMELESS:
            assert one.get("id") in labels or one in within or one.get("aria-labelledby"), (
                f"{one.get('name')} has a label"
            )
    for one in page.tree.iter():
        for reference in ("aria-describedby", "aria-labelledby", "for"):
            for target in (one.get(reference) or "").split():
                assert target in ids, f"{reference}={target} points somewhere"
        if (one.get("href") or "").startswith("#"):
            assert (one.get("href") or "")[1:] in ids, f"{one.get('href')} points somewhere"


def _police_forms(page: Page) -> None:
    for form in page.all("form"):
        assert form.get("method") == "post", "forms post"
        assert (form.get("action") or "").startswith("/"), "a form says where it goes"
        assert [one for one in form.iter("input") if one.get("name") == "_csrf_token"], "a form is guarded"


@dataclass
class Visitor:
    """One browser: cookies of its own and the page it shows. `seen` holds every page, for questions asked later."""

    client: httpx.Client
    page: Page = field(init=False)
    seen: list[Page] = field(default_factory=list)

    def get(self, path: str) -> Page:
        """Open an address."""
        return self._show(self.client.get(path))

    def send(self, path: str | None = None, /, **data: str) -> Page:
        """Post fields, with the token and the proof of the page shown, to an address (its own by default)."""
        filled = {"_csrf_token": self.token, **({"altcha": proof} if (proof := self.proof()) else {}), **data}
        return self._show(self.client.post(path or self.page.path, data=filled))

    @property
    def token(self) -> str:
        """The token of the forms on the page shown."""
        return self.page.all("input", name="_csrf_token")[0].get("value") or ""

    def plant(self, name: str, value: str) -> None:
        """Put a cookie into the browser as the site would have."""
        self.client.cookies.delete(name) if name in self.client.cookies else None
        self.client.cookies.set(name, value, domain="127.0.0.1", path="/")

    def proof(self) -> str:
        """The solution of the robot check on the page shown; "" where there is none."""
        boxes = [one for one in self.page.tree.iter() if one.get("data-altcha")]
        if not boxes:
            return ""
        challenge = altcha.Challenge.from_dict(httpx.Response(200, text=boxes[0].get("data-altcha") or "").json())
        solution = altcha.solve_challenge(challenge)
        assert solution is not None
        return altcha.Payload(challenge, solution).to_base64()

    def _show(self, response: httpx.Response) -> Page:
        page = Page(response)
        police(page)
        self.seen.append(page)
        if page.status == 303:
            address = urlsplit(urljoin(str(response.url), response.headers["location"]))
            return self._show(self.client.get(address.path, params=address.query))
        self.page = page
        return page
