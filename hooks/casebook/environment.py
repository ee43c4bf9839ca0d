"""The only module that reads the date, the commit that is built and whether a terminal is attached."""

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path as FilePath
from typing import Any, TextIO

import click

ORDER = "CASEBOOK_ORDER"
Track = Callable[[Sequence[Any]], AbstractContextManager[Iterable[Any]]]
"""Hands the items on, one by one, and may show how far it is."""
_EPOCH = "Unset it, or give whole seconds since 1970, such as 1795478400."


def today() -> date:
    """The day of SOURCE_DATE_EPOCH (seconds since 1970, as reproducible builds set it), or today in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch and not re.fullmatch("[0-9]{1,11}", epoch):
        raise click.ClickException(f"SOURCE_DATE_EPOCH is {epoch!r}.\n    {_EPOCH}")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date()


def is_interactive() -> bool:
    """Whether standard input and output are a terminal, so that a command can prompt."""
    # To read a line, Python needs standard error, too, wherever it leads.
    return _is_terminal(sys.stdin) and _is_terminal(sys.stdout) and sys.stderr is not None


def commit() -> str:
    """The commit that is built, from SOURCE_COMMIT; empty if that is not set."""
    return os.environ.get("SOURCE_COMMIT", "")


def build_inputs(variables: Iterable[str]) -> Iterator[str]:
    """Yield what a build depends on beside the project's files: the day, these variables, all versions."""
    yield from (str(today()), commit(), sys.version)
    yield from (f"{name}={os.environ.get(name, '')}" for name in variables)
    for path in sys.path:
        yield from sorted(folder.name for folder in FilePath(path).glob("*.dist-info"))


def order() -> FilePath | None:
    """The file by which `casebook build` and the MkDocs that it runs exchange data; None otherwise."""
    file = os.environ.get(ORDER)
    return FilePath(file) if file else None


def tracked(
    items: Iterable[Any], label: str, length: int | None = None
) -> AbstractContextManager[Iterable[Any]]:
    """Return the items, with a progress bar if standard error is a terminal and there are many."""
    bar = click.progressbar(items, length, label, file=sys.stderr)
    bar.hidden = (bar.length or 0) < 50 or not _is_terminal(sys.stderr)
    return bar


checking, rendering = (partial(tracked, label=label) for label in ("Checking", "Rendering"))


def _is_terminal(stream: TextIO | None) -> bool:
    """Whether the stream is a terminal. It is None if it was closed before the program started."""
    return stream is not None and stream.isatty()
