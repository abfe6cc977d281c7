"""Sign-ins and browsers as rows, each with the word of its account on it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID, uuid4

from piccolo.columns import Column
from piccolo.custom_types import Combinable

from webapp.adapters.database.tables import Account, Browser, SignIn
from webapp.adapters.sign_in_life import Gate, Life

_GATE: Final = ("era", "created_at", "password_at", "alarmed_at", "opens_at", "frozen_at", "closes_at")


@dataclass(frozen=True)
class Found:
    """A sign-in as the database has it, and the account's word on it."""

    id: UUID
    member: str
    agent: str
    life: Life
    gate: Gate

    def open(self, now: float) -> bool:
        """Whether it has not ended by now."""
        return self.life.death(self.gate, now) is None


async def every(where: Combinable) -> list[Found]:
    """The sign-ins that fit, the newest first."""
    columns = (*SignIn.all_columns(), SignIn.account.member, *_gate_of(SignIn.account))
    rows = await SignIn.select(*columns).where(where).order_by(SignIn.opened_at, SignIn.id, ascending=False)
    return [_found(row) for row in rows]


async def one(where: Combinable) -> Found | None:
    """The sign-in that fits."""
    return next(iter(await every(where)), None)


async def alter(found: Found, values: dict[Column | str, Any]) -> bool:
    """Write to a sign-in unless somebody ended it. One conditional UPDATE."""
    alive = (SignIn.id == found.id) & SignIn.ended_at.is_null()
    return bool(await SignIn.update(values).where(alive).returning(SignIn.id))


async def hold(member: str) -> tuple[UUID, Gate] | None:
    """Within a transaction: the id of a member's account and its word on sign-ins, its row held until the end.
    Whoever writes to several rows of a member holds it first, so that no two wait for each other. An UPDATE that
    changes nothing is how both databases say it."""
    same: dict[Column | str, Any] = {Account.era: Account.era}
    rows = await Account.update(same).where(Account.member == member).returning(Account.id, *_gate_of(Account))
    return (rows[0]["id"], _gate(rows[0])) if rows else None


async def begin(account: UUID, era: int, token: str, browser: str, agent: str, now: float) -> SignIn | None:
    """Write a new sign-in; None when its cookie has one already."""
    row = SignIn(
        id=uuid4(),
        account=account,
        token=hashed(token),
        browser=browser,
        agent=agent,
        era=era,
        opened_at=now,
        seen_at=now,
    )
    return row if await SignIn.insert(row).on_conflict(action="DO NOTHING").returning(SignIn.id) else None


async def know(row: SignIn) -> None:
    """Write down that the browser of a sign-in is known, or known again."""
    browser = Browser(key=row.browser, account=row.account, era=row.era, seen_at=row.opened_at)
    fresh = [Browser.era, Browser.seen_at]
    await Browser.insert(browser).on_conflict(target=Browser.key, action="DO UPDATE", values=fresh)


async def knows(browser: str, now: float) -> bool:
    """Whether the browser of that key is known."""
    columns = (Browser.era, Browser.seen_at, *_gate_of(Browser.account))
    row = await Browser.select(*columns).where(Browser.key == browser).first()
    return row is not None and _gate(row, "account.").knows(row["era"], row["seen_at"], now)


def hashed(cookie: str) -> str:
    """What stands for a cookie. Cookies are keyed hashes, or random: nobody finds one by trying."""
    return hashlib.sha256(cookie.encode()).hexdigest()


def browser_key(member: str, cookie: str) -> str:
    """What stands for a browser as one member's; a reference has a fixed length, so the two do not run together."""
    return hashed(f"{member}|{cookie}")


def _found(row: Mapping[str, Any]) -> Found:
    life = Life(row["era"], row["opened_at"], row["seen_at"], row["ended_at"])
    return Found(row["id"], row["account.member"], row["agent"], life, _gate(row, "account."))


def _gate_of(account: Any) -> list[Column]:
    return [getattr(account, name) for name in _GATE]


def _gate(row: Mapping[str, Any], under: str = "") -> Gate:
    era, created_at, password_at, alarmed_at, opens_at, frozen_at, closes_at = (row[under + name] for name in _GATE)
    since = created_at if password_at is None else password_at
    return Gate(era, since, alarmed_at, opens_at, frozen_at, closes_at)
