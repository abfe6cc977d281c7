"""Passwords into Argon2id and back to a yes or no, in threads: the event loop serves others meanwhile."""

import asyncio
import os
import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from argon2 import PasswordHasher, Type
from argon2.exceptions import VerificationError

from webapp.ports import Verified

MEMORY_KIB: Final = 19 * 1024
_TIME_COST: Final = 2
_LANES: Final = 1
_AT_ONCE: Final = max(1, (os.cpu_count() or 1) - 1)  # hashes side by side: one core stays with the event loop


class Argon2Hasher:
    """ports.Hasher: Argon2id, 19 MiB, t=2, p=1 (OWASP)."""

    def __init__(self) -> None:
        self._argon2 = PasswordHasher(time_cost=_TIME_COST, memory_cost=MEMORY_KIB, parallelism=_LANES, type=Type.ID)
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="argon2")
        self._nobodys = self._argon2.hash(secrets.token_hex())  # what a stranger's password is compared with

    async def hash(self, password: str) -> str:
        """The PHC string of a password, which is never cut."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._argon2.hash, password)

    async def verify(self, password: str, password_hash: str | None) -> Verified:
        """Compare; a hash that is none fits nothing."""
        loop = asyncio.get_running_loop()
        right = await loop.run_in_executor(self._threads, self._fits, password, password_hash or self._nobodys)
        if not right or not password_hash:
            return Verified(right=False)
        return Verified(right=True, stale=self._argon2.check_needs_rehash(password_hash))

    def _fits(self, password: str, password_hash: str) -> bool:
        try:
            return self._argon2.verify(password_hash, password)
        except (VerificationError, ValueError):
            return False
