"""`webapp run`: everything for the main job under one parent that leaves nothing behind."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Final

HOST: Final = "127.0.0.1"
_GLANCE: Final = 0.05  # seconds between two looks at the children while they start
_WATCH: Final = 0.5  # and afterwards
_GRACE: Final = 6.0  # seconds all children have to end by themselves
_REST: Final = 0.5  # seconds before a worker that died is started again
_PR_SET_PDEATHSIG: Final = 1
_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

Process = subprocess.Popen[bytes]


class PortTaken(Exception):
    """Another program listens there."""


class Stop(Exception):
    """A signal asked for the end."""


@dataclass
class Children:
    """What runs beside the parent. The end of the web ends the run; the worker is started again."""

    store: Process | None = None
    web: Process | None = None
    worker: Process | None = None


def stop_on_signals() -> None:
    """From here on a signal raises `Stop`; under make, the end of make is one too."""
    for number in _SIGNALS:
        signal.signal(number, _stop)
    if "MAKELEVEL" in os.environ:
        die_with_parent()


def claim(port: int) -> None:
    """PortTaken when that port is not free."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            raise PortTaken(f"port {port} is taken; choose another one: PORT={port + 1} make run") from None


@contextmanager
def ending() -> Iterator[Children]:
    """The children of a run, all of them ended at its end, the store last."""
    children = Children()
    try:
        yield children
    finally:
        for number in _SIGNALS:
            signal.signal(number, signal.SIG_IGN)
        deadline = time.monotonic() + _GRACE
        _end([child for child in (children.web, children.worker) if child], deadline)
        _end([children.store] if children.store else [], deadline)


def watch(children: Children, port: int, ready: Callable[[], None]) -> int:
    """Start web and worker and stay with them; the web's exit code. `ready` is called once the first page is there."""
    children.web = web = _spawn("serve", "--host", HOST, "--port", str(port))
    children.worker = _spawn("worker")
    waiting = True
    while (code := web.poll()) is None:
        if waiting and _healthy(port):
            waiting = False
            ready()
        if children.worker.poll() is not None:
            time.sleep(_REST)
            children.worker = _spawn("worker")
        time.sleep(_GLANCE if waiting else _WATCH)
    return code or 1


def die_with_parent() -> None:
    """Ask the kernel for SIGTERM when the parent is gone (Linux; elsewhere a killed parent leaves its children)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _spawn(*words: str) -> Process:
    """A child in a session of its own: Ctrl-C reaches the parent alone, which then ends its children in order."""
    return subprocess.Popen(
        [sys.executable, "-m", "webapp", *words],
        start_new_session=True,
        preexec_fn=die_with_parent,  # noqa: PLW1509  the parent has no threads
    )


def _healthy(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://{HOST}:{port}/healthz", timeout=1) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _stop(_: int, __: FrameType | None) -> None:
    raise Stop


def _end(children: list[Process], deadline: float) -> None:
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
            child.wait()
