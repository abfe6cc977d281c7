"""`webapp …`: what operators and developers say to the product. An error is one clear line and a non-zero exit code.

Each verb imports what it needs and no more: the first page is there sooner.
"""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import click

from webapp import settings
from webapp.members_cli import members
from webapp.settings import Misconfigured, Settings

_DEFAULT_PORT = 8000
_COLLECT_AFTER = 10_000  # new objects; the interpreter's own 700 is for small programs


class _Group(click.Group):
    """A group whose verbs fail in one line."""

    def invoke(self, ctx: click.Context) -> Any:
        from webapp.ports import Away

        try:
            return super().invoke(ctx)
        except (Misconfigured, Away) as fault:
            raise click.ClickException(str(fault)) from None


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """mon-compte: members of the fund activate an account or recover a forgotten password."""


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", default=_DEFAULT_PORT, show_default=True)
def serve(host: str, port: int) -> None:
    """Serve the site."""
    chosen = settings.load()
    import uvicorn

    from webapp.app import create

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # uvicorn raises it again after its own orderly end
    site = create(chosen)
    _settle_memory()
    uvicorn.run(
        site,
        host=host,
        port=port,
        proxy_headers=bool(chosen.trusted_proxies),
        forwarded_allow_ips=list(chosen.trusted_proxies),
        server_header=False,
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=5,
    )


def _settle_memory() -> None:
    """What was loaded stays for good: the collector need not look through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_COLLECT_AFTER, 20, 50)


@main.command()
def worker() -> None:
    """Send the messages that wait in the outbox."""
    chosen = settings.load()
    from webapp.worker import run

    _settle_memory()
    run(chosen)


@main.command()
def migrate() -> None:
    """Bring the database to the tables of today."""
    chosen = settings.load()
    _migrate(chosen)
    click.echo("the database is up to date")


@main.command()
def check() -> None:
    """Look at settings, catalogues, branding, database and store; exit 1 when something is wrong."""
    chosen = settings.load()
    from webapp.doctor import examine

    findings = examine(chosen)
    for finding in findings:
        click.echo(f"{finding.part}: {finding.fault or 'ok'}")
    sys.exit(1 if any(finding.fault for finding in findings) else 0)


@main.command()
@click.option("--port", type=click.IntRange(1, 65535), envvar="PORT", default=_DEFAULT_PORT, show_default=True)
def run(port: int) -> None:
    """Everything for the main job on this machine: store, database, demo members, web and worker. For development."""
    from webapp import branding, supervisor

    chosen = settings.load()
    if "base_url" not in chosen.model_fields_set:
        os.environ["WEBAPP_BASE_URL"] = f"http://{supervisor.HOST}:{port}"
        chosen = settings.load()
    if chosen.production:
        raise click.ClickException("webapp run is for development; production runs `webapp serve` and `webapp worker`")
    branding.read(chosen.branding)  # once here, not again and again in the children
    _run(chosen, port)


def _run(chosen: Settings, port: int) -> None:
    from webapp import supervisor
    from webapp.adapters import embedded_store
    from webapp.members_cli import load_demo

    supervisor.stop_on_signals()
    try:
        supervisor.claim(port)
        with supervisor.ending() as children:
            if chosen.embedded_store:
                children.store = embedded_store.start(chosen.store, supervisor.die_with_parent)
            _migrate(chosen)
            members = load_demo(chosen)
            code = supervisor.watch(children, port, lambda: click.echo(_greeting(chosen, members)))
    except (supervisor.PortTaken, embedded_store.StoreFailed) as fault:
        raise click.ClickException(str(fault)) from None
    except supervisor.Stop:
        code = 0
    sys.exit(code)


def _migrate(chosen: Settings) -> None:
    from webapp.adapters.database.migrate import migrate

    asyncio.run(migrate(chosen.database))


def _greeting(chosen: Settings, members: Sequence[Mapping[str, str]]) -> str:
    rows = [
        f"  {member['registration_number']:<12} {member['employer_id']:<12} {member['national_id']:<10} "
        f"{member['birth_date']}  {member['bank_last8'] or member['civil_status_number']:<10} {member['name']}"
        for member in members
    ]
    heading = f"  {'registration':<12} {'employer id':<12} {'CNI':<10} {'born':<10}  {'bank/civil':<10} name"
    return "\n".join(
        [
            "",
            f"mon-compte is at {chosen.base_url}/mon_compte",
            f"codes and notices arrive at {chosen.base_url}/dev/outbox",
            "",
            "demo members to try (all fictional):",
            heading,
            *rows,
            "",
            "Ctrl-C stops everything.",
        ]
    )


main.add_command(members)

if __name__ == "__main__":
    main()
