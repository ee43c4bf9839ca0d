"""How long who edits a case study waits: `casebook serve`, asked for the page until it shows the edit."""

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

_PATIENCE = 1800
"""Seconds after which no edit is waited for any longer."""


@dataclass(frozen=True)
class Waits:
    """Seconds on the clock."""

    first: float
    """From the start of the command until the first page is served."""
    edits: list[float]
    """From saving each edit of a body until the page is served with it."""


def measure(root: FilePath, runs: int) -> Waits:
    """Serve the project, and edit as many bodies, one after another."""
    started = time.monotonic()
    with _served(root) as address:
        first = time.monotonic() - started
        edits = []
        for number in range(runs):
            time.sleep(2)  # nobody saves twice in one breath
            edits.append(_edit(root, address, number))
    return Waits(first, edits)


def _edit(root: FilePath, address: str, number: int) -> float:
    page = f"{address}/case-studies/case-{number}/"
    text = _ask(page)
    saved = time.monotonic()
    sentence = project.edit_body(root, number)
    while sentence not in text:
        time.sleep(0.01)
        text = _ask(page)
        if time.monotonic() - saved > _PATIENCE:
            raise Failed(f"casebook serve: the edit is not shown after {_PATIENCE} seconds")
    return time.monotonic() - saved


@contextmanager
def _served(root: FilePath) -> Iterator[str]:
    """Serve on a free port of this machine; at the end, stop all that was started for it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    command = [sys.executable, "-m", "casebook", "serve", "--address", place]
    log = root.with_suffix(".log")
    with log.open("wb") as output:
        server = subprocess.Popen(command, cwd=root, stdout=output, stderr=output, start_new_session=True)
    try:
        while not _answers(f"http://{place}/"):  # it reads everything first
            if server.poll() is not None:
                raise Failed(f"casebook serve stopped:\n{log.read_text(encoding='utf-8')}")
            time.sleep(0.1)
        yield f"http://{place}"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def _answers(address: str) -> bool:
    try:
        _ask(address)
    except urllib.error.URLError:
        return False
    return True


def _ask(address: str) -> str:
    with urllib.request.urlopen(address, timeout=_PATIENCE) as answer:
        return answer.read().decode()
