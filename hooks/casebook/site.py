"""MkDocs, run so that a failing or killed build leaves the last good site as it was."""

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path as FilePath

SITE = "site"
_BESIDE = ".site-"
"""Begins the names of unfinished and outgoing sites, beside the finished one."""


def build(root: FilePath) -> int:
    """Build beside the last site, then put the new one in its place; return MkDocs' exit code."""
    target = root / SITE
    with _lock(root):
        _sweep(root)
        fresh = FilePath(tempfile.mkdtemp(prefix=f"{_BESIDE}new-", dir=root))
        fresh.chmod(0o755)
        code = _mkdocs(root, "build", "--strict", "--site-dir", str(fresh))
        if code == 0:
            _exchange(fresh, target)
        _sweep(root)
    return code


def serve(root: FilePath, address: str) -> int:
    """Serve the site, and rebuild on every change; return MkDocs' exit code."""
    return _mkdocs(root, "serve", "--livereload", "--dev-addr", address)


def _mkdocs(root: FilePath, *arguments: str) -> int:
    environment = os.environ | {"NO_MKDOCS_2_WARNING": "1"}
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments], cwd=root, env=environment, check=False
    ).returncode


def _exchange(fresh: FilePath, target: FilePath) -> None:
    if target.exists():
        target.rename(fresh.with_name(fresh.name.replace("new-", "old-")))
    fresh.rename(target)


def _sweep(root: FilePath) -> None:
    for left in root.glob(f"{_BESIDE}*-*"):
        shutil.rmtree(left)


@contextmanager
def _lock(root: FilePath) -> Iterator[None]:
    """Wait for any other build of the same folder."""
    with (root / ".site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
