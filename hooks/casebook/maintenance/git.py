"""The only place that runs Git. It asks for names and bytes: no checkout, no hook, no filter."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path as FilePath

from casebook.content import shown
from casebook.maintenance.snapshot import FILE, LINK, OTHER, Entry, NotReviewed, Tree

_KINDS = {"100644": FILE, "100755": FILE, "120000": LINK}


def two_sides(root: FilePath, base: str, head: str) -> tuple[Tree, Tree]:
    """The trees of `git diff base...head`: where the head left the base, and the head."""
    _ask(root, "rev-parse", fault=f"{root} is not in a Git repository.")
    theirs = _commit(root, head)
    fault = f"{shown(base)} and {shown(head)} have no commit in common. Is this a shallow clone?"
    parted = _ask(root, "merge-base", _commit(root, base), theirs, fault=fault)
    return _tree(root, parted.decode().strip()), _tree(root, theirs)


def _commit(root: FilePath, revision: str) -> str:
    fault = f'"{shown(revision)}" is not a revision that Git knows here.'
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return _ask(root, *asked, fault=fault).decode().strip()


def _tree(root: FilePath, commit: str) -> Tree:
    listed = _ask(root, "ls-tree", "-r", "-l", "-z", "--full-tree", commit)
    entries = {}
    for line in listed.split(b"\0")[:-1]:
        facts, _, name = line.partition(b"\t")
        mode, _, digest, size = facts.decode().split()
        bytes_of_file = 0 if size == "-" else int(size)
        entries[os.fsdecode(name)] = Entry(kind=_KINDS.get(mode, OTHER), size=bytes_of_file, digest=digest)

    def contents(paths: Sequence[str]) -> Iterator[bytes]:
        return _blobs(root, [entries[path].digest for path in paths])

    return Tree(entries, contents)


def _blobs(root: FilePath, digests: Sequence[str]) -> Iterator[bytes]:
    """The bytes of each blob, as they were committed."""
    answer = _ask(root, "cat-file", "--batch", given="".join(f"{one}\n" for one in digests).encode())
    start = 0
    for _ in digests:
        end = answer.index(b"\n", start)
        size = int(answer[start:end].split()[-1])
        yield answer[end + 1 : end + 1 + size]
        start = end + size + 2  # a line end follows the bytes


def _ask(root: FilePath, *arguments: str, fault: str = "", given: bytes = b"") -> bytes:
    """Return what Git answers. Raises NotReviewed with these words, or Git's own, if it can't."""
    command = ["git", "--no-replace-objects", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, check=False)
    except FileNotFoundError:
        raise NotReviewed("Git is not installed.") from None
    if done.returncode:
        said = shown(done.stderr.decode(errors="replace").strip(), most=300)
        raise NotReviewed(fault or f"Git refused: {said}")
    return done.stdout
