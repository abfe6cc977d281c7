"""A PostgreSQL of one's own for a test run: real, private, fast to make and gone afterwards."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

from tests.support.processes import OURSELVES, Account, free_port, start, stop, wait_until

ROOT = Path(__file__).resolve().parents[2]
# durability is of no use to a cluster that lives for minutes
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": "60"}


@dataclass(frozen=True)
class Cluster:
    """A running server; its socket lies in `folder`, and it listens on loopback too."""

    bin: Path
    folder: Path
    port: int
    _numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, database: str = "postgres") -> str:
        """Where a client reaches one database over loopback."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def new_database(self) -> str:
        """Create an empty database and return its URL."""
        name = f"test_{next(self._numbers)}"
        where = ["--host", str(self.folder), "--port", str(self.port), "--username", "postgres"]
        subprocess.run([self.bin / "createdb", *where, name], check=True)
        return self.url(name)


@contextmanager
def postgres() -> Iterator[Cluster]:
    """Run a throw-away cluster; as root it runs as another user, since PostgreSQL refuses root."""
    binaries, account = _binaries(), _account()
    folder = Path(tempfile.mkdtemp(prefix="mon-compte-pg-"))
    try:
        if account.user is not None:
            shutil.chown(folder, account.user, account.group)
        _initdb(binaries, folder, account)
        with _serving(binaries, folder, account) as cluster:
            yield cluster
    finally:
        shutil.rmtree(folder)


def _initdb(binaries: Path, folder: Path, account: Account) -> None:
    settings = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C", "--no-sync"]
    subprocess.run(
        [binaries / "initdb", "--pgdata", folder / "data", *settings],
        check=True,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        user=account.user,
        group=account.group,
        extra_groups=[] if account.user is not None else None,
    )


@contextmanager
def _serving(binaries: Path, folder: Path, account: Account) -> Iterator[Cluster]:
    cluster = Cluster(binaries, folder, free_port())
    settings = FAST | {
        "port": str(cluster.port),
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": str(folder),
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    log = folder / "log"
    with log.open("wb") as words:
        server = start([str(binaries / "postgres"), "-D", str(folder / "data"), *options], words, account=account)
        try:
            wait_until(lambda: _answers(cluster), server, log, seconds=30)
            yield cluster
        finally:
            stop(server, signal.SIGINT)  # "fast shutdown": clients are sent away


def _answers(cluster: Cluster) -> bool:
    where = ["--host", str(cluster.folder), "--port", str(cluster.port), "--quiet"]
    return subprocess.run([cluster.bin / "pg_isready", *where], check=False).returncode == 0


def _binaries() -> Path:
    """The folder `make test` names in POSTGRES_BIN, or the one tools/postgres finds."""
    found = subprocess.run([ROOT / "tools" / "postgres"], check=True, stdout=subprocess.PIPE, text=True)
    return Path(found.stdout.strip())


def _account() -> Account:
    if os.geteuid() != 0:
        return OURSELVES
    names = {entry.pw_name for entry in pwd.getpwall()}
    entry = pwd.getpwnam("postgres" if "postgres" in names else "nobody")
    return Account(entry.pw_uid, entry.pw_gid)
