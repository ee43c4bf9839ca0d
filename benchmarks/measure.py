"""What a command costs."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath

_TIMED = FilePath(__file__).with_name("timed.py")
OUTPUT = "site"
"""The folder that every tool builds, below its root."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    user: float
    """Seconds of CPU in the program, its children included."""
    system: float
    """Seconds of CPU in the kernel, for it."""
    wall: float
    """Seconds that a person waits."""
    peak: float
    """MiB of memory that its largest process held at its largest."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """One command of a tool, to be run many times."""

    tool: str
    what: str
    """What the command does, in words."""
    root: FilePath
    command: Sequence[str]
    prepare: Callable[[int], None] = lambda number: None
    """What is to be done before, unmeasured. It is told the number of the run, from 0."""


class Failed(Exception):
    """The command did not exit with 0."""


def run(job: Job, number: int) -> Cost:
    """Do what is to be done before, then run the command. Raises Failed, with what the command printed."""
    job.prepare(number)
    os.sync()  # what others wrote is not written out at this command's cost
    log = job.root.with_suffix(".log")
    command = [sys.executable, "-I", str(_TIMED), str(log), *job.command]
    done = subprocess.run(command, cwd=job.root, stdout=subprocess.PIPE, check=True)
    cost = json.loads(done.stdout)
    code = cost.pop("exit")
    if code:
        said = log.read_text(encoding="utf-8", errors="replace")
        raise Failed(f"{job.tool}, {job.what}: exit code {code}\n{said}")
    return Cost(**cost)


def cold(root: FilePath) -> Callable[[int], None]:
    """Return what takes away all that was made in the folder after this call."""
    laid = {path.name for path in root.iterdir()}

    def forget(number: int) -> None:
        for path in root.iterdir():
            if path.name not in laid:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    return forget


def made(root: FilePath, size: int) -> tuple[int, float]:
    """Return how many HTML files were built, and the MB of all files.

    Raises Failed if a case study has no page.
    """
    site = root / OUTPUT
    pages = sum(1 for _ in site.glob("case-studies/*/index.html"))
    if pages != size:
        raise Failed(f"{root.name}: {pages} pages of {size} case studies")
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    return sum(1 for _ in site.rglob("*.html")), sum(sizes) / 1e6
