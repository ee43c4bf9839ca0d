"""The only place that asks the machine what day it is, what is built and whether somebody is watching."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from pathlib import Path as FilePath
from typing import Any, TextIO

import click

ORDER = "CASEBOOK_ORDER"


def today() -> date:
    """The day of SOURCE_DATE_EPOCH (seconds since 1970, as reproducible builds set it), or today in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date()


def somebody_answers() -> bool:
    """Whether there is a terminal at the other end, at which somebody can be asked something."""
    # To read a line, Python wants standard error, too, wherever that leads.
    return _is_terminal(sys.stdin) and _is_terminal(sys.stdout) and sys.stderr is not None


def commit() -> str:
    """The commit that is built, as SOURCE_COMMIT names it; empty if nobody says."""
    return os.environ.get("SOURCE_COMMIT", "")


def told(variables: Iterable[str]) -> Iterator[str]:
    """Yield what a build goes by beside the project's files: the day, these variables, all versions."""
    yield from (str(today()), commit(), sys.version)
    yield from (f"{name}={os.environ.get(name, '')}" for name in variables)
    for path in sys.path:
        yield from sorted(folder.name for folder in FilePath(path).glob("*.dist-info"))


def order() -> FilePath | None:
    """The file in which `casebook build` tells the MkDocs that it runs what it wants of it."""
    file = os.environ.get(ORDER)
    return FilePath(file) if file else None


def progress(items: Sequence[Any], label: str) -> AbstractContextManager[Iterable[Any]]:
    """Hand the items on, with a progress bar if standard error is a terminal and there are many."""
    return click.progressbar(items, label=label, file=sys.stderr, hidden=_nobody_waits_for(len(items)))


def checking(paths: Sequence[FilePath]) -> AbstractContextManager[Iterable[FilePath]]:
    """The same for case studies that are checked."""
    return progress(paths, "Checking")


def counter(length: int, label: str) -> Callable[[], None]:
    """Return what to call after each step of as many, to move such a bar on."""
    bar = click.progressbar(length=length, label=label, file=sys.stderr, hidden=_nobody_waits_for(length))
    left = iter(range(length - 1, -1, -1))

    def step() -> None:
        bar.update(1)
        if next(left, 0) == 0:
            bar.render_finish()

    return step


def rendering(length: int) -> Callable[[], None]:
    """The same for as many pages that are rendered."""
    return counter(length, "Rendering")


def _nobody_waits_for(length: int) -> bool:
    return length < 50 or not _is_terminal(sys.stderr)


def _is_terminal(stream: TextIO | None) -> bool:
    """Whether it is one. Where it was closed before the program began, Python has nothing in its place."""
    return stream is not None and stream.isatty()
