"""The site, built beside the last one, and put into its place only when it is whole and without a fault."""

import ctypes
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path as FilePath
from urllib.parse import urlsplit

from filelock import FileLock

from casebook import drawing, printing, proofs, shell
from casebook.catalogue import Catalogue
from casebook.environment import ORDER

SITE = "site"
_BESIDE = ".site-"
"""Begins the names of unfinished and outgoing sites, beside the finished one."""
_HERE, _EXCHANGE = -100, 2
"""AT_FDCWD and RENAME_EXCHANGE of Linux's renameat2."""


Count = Callable[[int], Callable[[], None]]
"""Is told how many pages there are, and returns what to call after each."""


class NotBuilt(Exception):
    """There is no new site, and why, in words. The last one is as it was."""


def build(root: FilePath, catalogue: Catalogue, count: Count) -> None:
    """Build the site of this catalogue. Raises NotBuilt, which names every fault, and OSError."""
    target = root / SITE
    if target.is_symlink() or target.is_file():
        raise NotBuilt(f"{SITE} is not a folder of its own: a link or a file is there. Move it away.")
    with FileLock(root / ".site.lock"):  # another build of the same folder is waited for
        _sweep(root, target)
        fresh = FilePath(tempfile.mkdtemp(prefix=f"{_BESIDE}new-", dir=root))
        fresh.chmod(0o755)
        try:
            theme = shell_of(root, catalogue, fresh)
            templates = drawing.templates(root, theme.site)
            edition = printing.Edition(root, catalogue, theme, templates)
            complete(edition, fresh, count)
            _exchange(fresh, target)
        finally:
            _sweep(root, target)


def complete(edition: printing.Edition, folder: FilePath, count: Count) -> None:
    """Add what is made from the catalogue to MkDocs' part, and read the proofs. Raises NotBuilt."""
    try:
        edition.write(folder, count(len(edition.pages)))
    except drawing.TemplateFault as error:
        raise NotBuilt(str(error)) from error
    base = urlsplit(edition.shell.site.url or "/").path
    found = proofs.faults(folder, edition.sources, base)
    if found:
        number = f"{len(found)} faults" if len(found) > 1 else "1 fault"
        raise NotBuilt("\n".join([*found, f"{number} in the finished pages."]))


def shell_of(root: FilePath, catalogue: Catalogue, fresh: FilePath) -> shell.Shell:
    """Let MkDocs write its part of the site, and the shell of the other pages. Raises NotBuilt."""
    with tempfile.TemporaryDirectory() as folder:
        order = FilePath(folder, "order.json")
        shell.place_order(printing.made(catalogue), order)
        _mkdocs(root, "build", "--strict", "--site-dir", str(fresh), **{ORDER: str(order)})
        return shell.load(order)


def _mkdocs(root: FilePath, *arguments: str, **variables: str) -> None:
    """Run MkDocs. Raises NotBuilt, in its words less what it says of its progress."""
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=root,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"} | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,  # Ctrl+C is ours to answer
        check=False,
    )
    if done.returncode:
        lines = [line for line in done.stdout.splitlines() if line and not line.startswith("INFO ")]
        raise NotBuilt("\n".join([*lines, "MkDocs could not build its part."]))


def _exchange(fresh: FilePath, target: FilePath) -> None:
    """Put the fresh site into its place; on Linux there is no moment without a site."""
    outgoing = fresh.with_name(fresh.name.replace("new-", "old-"))
    if not target.exists():
        fresh.rename(target)
    elif _exchanged(fresh, target):
        fresh.rename(outgoing)
    else:
        target.rename(outgoing)
        fresh.rename(target)


def _exchanged(one: FilePath, other: FilePath) -> bool:
    """Swap two folders at once, as Linux can."""
    swap = getattr(ctypes.CDLL(None), "renameat2", None)
    return bool(swap) and swap(_HERE, bytes(one), _HERE, bytes(other), _EXCHANGE) == 0


def _sweep(root: FilePath, target: FilePath) -> None:
    """Remove what builds that were killed have left; bring the last site back if one was killed halfway."""
    for left in sorted(root.glob(f"{_BESIDE}*-*")):
        if left.name.startswith(f"{_BESIDE}old-") and not target.exists():
            left.rename(target)
        else:
            shutil.rmtree(left)
