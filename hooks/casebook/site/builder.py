"""The site, built beside the last one, and put into its place only when it is whole and without a fault."""

import ctypes
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path as FilePath

from filelock import FileLock

from casebook.content import Refused
from casebook.environment import ORDER, Track
from casebook.model import Catalogue, Reader
from casebook.site import frame, html_proofer, manifest, templates
from casebook.site.edition import Edition, made, make_edition
from casebook.site.manifest import Manifest
from casebook.site.templates import NotBuilt

SITE = "site"
_BESIDE = ".site-"
"""Begins the names of unfinished and outgoing sites, beside the finished one."""
_LEVEL = re.compile(r"^(Error: |(ERROR|WARNING) +-  )")
"""How MkDocs begins its complaints."""
_GENERATOR = "mkdocs"
"""The program that turns Markdown into the hand-written pages: MkDocs 1.x, or one that takes its place."""
_HERE, _EXCHANGE = -100, 2
"""AT_FDCWD and RENAME_EXCHANGE of Linux's renameat2."""


@dataclass(frozen=True)
class Built:
    cases: int
    is_new: bool
    """False if nothing has changed since it was made."""


def build_site(root: FilePath, load: Callable[[], Catalogue], track: Track) -> Built:
    """Build the site of what `load` returns, unless it stands there. Raises NotBuilt, with every fault.

    What MkDocs made for the last site is used again if nothing has changed of what that was made from.
    """
    mask = os.umask(0o022)  # what is published is for everybody to read, whoever builds it
    try:
        _refuse_place(root)
        with FileLock(root / ".site.lock"):  # another build of the same folder is waited for
            _sweep(root, root / SITE)
            last = manifest.last(root, root / SITE)
            state = manifest.everything(root)  # what changes from here on is left to the next build
            if last and last.everything == state:
                return Built(last.cases, is_new=False)
            catalogue = load()
            _build(root, catalogue, track, state, last)
        return Built(len(catalogue.cases), is_new=True)
    except (OSError, Refused, UnicodeDecodeError) as error:
        if fault := templates.explain(error, root):
            raise NotBuilt(fault) from error
        raise
    finally:
        os.umask(mask)


def _build(root: FilePath, catalogue: Catalogue, track: Track, state: str, last: Manifest | None) -> None:
    target = root / SITE
    fresh = FilePath(tempfile.mkdtemp(prefix=f"{_BESIDE}new-", dir=root))
    fresh.chmod(0o755)
    try:
        ground = manifest.ground(root, made(root, catalogue))
        if last and last.ground == ground:
            shell, names = last.shell, last.mkdocs
            _copy(target, names, fresh)
        else:
            shell = build_shell(root, catalogue, fresh)
            names = tuple(sorted(html_proofer.files_in(fresh)))
        complete(make_edition(root, catalogue, shell), fresh, track)
        record = Manifest(state, len(catalogue.cases), manifest.standing(fresh, names), ground, shell, names)
        manifest.save(root, record)
        _exchange(fresh, target)
    finally:
        with suppress(NotBuilt):  # what can't be removed does no harm, and the next build names it
            _sweep(root, target)


def _copy(source: FilePath, names: Iterable[str], target: FilePath) -> None:
    for name in names:
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source / name, target / name)


def complete(edition: Edition, folder: FilePath, track: Track) -> None:
    """Add what is made from the catalogue to MkDocs' part, and read the proofs. Raises NotBuilt."""
    edition.write(folder, track)
    found = html_proofer.faults(folder, edition.sources, edition.shell.site.url)
    if found:
        number = f"{len(found)} faults" if len(found) > 1 else "1 fault"
        raise NotBuilt("\n".join([*found, f"{number} in the finished pages."]))


def _refuse_place(root: FilePath) -> None:
    """Raise NotBuilt if what is at the place of the site, or of its manifest, can't be replaced."""
    target, record = root / SITE, root / manifest.FILE
    if record.is_symlink() or (record.exists() and not record.is_file()):
        raise NotBuilt(f"{record.name} is not an ordinary file. Move it away.")
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise NotBuilt(f"{SITE} is not a folder of its own: a link or a file is there. Move it away.")
    if target.exists() and not os.access(target, os.R_OK | os.W_OK | os.X_OK):
        raise NotBuilt(f"{SITE}/ may not be read and changed: mend its permissions, or move it away.")


def build_shell(root: FilePath, catalogue: Catalogue, fresh: FilePath) -> frame.Shell:
    """Let MkDocs write its part of the site, and the shell of the other pages. Raises NotBuilt."""
    with tempfile.TemporaryDirectory(prefix=f"{_BESIDE}order-", dir=root) as folder:
        order = FilePath(folder, "order.json")
        frame.save(made(root, catalogue), order)
        _mkdocs(root, "build", "--strict", "--site-dir", str(fresh), **{ORDER: str(order)})
        return Reader().read(frame.Shell, frame.saved(order))


def _mkdocs(root: FilePath, *arguments: str, **variables: str) -> None:
    """Run MkDocs. Raises NotBuilt, in its words less what it says of its progress."""
    done = subprocess.run(
        [sys.executable, "-m", _GENERATOR, *arguments],
        cwd=root,
        env=os.environ | {"NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"} | variables,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,  # Ctrl+C is ours to answer
        check=False,
    )
    if done.returncode:
        said = (_LEVEL.sub("", line) for line in done.stdout.splitlines() if not line.startswith("INFO "))
        lines = [line for line in said if line and not line.startswith("Aborted with ")]
        raise NotBuilt("\n".join([*lines, "MkDocs could not build its part."]))


def _exchange(fresh: FilePath, target: FilePath) -> None:
    """Put the fresh site into its place; on Linux there is no moment without a site."""
    if not target.exists():
        fresh.rename(target)
    elif not _exchanged(fresh, target):
        target.rename(fresh.with_name(fresh.name.replace("new-", "old-")))
        fresh.rename(target)


def _exchanged(one: FilePath, other: FilePath) -> bool:
    """Swap two folders at once, as Linux can."""
    swap = getattr(ctypes.CDLL(None), "renameat2", None)
    return bool(swap and swap(_HERE, bytes(one), _HERE, bytes(other), _EXCHANGE) == 0)


def _sweep(root: FilePath, target: FilePath) -> None:
    """Remove what builds that were killed have left; bring the last site back if one was killed halfway.

    Raises NotBuilt for what can't be removed.
    """
    for left in sorted(root.glob(f"{_BESIDE}*-*")):
        if left.name.startswith(f"{_BESIDE}old-") and not target.exists():
            left.rename(target)
            continue
        try:
            shutil.rmtree(left)
        except OSError as error:
            message = f"{left.name}/, which an earlier build left, can't be removed: {error.strerror}."
            raise NotBuilt(message) from error
