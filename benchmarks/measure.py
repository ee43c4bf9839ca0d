"""Measures the cost of a command."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path as FilePath

_TIMED = FilePath(__file__).with_name("timed.py")
OUTPUT = "site"
"""The folder into which every tool builds, below its root."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    user: float
    """CPU seconds in user mode, its children included."""
    system: float
    """CPU seconds in the kernel."""
    wall: float
    """Elapsed seconds."""
    peak: float
    """Peak resident memory of its largest process, in MiB."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """One command of a tool, run several times."""

    tool: str
    what: str
    """What the command does, for the report."""
    root: FilePath
    command: Sequence[str]
    prepare: Callable[[int], None] = lambda number: None
    """Called before each run, unmeasured, with the number of the run from 0."""


class Failed(Exception):
    """The command did not exit with 0."""


def run(job: Job, number: int) -> Cost:
    """Prepare and run the command. Raises Failed, with the command's output."""
    job.prepare(number)
    os.sync()  # so that no earlier command's data is flushed at this one's cost
    log = job.root.with_suffix(".log")
    command = [sys.executable, "-I", str(_TIMED), str(log), *job.command]
    done = subprocess.run(command, cwd=job.root, stdout=subprocess.PIPE, check=True)
    cost = json.loads(done.stdout)
    code = cost.pop("exit")
    if code:
        output = log.read_text(encoding="utf-8", errors="replace")
        raise Failed(f"{job.tool}, {job.what}: exit code {code}\n{output}")
    return Cost(**cost)


def cold(root: FilePath) -> Callable[[int], None]:
    """Return a function that puts aside, beside the folder, everything created in it after this call.

    It is not deleted: on ext4, that would cost the next command seconds in the kernel.
    """
    original = {path.name for path in root.iterdir()}

    def clean(number: int) -> None:
        aside = FilePath(tempfile.mkdtemp(prefix=f"{root.name}-before-", dir=root.parent))
        for path in root.iterdir():
            if path.name not in original:
                path.rename(aside / path.name)

    return clean


def output_size(root: FilePath, size: int) -> tuple[int, float]:
    """Return the number of HTML files and the MB of all files that were built.

    Raises Failed if a case study has no page.
    """
    site = root / OUTPUT
    pages = sum(1 for _ in site.glob("case-studies/case-*/index.html"))  # the list's further pages are none
    if pages != size:
        raise Failed(f"{root.name}: {pages} pages of {size} case studies")
    sizes = [path.stat().st_size for path in site.rglob("*") if path.is_file()]
    return sum(1 for _ in site.rglob("*.html")), sum(sizes) / 1e6
