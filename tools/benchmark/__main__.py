"""What a journey costs: whole journeys over plain HTTP at 1, 8 and 32 members at once, beside a null endpoint.

CPU is that of web, worker and store; the client's own and the reading of the codes are not counted.
"""

import asyncio
import json
import secrets
import signal
import sys
import tempfile
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import click
from rich.console import Console

from tests.support.journey import Member, import_members, write_members
from tests.support.servers import App, app
from tools.benchmark import mailbox, tables
from tools.benchmark.figures import Figures, collect
from tools.benchmark.load import AT_ONCE, WARM_UP, Bench, hash_cpu
from tools.benchmark.meter import Servers
from webapp.settings import Settings

_IDLE: Final = 3.0  # seconds
_ALONE: Final = 4  # one member at a time walks a fourth of the journeys: there each waits alone for its codes
_DEFAULT: Final = 192
_WIDTH: Final = 120  # characters, where no terminal says


@click.command(help=__doc__)
@click.option("--journeys", type=click.IntRange(4, 5000), default=_DEFAULT, show_default=True, help="For each load.")
@click.option("--json", "file", type=click.Path(path_type=Path), default=Path("var/bench.json"), show_default=True)
def main(journeys: int, file: Path) -> None:
    """Start the product on its own data, measure it, stop it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    with tempfile.TemporaryDirectory(prefix="mon-compte-bench-") as folder:
        data = Path(folder) / "data"
        settings = _settings(data)
        members = range(1, WARM_UP + 2 * sum(_share(journeys, at_once) for at_once in AT_ONCE) + 1)
        write_members(Path(folder) / "members.csv", members)
        with app(data, **settings) as running:
            import_members(Path(folder) / "members.csv", data, **settings)
            found = asyncio.run(_measure(running, members, journeys, settings))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(found, indent=2), encoding="utf-8")
    tables.show(found, Console() if sys.stdout.isatty() else Console(width=_WIDTH))


def _settings(data: Path) -> dict[str, str]:
    """The product as `make run` has it, without a robot check and with budgets that nobody reaches."""
    return {
        "WEBAPP_DATA_DIR": str(data),
        "WEBAPP_SECRET_KEYS": secrets.token_hex(),
        "WEBAPP_DATABASE_URL": "",
        "WEBAPP_REDIS_URL": "",
        "WEBAPP_CAPTCHA": "off",
        "WEBAPP_EMAIL": "outbox",
        "WEBAPP_SMS": "outbox",
        "WEBAPP_LIMITS_SCALE": "1000000",
    }


def _share(journeys: int, at_once: int) -> int:
    return journeys if at_once > 1 else journeys // _ALONE


async def _measure(running: App, members: range, journeys: int, chosen: dict[str, str]) -> Figures:
    port, servers = urlsplit(running.url).port or 0, Servers(running.process.pid)
    settings = Settings.model_validate({name.removeprefix("WEBAPP_").lower(): text for name, text in chosen.items()})
    async with mailbox.opened(settings) as mailboxes:
        bench = Bench(port, (Member(n) for n in members), mailboxes, servers)
        await bench.warm()
        idle = await bench.idle(_IDLE)
        levels = [await bench.level(at_once, _share(journeys, at_once)) for at_once in AT_ONCE]
    return collect(levels, servers, idle, await hash_cpu())


if __name__ == "__main__":
    main()
