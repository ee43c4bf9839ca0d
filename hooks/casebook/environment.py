"""The only place that asks the machine what day it is and whether somebody is watching."""

import os
import sys
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

import click


def today() -> date:
    """The day of SOURCE_DATE_EPOCH (seconds since 1970, as reproducible builds set it), or today in UTC."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    return (datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)).date()


def progress(items: Sequence[Any], label: str) -> AbstractContextManager[Iterable[Any]]:
    """Hand the items on, with a progress bar if standard error is a terminal and there are many."""
    hidden = not sys.stderr.isatty() or len(items) < 50
    return click.progressbar(items, label=label, file=sys.stderr, hidden=hidden)
