"""Twin of the sign-ins' adapter that lives in memory, for tests; it passes the suite of its port."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import uuid4

from webapp.adapters.memory_accounts import Books, Opened
from webapp.adapters.sign_in_life import Life, forgotten
from webapp.core.limits import SIGN_IN
from webapp.core.state import Visitor
from webapp.ports import SignedIn, SignIn


@dataclass
class MemorySignIns:
    """ports.SignIns."""

    books: Books

    def token(self, journey: str) -> str:
        """The cookie of the sign-in that a journey opens."""
        return f"sign-in of {journey}"

    def browser(self, journey: str) -> str:
        """The cookie of a browser that becomes known in a journey."""
        return f"browser of {journey}"

    async def open(self, journey: str, member: str, visitor: Visitor, now: float, since: float) -> None:
        """Once for its journey."""
        gate, token = self.books.gate(member), self.token(journey)
        if gate is None or not gate.admits(since, now) or token in self.books.sign_ins:
            return
        self._end(lambda before: (before.member, before.browser) == (member, visitor.browser), now)
        life = Life(gate.era, now, now, None)
        self.books.sign_ins[token] = Opened(str(uuid4()), member, visitor.browser, visitor.agent, life)
        self.books.browsers[member, visitor.browser] = gate.era, now

    async def find(self, token: str, now: float) -> SignedIn | None:
        """The open sign-in behind a cookie, its idle time begun anew."""
        opened = self.books.sign_ins.get(token)
        gate = self.books.gate(opened.member) if opened else None
        if opened is None or gate is None or opened.life.death(gate, now) is not None:
            return None
        life = replace(opened.life, seen_at=now)
        self.books.sign_ins[token] = replace(opened, life=life)
        return SignedIn(opened.id, opened.member, life.opened_at, life.ends_at(gate), life.until(gate))

    async def known(self, member: str, browser: str, now: float) -> bool:
        """Whether that browser is known to be this member's."""
        gate, known = self.books.gate(member), self.books.browsers.get((member, browser))
        return gate is not None and known is not None and gate.knows(*known, now)

    async def history(self, member: str, now: float) -> list[SignIn]:
        """The newest first."""
        gate = self.books.gate(member)
        own = [opened for opened in self.books.sign_ins.values() if opened.member == member]
        return [
            SignIn(opened.id, opened.agent, opened.life.opened_at, opened.life.seen_at, opened.life.death(gate, now))
            for opened in sorted(own, key=lambda opened: (opened.life.opened_at, opened.id), reverse=True)
            if gate and opened.life.shown(gate, now)
        ]

    async def end(self, member: str, sign_in: str, now: float) -> bool:
        """End one of the member's own; whether it was open."""
        opened = [line for line in await self.history(member, now) if line.id == sign_in and line.ended_at is None]
        self._end(lambda one: one.id in [line.id for line in opened], now)
        return bool(opened)

    async def end_others(self, member: str, kept: str, now: float) -> None:
        """End all but one, and forget every browser but its own."""
        self._end(lambda one: one.member == member and one.id != kept, now)
        staying = {(member, one.browser) for one in self.books.sign_ins.values() if one.id == kept}
        for pair in [pair for pair in self.books.browsers if pair[0] == member and pair not in staying]:
            del self.books.browsers[pair]

    async def forget(self, now: float) -> None:
        """Delete what is over."""
        for token in [token for token, one in self.books.sign_ins.items() if one.life.opened_at <= forgotten(now)]:
            del self.books.sign_ins[token]
        for pair in [pair for pair, (_, at) in self.books.browsers.items() if at + SIGN_IN.browser <= now]:
            del self.books.browsers[pair]

    def _end(self, those: Callable[[Opened], bool], now: float) -> None:
        for token, one in self.books.sign_ins.items():
            if those(one) and one.life.ended_at is None:
                self.books.sign_ins[token] = replace(one, life=replace(one.life, ended_at=now))
