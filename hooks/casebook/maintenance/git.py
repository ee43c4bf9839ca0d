"""The two sides of a review, as Git has them; the only module that runs it.

Names and blobs only, whose bytes are never run: no checkout, hook or filter.
"""

import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path as FilePath

from casebook.content import shown

_FILES = ("100644", "100755")


class NotReviewed(Exception):
    """There is nothing to review. The message says why."""


@dataclass(frozen=True)
class Entry:
    mode: str
    digest: str
    size: int


@dataclass(frozen=True)
class Tree:
    """Every file of a commit, by its path with forward slashes."""

    root: FilePath
    entries: Mapping[str, Entry]

    def is_file(self, path: str) -> bool:
        return path in self.entries and self.entries[path].mode in _FILES

    def contents(self, paths: Sequence[str]) -> Iterator[bytes]:
        """Yield the bytes of the given files, in the same order, as they were committed."""
        digests = "".join(f"{self.entries[path].digest}\n" for path in paths)
        output = _run(self.root, "cat-file", "--batch", stdin=digests.encode())
        start = 0
        for _ in paths:
            end = output.index(b"\n", start)
            size = int(output[start:end].split()[-1])
            yield output[end + 1 : end + 1 + size]
            start = end + size + 2  # a line end follows the bytes

    def write(self, paths: Sequence[str], into: FilePath) -> None:
        """Write these files below the folder. Anything but a regular file becomes a dangling link.

        Links are written last, so that no file is written through one.
        """
        files = [path for path in paths if self.is_file(path)]
        for path, raw in zip(files, self.contents(files), strict=True):
            with _safe_path(path, into) as target:
                target.write_bytes(raw)
        for path in sorted(set(paths) - set(files)):
            with _safe_path(path, into) as target:
                target.symlink_to("nowhere")


@dataclass(frozen=True, kw_only=True)
class ChangedFile:
    path: str
    what: str
    """added, changed or removed."""
    size: int
    """In bytes, of the head's version."""


def from_git(root: FilePath, base: str, head: str) -> tuple[Tree, Tree]:
    """Return the two trees of `git diff base...head`: the merge base's and the head's."""
    _run(root, "rev-parse", fault=f"{root} is not in a Git repository.")
    head_commit = _commit(root, head)
    fault = f"{shown(base)} and {shown(head)} have no commit in common. Is this a shallow clone?"
    merge_base = _run(root, "merge-base", _commit(root, base), head_commit, fault=fault)
    return _tree(root, merge_base.decode().strip()), _tree(root, head_commit)


def changed_files(base: Tree, head: Tree) -> Iterator[ChangedFile]:
    """Yield every file that differs, sorted by path."""
    for path in sorted({*base.entries, *head.entries}):
        before, after = base.entries.get(path), head.entries.get(path)
        if before != after:
            what = "added" if not before else "changed" if after else "removed"
            yield ChangedFile(path=path, what=what, size=after.size if after else 0)


def _commit(root: FilePath, revision: str) -> str:
    fault = f'"{shown(revision)}" is not a revision that Git knows here.'
    command = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return _run(root, *command, fault=fault).decode().strip()


def _tree(root: FilePath, commit: str) -> Tree:
    entries = {}
    for line in _run(root, "ls-tree", "-r", "-l", "-z", "--full-tree", commit).split(b"\0")[:-1]:
        facts, _, name = line.partition(b"\t")
        mode, _, digest, size = facts.decode().split()
        entries[os.fsdecode(name)] = Entry(mode, digest, 0 if size == "-" else int(size))
    return Tree(root, entries)


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


def _run(root: FilePath, *arguments: str, fault: str = "", stdin: bytes = b"") -> bytes:
    """Return Git's output. If it fails, raises NotReviewed with `fault`, or else with Git's message."""
    command = ["git", "--no-replace-objects", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, input=stdin, capture_output=True, check=False)
    except FileNotFoundError:
        raise NotReviewed("Git is not installed.") from None
    if done.returncode:
        message = shown(done.stderr.decode(errors="replace").strip(), most=300)
        raise NotReviewed(fault or f"Git refused: {message}")
    return done.stdout
