"""Files that people keep, written whole or not at all: beside their place, then put there in one step."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path as FilePath

UNFINISHED = ".casebook-new."
"""How every file begins that is no case study yet. Git passes it over, and so does the build."""


def replace_file(path: FilePath, text: str) -> None:
    """Write the file anew. Raises OSError, and then it is as it was."""
    with _beside(path.parent, text) as written:
        written.replace(path)


def create_file(path: FilePath, text: str, root: FilePath) -> None:
    """Write a new file, first in the folder `root`. Raises FileExistsError if there is one by now."""
    with _beside(root, text) as written:
        try:
            path.hardlink_to(written)
        except FileExistsError:
            raise
        except OSError:  # such as a memory stick: no file can have two names there
            if path.exists():
                raise FileExistsError(path) from None
            written.rename(path)


def sweep(folder: FilePath) -> None:
    """Remove what programs that were killed have left half written."""
    for path in folder.glob(f"{UNFINISHED}{'[a-z0-9_]' * 8}"):  # as mkstemp names files
        path.unlink(missing_ok=True)


@contextmanager
def _beside(folder: FilePath, text: str) -> Iterator[FilePath]:
    """Write the text into a file that is gone afterwards, unless it was given another name."""
    number, name = tempfile.mkstemp(prefix=UNFINISHED, dir=folder)
    written = FilePath(name)
    try:
        with open(number, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(number)
        written.chmod(0o666 & ~_mask())
        yield written
    finally:
        with suppress(FileNotFoundError):
            written.unlink()


def _mask() -> int:
    """Return the umask, which can be read only by setting it."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
