"""Servers that a test starts end with it, even when the test run itself is killed."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, NamedTuple

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


class Account(NamedTuple):
    """The user and group a server runs as; None for our own."""

    user: str | int | None = None
    group: str | int | None = None


OURSELVES = Account()


def free_port() -> int:
    """A loopback port that nobody held a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(
    command: list[str], log: IO[bytes], *, account: Account = OURSELVES, env: dict[str, str] | None = None
) -> subprocess.Popen[bytes]:
    """Start a server in a group of its own, its words in `log`."""
    return subprocess.Popen(
        command,
        stdout=log,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
        env=env,
        start_new_session=True,
        preexec_fn=_die_with_parent,  # noqa: PLW1509 -- one thread here, and the call only tells the kernel
        user=account.user,
        group=account.group,
        extra_groups=[] if account.user is not None else None,
    )


def wait_until(ready: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, seconds: float) -> None:
    """Return when `ready`; raise with the end of the log when the server dies first or takes longer."""
    deadline = time.monotonic() + seconds
    while not ready():
        died = process.poll() is not None
        if died or time.monotonic() > deadline:
            why = f"ended with {process.returncode}" if died else f"was not ready in {seconds} s"
            raise RuntimeError(f"{process.args!r} {why}:\n{tail(log)}")
        time.sleep(0.02)


def stop(process: subprocess.Popen[bytes], sig: signal.Signals = signal.SIGTERM, seconds: float = 10) -> int:
    """Ask with a signal, wait, and return the exit code; what does not listen is killed and counts as -9."""
    if process.poll() is None:
        process.send_signal(sig)
    try:
        return process.wait(seconds)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return process.wait()


def tail(log: Path, characters: int = 4000) -> str:
    """The last words of a log."""
    return log.read_text(encoding="utf-8", errors="replace")[-characters:]


def _die_with_parent() -> None:
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
