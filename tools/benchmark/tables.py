"""The figures as somebody reads them in a terminal."""

from collections.abc import Callable
from typing import Any

from rich.console import Console
from rich.table import Table

from tools.benchmark.figures import Figures

Level = dict[str, Any]


def show(found: Figures, console: Console) -> None:
    """Four tables: what journeys cost, how long each screen takes, the memory, and the figures to reach."""
    console.print(_costs(found), _screens(found), _memory(found), _targets(found), sep="\n")


def _by_level(title: str, found: Figures) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("members at once")
    for level in found["levels"]:
        table.add_column(str(level["at_once"]), justify="right")
    return table


def _costs(found: Figures) -> Table:
    table = _by_level(f"whole journeys; {found['hash_cpu_ms']} ms of each are its password hash", found)
    rows: dict[str, Callable[[Level], object]] = {
        "journeys": lambda level: level["whole"]["journeys"],
        "journeys a second": lambda level: level["whole"]["journeys_per_second"],
        "one journey, ms": lambda level: _three(level["whole"]["journey_ms"]),
        "CPU ms a journey": lambda level: level["whole"]["cpu_ms"]["sum"],
        "  web / worker / store": lambda level: _parts(level["whole"]["cpu_ms"]),
        "CPU ms up to the password screen": lambda level: level["up_to_the_password"]["cpu_ms"]["sum"],
        "  web / worker / store ": lambda level: _parts(level["up_to_the_password"]["cpu_ms"]),
        "CPU ms of the client, not counted": lambda level: level["whole"]["client_cpu_ms"],
        "machine taken by others": lambda level: f"{100 * level['whole']['machine_taken_by_others']:.0f} %",
        "/healthz, requests a second": lambda level: level["null"]["requests_per_second"],
        "/healthz, CPU µs a request": lambda level: level["null"]["cpu_us"],
        "/healthz, ms": lambda level: _three(level["null"]["ms"]),
    }
    for name, cell in rows.items():
        table.add_row(name, *(str(cell(level)) for level in found["levels"]))
    return table


def _screens(found: Figures) -> Table:
    table = _by_level("each request and message: p50 / p95 / p99, ms", found)
    for kind in ("screens", "messages"):
        for name in found["levels"][0][kind]:
            table.add_row(name, *(_three(level[kind][name]) for level in found["levels"]))
        table.add_section()
    return table


def _memory(found: Figures) -> Table:
    resident, shared = found["memory_mb"]["rss"], found["memory_mb"]["pss"]
    table = Table(
        "MB at the highest sum", "resident", "proportional", "CPU ms a second when idle", title_justify="left"
    )
    for role in resident:
        idle = found["idle_cpu_ms_per_second"].get(role, "")
        table.add_row(role, str(resident[role]), str(shared[role]), str(idle))
    table.caption = "the sum is of web, worker and store"
    return table


def _targets(found: Figures) -> Table:
    table = Table("figure to reach", "limit", "found", "", title_justify="left")
    for one in found["targets"]:
        verdict = "[green]met[/]" if one["met"] else "[red]missed[/]"
        values = " / ".join(f"{value:.1f}" for value in one["found"])
        table.add_row(one["name"], f"≤ {one['limit']:g} {one['unit']}", values, verdict)
    return table


def _three(quantiles: dict[str, float]) -> str:
    return " / ".join(f"{value:.1f}" for value in quantiles.values())


def _parts(cpu: dict[str, float]) -> str:
    return " / ".join(f"{cpu[role]:.1f}" for role in ("web", "worker", "store"))
