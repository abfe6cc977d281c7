"""`webapp members …`: the fund's register, from a file or from the demo members that come with the product."""
# ruff: noqa: PLC0415 -- as in __main__: a verb imports what it needs, so that the others start at once

import asyncio
import csv
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

import click

from webapp.settings import Settings, load

if TYPE_CHECKING:
    from webapp.adapters.members_file import BadRow
    from webapp.adapters.members_import import Report, Summary

DEMO: Final = Path(__file__).with_name("demo_members.csv")


@click.group()
def members() -> None:
    """The fund's register."""


@members.command("import")
@click.argument("file", type=click.Path(path_type=Path))
def import_(file: Path) -> None:
    """Import FILE, a CSV in UTF-8; whoever is in the register already is updated.

    The header names registration_number, employer_id, national_id, birth_date (YYYY-MM-DD), payment_mode (virement or
    e-mandat), bank_last8 and civil_status_number, in any order; other columns are passed over. A bad row is reported
    by line and reason, and skipped. The exit code is 1 when rows were there and none could be taken.
    """
    from webapp.adapters.members_file import UnusableFile

    settings = load()
    try:
        with file.open("rb") as lines:
            summary = _import(settings, _watched(lines, file.stat().st_size), _report)
    except UnusableFile as fault:
        raise click.ClickException(f"{file}: {fault}") from None
    except OSError as fault:
        raise click.ClickException(f"{file}: {fault.strerror}") from None
    click.echo(f"imported {summary.imported}, updated {summary.updated}, skipped {summary.skipped}")
    if summary.skipped and not summary.imported + summary.updated:
        sys.exit(1)


@members.command()
def demo() -> None:
    """Import the demo members (development only) and show them."""
    settings = load()
    for row in load_demo(settings):
        click.echo("  ".join(value for value in row.values() if value))


def load_demo(settings: Settings) -> list[dict[str, str]]:
    """Import the demo members; their rows as in the file, `name` included. Never in production: everyone knows them."""
    if settings.production:
        raise click.ClickException("demo members are for development: everyone knows their answers")
    with DEMO.open("rb") as file:
        _import(settings, file, _report)
    with DEMO.open(encoding="utf-8", newline="") as file_again:
        return list(csv.DictReader(file_again))


def _import(settings: Settings, lines: Iterable[bytes], report: "Report") -> "Summary":
    from webapp.adapters.database.engine import connected
    from webapp.adapters.database.migrate import pending
    from webapp.adapters.keys import Keyring
    from webapp.adapters.members_import import import_members

    async def work() -> "Summary":
        async with connected(settings.database):
            if await pending():
                raise click.ClickException("the database is not up to date: run `webapp migrate` first")
            return await import_members(lines, Keyring(settings.secrets), time.time(), report)

    return asyncio.run(work())


def _report(bad: "BadRow") -> None:
    click.echo(f"line {bad.line}: {bad.reason}", err=True)


def _watched(file: BinaryIO, size: int) -> Iterator[bytes]:
    """The lines of a file of so many bytes, with a progress bar where somebody watches."""
    if not sys.stderr.isatty():
        yield from file
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("members", total=size or None)
        for line in file:
            yield line
            progress.advance(task, len(line))
