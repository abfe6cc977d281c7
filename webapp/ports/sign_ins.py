"""Open sign-ins, held by the server, and the browsers a member is known by."""

from dataclasses import dataclass
from typing import Protocol

from webapp.core.state import Visitor


@dataclass(frozen=True)
class SignedIn:
    """The open sign-in behind a cookie. `ends_at` (Unix seconds) is when it ends if nothing more is heard of it,
    `until` when it ends in any case."""

    id: str
    member: str
    opened_at: float
    ends_at: float
    until: float


@dataclass(frozen=True)
class SignIn:
    """One line of the history. `agent` is the kind of browser as it called itself (`firefox-android`); `ended_at` is
    None while it is open."""

    id: str
    agent: str
    opened_at: float
    seen_at: float
    ended_at: float | None


class SignIns(Protocol):
    """Sign-ins of members who have an account. Every time is in Unix seconds."""

    def token(self, journey: str) -> str:
        """The cookie of the sign-in that a journey opens: a keyed hash of its secret."""

    def browser(self, journey: str) -> str:
        """The cookie of a browser that becomes known in a journey."""

    async def open(self, journey: str, member: str, visitor: Visitor, now: float, since: float) -> None:
        """Open the journey's sign-in, once, and know the browser; an earlier sign-in of that browser ends. Nothing
        when there is no account, it is closed to sign-ins, or its password changed since it was compared."""

    async def find(self, token: str, now: float) -> SignedIn | None:
        """The open sign-in behind a cookie, its idle time begun anew; None when unknown, ended, idle, old, or from
        before a reset, a freeze or a change of password."""

    async def known(self, member: str, browser: str, now: float) -> bool:
        """Whether that browser is known to be this member's."""

    async def history(self, member: str, now: float) -> list[SignIn]:
        """Sign-ins, the newest first: the open ones and those that ended within the time of history."""

    async def end(self, member: str, sign_in: str, now: float) -> bool:
        """End one of the member's own; whether it was open."""

    async def end_others(self, member: str, kept: str, now: float) -> None:
        """End all but one, and forget every browser but the one of that sign-in."""

    async def forget(self, now: float) -> None:
        """Delete sign-ins and browsers whose time of history is over."""
