"""Members' mailboxes and phones, read from the database beside the servers: no server pays for the reading."""

import asyncio
import re
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from webapp.adapters.database.engine import connected
from webapp.adapters.delivered import DevelopmentSender
from webapp.adapters.keys import Keyring
from webapp.settings import Settings

_GLANCE: Final = 0.02  # seconds between two looks
_PATIENCE: Final = 30.0  # seconds for one message
_NEWEST: Final = 80  # messages read at a look: many more than come between two
_CODE: Final = re.compile(r"\b[0-9]{6}\b")


@dataclass
class Mailbox:
    """All mailboxes; a code is handed out once it is there."""

    _codes: defaultdict[str, asyncio.Future[tuple[str, float]]] = field(
        default_factory=lambda: defaultdict(asyncio.Future)
    )
    _seen: set[str] = field(default_factory=set)

    async def code(self, address: str) -> tuple[str, float]:
        """The first code for an address, and when it came (Unix seconds)."""
        async with asyncio.timeout(_PATIENCE):
            return await self._codes[address]

    async def watch(self, sender: DevelopmentSender) -> None:
        """Look for new messages until cancelled."""
        while True:
            for message in await sender.newest_first(_NEWEST):
                self._take(message)
            await asyncio.sleep(_GLANCE)

    def _take(self, message: dict[str, str]) -> None:
        if message["id"] in self._seen:
            return
        self._seen.add(message["id"])
        found, waiting = _CODE.search(message["body"]), self._codes[message["to"]]
        if found and not waiting.done():
            waiting.set_result((found[0], datetime.fromisoformat(message["created_at"]).timestamp()))


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Mailbox]:
    """The mailboxes of the product with these settings."""
    mailbox = Mailbox()
    async with connected(settings.database):
        watching = asyncio.create_task(mailbox.watch(DevelopmentSender(Keyring(settings.secrets), time.time)))
        try:
            yield mailbox
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
