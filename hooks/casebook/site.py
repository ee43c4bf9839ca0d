"""MkDocs, run so that a failing or killed build leaves the last good site as it was."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path as FilePath

from filelock import FileLock

SITE = "site"
_BESIDE = ".site-"
"""Begins the names of unfinished and outgoing sites, beside the finished one."""


def build(root: FilePath) -> int:
    """Build beside the last site, then put the new one in its place; return MkDocs' exit code."""
    target = root / SITE
    with FileLock(root / ".site.lock"):  # another build of the same folder is waited for
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
