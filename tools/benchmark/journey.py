"""One member's way through the screens as a plain browser goes it: forms with the page's token, each 303 followed."""

import re
import time
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from tests.support.journey import PASSWORD, SCREENS, Member
from tests.support.visitor import HOME
from tools.benchmark.connection import Answer, Connection, connected
from tools.benchmark.mailbox import Mailbox

LANGUAGES: Final = ("fr", "ar", "")  # in turn; a browser that names neither language gets both
PASSWORD_SCREEN: Final = "mot-de-passe"  # noqa: S105  an address
END: Final = "termine"
_TOKEN: Final = re.compile(rb'name="_csrf_token" value="([^"]+)"')


class Astray(Exception):
    """A member stands elsewhere than the journey says."""


@dataclass
class Timings:
    """Seconds by request ("GET email"), of each message ("code by e-mail"), and of each whole journey."""

    requests: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    messages: defaultdict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    journeys: list[float] = field(default_factory=list)


@dataclass
class Walker:
    """A member on the way; `asked_at` is when the last form went out (Unix seconds)."""

    member: Member
    browser: Connection
    mailbox: Mailbox
    timings: Timings
    asked_at: float = 0.0

    async def walk(self, until: str) -> None:
        """From the start page to a screen. Raises Astray."""
        page = await self._open("")
        page = await self._send("", page, {"door": "activation"}, SCREENS[0])
        for here, there in pairwise(SCREENS):
            if here == until:
                return
            page = await self._send(here, page, await self._fields(here), there)

    async def _open(self, screen: str) -> Answer:
        page = await self.browser.get(f"{HOME}/{screen}".rstrip("/"))
        self.timings.requests[f"GET {screen or 'start'}"].append(page.took)
        if page.status != 200:
            raise Astray(f"GET {screen} answered {page.status}")
        return page

    async def _send(self, screen: str, page: Answer, fields: dict[str, str], towards: str) -> Answer:
        token = _TOKEN.search(page.body)
        if token is None:
            raise Astray(f"{screen}: no form on the page")
        path, self.asked_at = f"{HOME}/{screen}".rstrip("/"), time.time()
        sent = await self.browser.post(path, {**fields, "_csrf_token": token[1].decode()})
        self.timings.requests[f"POST {screen or 'start'}"].append(sent.took)
        if (sent.status, sent.located) != (303, f"{HOME}/{towards}"):
            raise Astray(f"POST {screen} answered {sent.status} {sent.located}, expected {towards}")
        return await self._open(towards)

    async def _fields(self, screen: str) -> dict[str, str]:
        match screen:
            case "conditions":
                return {"accept": "yes"}
            case "identification":
                return self.member.identity
            case "paiement":
                return self.member.payment
            case "email" | "telephone":
                return self.member.contact[screen]
            case "email-code":
                return await self._code("e-mail", self.member.email)
            case "telephone-code":
                return await self._code("SMS", self.member.phone)
            case _:
                return {"password": PASSWORD, "password_confirm": PASSWORD}

    async def _code(self, channel: str, address: str) -> dict[str, str]:
        code, came_at = await self.mailbox.code(address)
        self.timings.messages[f"code by {channel}"].append(max(0.0, came_at - self.asked_at))
        return {"code": code}


async def walk(member: Member, port: int, mailbox: Mailbox, timings: Timings, until: str) -> None:
    """A whole journey in a browser of its own. Raises Astray."""
    began = time.perf_counter()
    async with connected(port, LANGUAGES[member.n % len(LANGUAGES)]) as browser:
        await Walker(member, browser, mailbox, timings).walk(until)
    timings.journeys.append(time.perf_counter() - began)
