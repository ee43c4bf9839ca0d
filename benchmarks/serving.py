"""Measures how long an edit takes to be served by `casebook serve`, by polling the page."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path as FilePath

from benchmarks import project
from benchmarks.measure import Failed

_TIMEOUT = 1800
"""Seconds to wait for an edit."""


@dataclass(frozen=True)
class Waits:
    """Elapsed seconds."""

    first: float
    """From starting the command until the first page is served."""
    edits: list[float]
    """From saving each edit of a body until its page is served."""


def measure(root: FilePath, runs: int) -> Waits:
    """Serve the project, and edit `runs` bodies, one after another."""
    started = time.monotonic()
    with _served(root) as address:
        first = time.monotonic() - started
        edits = []
        for number in range(runs):
            time.sleep(2)  # as an author would pause between two saves
            edits.append(_edit(root, address, number))
    return Waits(first, edits)


def _edit(root: FilePath, address: str, number: int) -> float:
    page = f"{address}/case-studies/case-{number}/"
    text = _fetch(page)
    saved = time.monotonic()
    sentence = project.edit_body(root, number)
    while sentence not in text:
        time.sleep(0.01)
        text = _fetch(page)
        if time.monotonic() - saved > _TIMEOUT:
            raise Failed(f"casebook serve: the edit is not shown after {_TIMEOUT} seconds")
    return time.monotonic() - saved


@contextmanager
def _served(root: FilePath) -> Iterator[str]:
    """Serve on a free local port, and yield the address; stop the server and its children at the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "casebook", "serve", "--address", address]
    log = root.with_suffix(".log")
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=root, stdout=output, stderr=output, start_new_session=True)
    try:
        while not _responds(f"http://{address}/"):  # it loads everything first
            if server.poll() is not None:
                raise Failed(f"casebook serve stopped:\n{log.read_text(encoding='utf-8')}")
            time.sleep(0.1)
        yield f"http://{address}"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def _responds(address: str) -> bool:
    try:
        _fetch(address)
    except urllib.error.URLError:
        return False
    return True


def _fetch(address: str) -> str:
    with urllib.request.urlopen(address, timeout=_TIMEOUT) as answer:
        return answer.read().decode()
