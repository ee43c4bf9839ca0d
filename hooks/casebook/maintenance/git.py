"""Reads trees from Git; the only module that runs it. Names and blobs only: no checkout, hook or filter."""

import os
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path as FilePath

from casebook.content import shown
from casebook.maintenance.snapshot import FILE, LINK, OTHER, Entry, NotReviewed, Tree

_KINDS = {"100644": FILE, "100755": FILE, "120000": LINK}


def from_git(root: FilePath, base: str, head: str) -> tuple[Tree, Tree]:
    """Return the two trees of `git diff base...head`: the merge base's and the head's."""
    _run(root, "rev-parse", fault=f"{root} is not in a Git repository.")
    head_commit = _commit(root, head)
    fault = f"{shown(base)} and {shown(head)} have no commit in common. Is this a shallow clone?"
    merge_base = _run(root, "merge-base", _commit(root, base), head_commit, fault=fault)
    return _tree(root, merge_base.decode().strip()), _tree(root, head_commit)


def _commit(root: FilePath, revision: str) -> str:
    fault = f'"{shown(revision)}" is not a revision that Git knows here.'
    command = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    return _run(root, *command, fault=fault).decode().strip()


def _tree(root: FilePath, commit: str) -> Tree:
    listed = _run(root, "ls-tree", "-r", "-l", "-z", "--full-tree", commit)
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
    """Yield the bytes of each blob, as they were committed."""
    output = _run(root, "cat-file", "--batch", stdin="".join(f"{one}\n" for one in digests).encode())
    start = 0
    for _ in digests:
        end = output.index(b"\n", start)
        size = int(output[start:end].split()[-1])
        yield output[end + 1 : end + 1 + size]
        start = end + size + 2  # a line end follows the bytes


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
