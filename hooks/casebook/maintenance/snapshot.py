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
    """There is nothing here that could be reviewed; says why, in plain words."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    kind: str
    size: int
    digest: str
    """Says whether the contents are the same; of trees of one sort only."""


@dataclass(frozen=True)
class Tree:
    """Every file of a commit or a folder, by its path with forward slashes."""

    entries: Mapping[str, Entry]
    contents: Callable[[Sequence[str]], Iterator[bytes]]
    """The bytes of these files, in the same order."""

    def is_file(self, path: str) -> bool:
        """Whether it is there, and an ordinary file."""
        return path in self.entries and self.entries[path].kind == FILE

    def below(self, folder: str) -> tuple[str, ...]:
        """The paths that lie in the folder."""
        return tuple(path for path in self.entries if path.startswith(f"{folder}/"))


@dataclass(frozen=True, kw_only=True)
class Touched:
    """A file that one side has otherwise than the other."""

    path: str
    what: str
    """added, changed or removed."""
    size: int
    """In bytes, of what the head has there."""


def from_folder(root: FilePath) -> Tree:
    """The tree of a folder, less `.git`. Links are never followed."""
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


def touched(base: Tree, head: Tree) -> tuple[Touched, ...]:
    """Every file that differs, sorted by path."""
    nothing = Entry(kind="", size=0, digest="")
    found = []
    for path in sorted({*base.entries, *head.entries}):
        before, after = base.entries.get(path, nothing), head.entries.get(path, nothing)
        what = "added" if before is nothing else "removed" if after is nothing else "changed"
        if before != after:
            found.append(Touched(path=path, what=what, size=after.size))
    return tuple(found)


def parted(found: Iterable[Touched], folder: str) -> tuple[tuple[Touched, ...], tuple[Touched, ...]]:
    """Those in the folder, and those elsewhere."""
    inside = tuple(one for one in found if one.path.startswith(f"{folder}/"))
    return inside, tuple(one for one in found if one not in inside)


def lay_out(tree: Tree, paths: Sequence[str], into: FilePath) -> None:
    """Write these files below the folder. What is no ordinary file becomes a link to nowhere.

    Links come last, so that nothing is ever written through one.
    """
    files = [path for path in paths if tree.entries[path].kind == FILE]
    for path, raw in zip(files, tree.contents(files), strict=True):
        with _room_for(path, into) as place:
            place.write_bytes(raw)
    for path in sorted(set(paths) - set(files)):
        with _room_for(path, into) as place:
            place.symlink_to("nowhere")


@contextmanager
def _room_for(path: str, into: FilePath) -> Iterator[FilePath]:
    """Git can hold names that no folder can, and names that lead out of it."""
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
