"""What the servers cost, read from the kernel: CPU before and after a load, memory while it goes on."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

import psutil

BILLED: Final = ("web", "worker", "store")
SUPERVISOR: Final = "supervisor"
_GLANCE: Final = 0.5  # seconds between two looks at the memory
_MB: Final = 1024 * 1024
_WORDS: Final = {"serve": "web", "worker": "worker"}

Sizes = dict[str, dict[str, float]]


@dataclass
class Spent:
    """One load: wall seconds, CPU seconds by server, of the client, and the share of the machine that others took."""

    seconds: float = 0.0
    cpu: dict[str, float] = field(default_factory=dict)
    client: float = 0.0
    others: float = 0.0

    @property
    def billed(self) -> float:
        """CPU seconds of web, worker and store together."""
        return sum(self.cpu[role] for role in BILLED)


class Servers:
    """The processes of one product by role; `peak` is their memory (MB, by kind and role) where the sum was highest."""

    def __init__(self, supervisor: int) -> None:
        parent = psutil.Process(supervisor)
        self.processes = {_role(child): child for child in parent.children()} | {SUPERVISOR: parent}
        self.peak: Sizes = {"rss": dict.fromkeys(BILLED, 0.0), "pss": dict.fromkeys(BILLED, 0.0)}

    @asynccontextmanager
    async def metered(self) -> AsyncIterator[Spent]:
        """Fill in what the work inside costs. Raises psutil.NoSuchProcess when a server died meanwhile."""
        spent, watching = Spent(), asyncio.create_task(self._watch())
        cpu, client, machine, began = self._cpu(), time.process_time(), _busy(), time.perf_counter()
        try:
            yield spent
        finally:
            watching.cancel()
            with suppress(asyncio.CancelledError):
                await watching
        spent.seconds = time.perf_counter() - began
        spent.cpu = {role: after - cpu[role] for role, after in self._cpu().items()}
        spent.client = time.process_time() - client
        ours = sum(spent.cpu.values()) + spent.client
        spent.others = max(0.0, _busy() - machine - ours) / (spent.seconds * (psutil.cpu_count() or 1))
        self._look()

    def memory(self) -> Sizes:
        """Megabytes by kind and role: resident, and with shared pages divided among those who share them."""
        sizes = {role: process.memory_full_info() for role, process in self.processes.items()}
        return {
            "rss": {role: size.rss / _MB for role, size in sizes.items()},
            "pss": {role: size.pss / _MB for role, size in sizes.items()},
        }

    async def _watch(self) -> None:
        while True:
            await asyncio.sleep(_GLANCE)
            self._look()

    def _look(self) -> None:
        now = self.memory()
        if total(now["rss"]) > total(self.peak["rss"]):
            self.peak = now

    def _cpu(self) -> dict[str, float]:
        times = {role: process.cpu_times() for role, process in self.processes.items()}
        return {role: time.user + time.system for role, time in times.items()}


def total(sizes: dict[str, float]) -> float:
    """Web, worker and store together."""
    return sum(sizes[role] for role in BILLED)


def _role(process: psutil.Process) -> str:
    words = process.cmdline()
    return next((role for word, role in _WORDS.items() if word in words), "store")


def _busy() -> float:
    """CPU seconds that the machine spent on anything, by whomever, or was denied by its host."""
    now = psutil.cpu_times()
    return sum(now) - now.idle - getattr(now, "iowait", 0.0) - getattr(now, "guest", 0.0)
