"""Open sign-ins and known browsers in the database: found by the hash of a cookie, dead once the account moved on."""

from dataclasses import replace
from uuid import UUID

from piccolo.custom_types import Combinable

from webapp.adapters import sign_in_rows
from webapp.adapters.database.engine import current
from webapp.adapters.database.tables import Browser, SignIn
from webapp.adapters.holding import Held
from webapp.adapters.ids import uuid_or_none
from webapp.adapters.keys import Keyring
from webapp.adapters.sign_in_life import forgotten
from webapp.adapters.sign_in_rows import browser_key
from webapp.core.limits import SIGN_IN
from webapp.core.state import Visitor
from webapp.ports import SignedIn
from webapp.ports import SignIn as Line


class PiccoloSignIns:
    """ports.SignIns."""

    def __init__(self, keys: Keyring) -> None:
        self._keys = keys

    def token(self, journey: str) -> str:
        """The cookie of the sign-in that a journey opens."""
        return self._keys.digest("sign-in-cookie", journey)

    def browser(self, journey: str) -> str:
        """The cookie of a browser that becomes known in a journey."""
        return self._keys.digest("browser-cookie", journey)

    async def open(self, journey: str, member: str, visitor: Visitor, now: float, since: float) -> None:
        """One INSERT that does nothing when the journey has its sign-in. Two journeys wait for each other at the
        account's row, so that the later one sees the earlier one and ends it."""
        key = browser_key(member, visitor.browser)
        async with current().transaction():
            match await sign_in_rows.hold(member):
                case (account, gate) if gate.admits(since, now):
                    row = await sign_in_rows.begin(account, gate.era, self.token(journey), key, visitor.agent, now)
                    if row:
                        await sign_in_rows.know(row)
                        await _end((SignIn.account == account) & (SignIn.browser == key) & (SignIn.id != row.id), now)

    async def find(self, token: str, now: float) -> SignedIn | None:
        """One look, one conditional UPDATE: whoever ends it in between wins."""
        found = await sign_in_rows.one(SignIn.token == sign_in_rows.hashed(token))
        if found is None or not found.open(now) or not await sign_in_rows.alter(found, {SignIn.seen_at: now}):
            return None
        life = replace(found.life, seen_at=now)
        return SignedIn(str(found.id), found.member, life.opened_at, life.ends_at(found.gate), life.until(found.gate))

    async def known(self, member: str, browser: str, now: float) -> bool:
        """Whether that browser is known to be this member's."""
        return await sign_in_rows.knows(browser_key(member, browser), now)

    async def history(self, member: str, now: float) -> list[Line]:
        """Sign-ins, the newest first; when one ended is reckoned."""
        recent = (SignIn.account.member == member) & (SignIn.opened_at > forgotten(now))
        return [
            Line(
                str(found.id), found.agent, found.life.opened_at, found.life.seen_at, found.life.death(found.gate, now)
            )
            for found in await sign_in_rows.every(recent)
            if found.life.shown(found.gate, now)
        ]

    async def end(self, member: str, sign_in: str, now: float) -> bool:
        """One look, one conditional UPDATE; of two at once the first ends it."""
        own = (SignIn.id == uuid_or_none(sign_in)) & (SignIn.account.member == member)
        found = await sign_in_rows.one(own)
        return found is not None and found.open(now) and await sign_in_rows.alter(found, {SignIn.ended_at: now})

    async def end_others(self, member: str, kept: str, now: float) -> None:
        """Atomic. A browser that is forgotten has to prove itself again."""
        async with current().transaction():
            match await sign_in_rows.hold(member):
                case (account, _):
                    own = SignIn.account == account
                    await _end(own & (SignIn.id != UUID(kept)), now)
                    mine = await SignIn.select(SignIn.browser).where(own & (SignIn.id == UUID(kept))).first()
                    others = Browser.key != (mine["browser"] if mine else "")
                    await Browser.delete().where((Browser.account == account) & others)

    async def forget(self, now: float) -> None:
        """Two DELETEs by indexed times."""
        await SignIn.delete().where(SignIn.opened_at <= forgotten(now))
        await Browser.delete().where(Browser.seen_at <= now - SIGN_IN.browser)


async def carry(kept: str, before: Held, era: int) -> None:
    """Within a transaction: take one sign-in and its browser along into the new era of their account."""
    one = (SignIn.id == uuid_or_none(kept)) & (SignIn.account == UUID(before.number)) & (SignIn.era == before.era)
    for carried in await SignIn.update({SignIn.era: era}).where(one).returning(SignIn.browser):
        await Browser.update({Browser.era: era}).where(Browser.key == carried["browser"])


async def _end(those: Combinable, now: float) -> None:
    await SignIn.update({SignIn.ended_at: now}).where(those & SignIn.ended_at.is_null())
