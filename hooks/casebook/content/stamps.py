"""Whether a file is what it was, without reading it, by what the system keeps of it."""

import os

Stamp = tuple[int, ...]
"""Is another after a change. Git goes by the same, to see what has changed."""


def stamp(known: os.stat_result) -> Stamp:
    """Return the file's kind and permissions, times of change to the nanosecond, size and number."""
    return (known.st_mode, known.st_ctime_ns, known.st_mtime_ns, known.st_size, known.st_ino)


def folder_stamp(known: os.stat_result) -> Stamp:
    """Return what changes as soon as something in the folder comes, goes or is replaced, wherever it lies."""
    return (known.st_mtime_ns, known.st_ino)
