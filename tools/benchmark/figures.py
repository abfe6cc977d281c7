"""The figures of a run, as JSON keeps them: milliseconds, microseconds and megabytes, and which were to reach."""

import os
import platform
import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from tools.benchmark.load import Level, Nothing, Walked
from tools.benchmark.meter import BILLED, Servers, Spent, total

CPU_WHOLE: Final = 60.0  # ms a journey, the password hash included (issue 2, item 14)
CPU_SHORT: Final = 35.0  # ms a journey without it
MEMORY: Final = 250.0  # MB for web, worker and store together

Figures = dict[str, Any]


@dataclass(frozen=True)
class Target:
    """A figure to reach and what was found, for each number of members at once or once for all."""

    name: str
    limit: float
    unit: str
    found: tuple[float, ...]

    @property
    def met(self) -> bool:
        """Whether every value found, as it is shown, is within the limit."""
        return max(_all(self.found)) <= self.limit


def targets(levels: Sequence[Level], servers: Servers, hashing: float) -> list[Target]:
    """All figures to reach; `hashing` is the CPU of one hash in seconds."""
    whole, short = (
        [1000 * one.cpu for one in kind] for kind in zip(*((a.whole, a.short) for a in levels), strict=True)
    )
    hashless = (cpu - 1000 * hashing for cpu in whole)
    return [
        Target("CPU of a whole journey", CPU_WHOLE, "ms", tuple(whole)),
        Target("CPU of a journey up to the password screen", CPU_SHORT, "ms", tuple(short)),
        Target("CPU of a whole journey less one hash", CPU_SHORT, "ms", tuple(hashless)),
        Target("memory at its highest, resident", MEMORY, "MB", (total(servers.peak["rss"]),)),
    ]


def collect(levels: Sequence[Level], servers: Servers, idle: Spent, hashing: float) -> Figures:
    """Everything that was found."""
    return {
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.system()},
        "levels": [_level(level) for level in levels],
        "hash_cpu_ms": _rounded(1000 * hashing),
        "idle_cpu_ms_per_second": {role: _rounded(1000 * cpu / idle.seconds) for role, cpu in idle.cpu.items()},
        "memory_mb": {
            kind: {**{role: _rounded(size) for role, size in sizes.items()}, "sum": _rounded(total(sizes))}
            for kind, sizes in servers.peak.items()
        },
        "targets": [
            {"name": one.name, "limit": one.limit, "unit": one.unit, "found": _all(one.found), "met": one.met}
            for one in targets(levels, servers, hashing)
        ],
    }


def quantiles(seconds: Sequence[float]) -> dict[str, float]:
    """p50, p95 and p99 in milliseconds."""
    cuts = statistics.quantiles(seconds, n=100, method="inclusive") if len(seconds) > 1 else [*seconds] * 99
    return {f"p{rank}": _rounded(1000 * cuts[rank - 1]) for rank in (50, 95, 99)}


def _level(level: Level) -> Figures:
    return {
        "at_once": level.at_once,
        "whole": _walked(level.whole),
        "up_to_the_password": _walked(level.short),
        "null": _nothing(level.null),
        "screens": {name: quantiles(took) for name, took in level.whole.timings.requests.items()},
        "messages": {name: quantiles(took) for name, took in level.whole.timings.messages.items()},
    }


def _walked(walked: Walked) -> Figures:
    spent = walked.spent
    return {
        "journeys": walked.journeys,
        "journeys_per_second": _rounded(walked.journeys / spent.seconds),
        "journey_ms": quantiles(walked.timings.journeys),
        "cpu_ms": {role: _rounded(1000 * spent.cpu[role] / walked.journeys) for role in BILLED}
        | {"sum": _rounded(1000 * walked.cpu)},
        "client_cpu_ms": _rounded(1000 * spent.client / walked.journeys),
        "machine_taken_by_others": round(spent.others, 3),
    }


def _nothing(null: Nothing) -> Figures:
    return {
        "requests": len(null.took),
        "requests_per_second": _rounded(len(null.took) / null.spent.seconds),
        "cpu_us": _rounded(1e6 * null.spent.cpu["web"] / len(null.took)),
        "ms": quantiles(null.took),
    }


def _all(values: Sequence[float]) -> list[float]:
    return [_rounded(value) for value in values]


def _rounded(value: float) -> float:
    return round(value, 2)
