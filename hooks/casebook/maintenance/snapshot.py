"""The two sides of a review as trees of files: names, kinds, sizes, and bytes that are never run."""

import hashlib
import os
import stat
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path as FilePath

from casebook.content import shown

FILE, LINK, OTHER = "file", "link", "other"


class NotReviewed(Exception):
    """There is nothing to review. The message says why."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    kind: str
    size: int
    digest: str
    """Equal for equal contents, within trees of one kind (commits or folders)."""


@dataclass(frozen=True)
class Tree:
    """Every file of a commit or a folder, by its path with forward slashes."""

    entries: Mapping[str, Entry]
    contents: Callable[[Sequence[str]], Iterator[bytes]]
    """Yields the bytes of the given files, in the same order."""

    def is_file(self, path: str) -> bool:
        """Whether the path exists and is a regular file."""
        return path in self.entries and self.entries[path].kind == FILE

    def below(self, folder: str) -> tuple[str, ...]:
        """Return the paths inside the folder."""
        return tuple(path for path in self.entries if path.startswith(f"{folder}/"))


@dataclass(frozen=True, kw_only=True)
class ChangedFile:
    """A file that differs between the two sides."""

    path: str
    what: str
    """added, changed or removed."""
    size: int
    """In bytes, of the head's version."""


def from_folder(root: FilePath) -> Tree:
    """Return the tree of a folder, without `.git`. Links are never followed."""
    if not root.is_dir():
        raise NotReviewed(f"There is no folder {shown(str(root), most=200)}.")

    def contents(paths: Sequence[str]) -> Iterator[bytes]:
        return ((root / path).read_bytes() for path in paths)

    found = {}
    for folder, folders, names in os.walk(root):
        links = [name for name in folders if (FilePath(folder) / name).is_symlink()]
        folders[:] = sorted(set(folders) - {".git", *links})
        for name in [*names, *links]:
            path = FilePath(folder) / name
            found[path.relative_to(root).as_posix()] = _entry(path)
    return Tree(found, contents)


def changed_files(base: Tree, head: Tree) -> tuple[ChangedFile, ...]:
    """Return every file that differs, sorted by path."""
    missing = Entry(kind="", size=0, digest="")
    found = []
    for path in sorted({*base.entries, *head.entries}):
        before, after = base.entries.get(path, missing), head.entries.get(path, missing)
        what = "added" if before is missing else "removed" if after is missing else "changed"
        if before != after:
            found.append(ChangedFile(path=path, what=what, size=after.size))
    return tuple(found)


def split_by_folder(
    found: Iterable[ChangedFile], folder: str
) -> tuple[tuple[ChangedFile, ...], tuple[ChangedFile, ...]]:
    """Return the files in the folder, and all others."""
    inside = tuple(one for one in found if one.path.startswith(f"{folder}/"))
    return inside, tuple(one for one in found if one not in inside)


def write_files(tree: Tree, paths: Sequence[str], into: FilePath) -> None:
    """Write these files below the folder. Anything but a regular file becomes a dangling link.

    Links are written last, so that no file is written through one.
    """
    files = [path for path in paths if tree.entries[path].kind == FILE]
    for path, raw in zip(files, tree.contents(files), strict=True):
        with _safe_path(path, into) as target:
            target.write_bytes(raw)
    for path in sorted(set(paths) - set(files)):
        with _safe_path(path, into) as target:
            target.symlink_to("nowhere")


@contextmanager
def _safe_path(path: str, into: FilePath) -> Iterator[FilePath]:
    """Yield the path below `into`. Git allows names that no file system does, and paths that lead out."""
    try:
        if {"", ".", ".."} & set(path.split("/")):
            raise OSError("it leads out of the folder")
        (into / path).parent.mkdir(parents=True, exist_ok=True)
        yield into / path
    except OSError as error:
        raise NotReviewed(f"{shown(path)} can't be laid out: {error.strerror or error}.") from None


def _entry(path: FilePath) -> Entry:
    status = path.lstat()
    if stat.S_ISREG(status.st_mode):
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        return Entry(kind=FILE, size=status.st_size, digest=digest)
    if stat.S_ISLNK(status.st_mode):
        return Entry(kind=LINK, size=status.st_size, digest=str(path.readlink()))
    return Entry(kind=OTHER, size=0, digest="")
