"""Classifies a pull request by the names and sizes of its files, before anything in it is read.

    scope.py FOLDER stranger|maintainer

FOLDER is a checkout of the pull request, merged, two commits deep: its changes are HEAD^1..HEAD. Only names
and sizes are read, from Git; no file of the pull request is opened. Prints `kind=content`, `kind=code`
or, for both at once, `kind=mixed`, for $GITHUB_OUTPUT. A stranger may change only case studies and their
evidence sheets, and few of them at once; anything else needs a maintainer, and the exit code is 1. Standard
library only: this runs before anything is installed.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

CASE_STUDIES = "case_studies/"
SHEET = re.compile(r"tests/evidence/[a-z0-9-]+\.yaml")
HIDDEN = re.compile(r"(.*/)?\..*")
"""Git and other programs do as such files say, and `check` refuses them."""
_REMOVED, _REGULAR, _EXECUTABLE = "000000", "100644", "100755"
MOST_FILES = 20
MOST_BYTES = 1_000_000


class Change(NamedTuple):
    name: str
    mode: str
    """The mode of the new file in Git: regular, executable, link or submodule."""
    size: int
    """In bytes, of the new file."""

    @property
    def is_content(self) -> bool:
        """Whether it is a sheet, or a plain file in the folder of case studies, whose name `check` judges."""
        if self.name.startswith(CASE_STUDIES):
            return self.mode in (_REGULAR, _EXECUTABLE, _REMOVED) and not HIDDEN.fullmatch(self.name)
        return bool(SHEET.fullmatch(self.name)) and self.mode in (_REGULAR, _REMOVED)


def main(folder: str, author: str) -> int:
    """Print the kind of the pull request, or why it is refused, and return the exit code."""
    changes = changed(folder)
    faults = [*too_large(changes), *outside(changes)]
    if faults and author == "stranger":
        return refuse(faults)
    for fault in faults:
        notice("notice", fault)
    brings_cases = any(change.is_content for change in changes)
    print("kind=content" if not faults else "kind=mixed" if brings_cases else "kind=code")
    return 0


def changed(folder: str) -> list[Change]:
    """Return every file that the pull request adds, changes or removes. A renamed file counts as two."""
    raw = git(folder, "diff", "--raw", "-z", "--no-abbrev", "--no-renames", "HEAD^1", "HEAD")
    entries, names = raw.split("\0")[:-1:2], raw.split("\0")[1::2]
    modes = [entry.split(" ")[1] for entry in entries]
    blobs = "\n".join(entry.split(" ")[3] for entry in entries)
    lines = git(folder, "cat-file", "--batch-check=%(objectsize)", stdin=blobs).splitlines()
    # A file that is removed, or a submodule, is reported as "... missing": it has no size here.
    sizes = (int(line) if line.isdecimal() else 0 for line in lines)
    return [Change(*one) for one in zip(names, modes, sizes, strict=True)]


def too_large(changes: list[Change]) -> Iterator[str]:
    """Yield a fault for each limit that it exceeds."""
    size = sum(change.size for change in changes)
    if len(changes) > MOST_FILES:
        yield f"This pull request changes {len(changes)} files; at most {MOST_FILES} may be. Split it."
    if size > MOST_BYTES:
        yield f"The files it changes hold {size:,} bytes; at most {MOST_BYTES:,} may be. Split it."


def outside(changes: list[Change]) -> Iterator[str]:
    """Yield a fault that lists the files that are neither case studies nor their evidence sheets."""
    names = [change.name for change in changes if not change.is_content]
    if names and all(re.fullmatch(r"docs/[a-z/-]+\.md", name) for name in names):
        yield (
            "Nothing is wrong with this pull request: it changes pages of the site, which only a maintainer "
            "may build. One will read it and build it. You need do nothing more."
        )
    elif names:
        listed = ", ".join(
            ascii(name)[1:-1][:80] for name in names[:5]
        )  # a name may hold anything but a slash
        more = f" and {len(names) - 5} more" if len(names) > 5 else ""
        what = "files that are neither case studies nor evidence sheets"
        yield f"A maintainer must look: this pull request changes {what}: {listed}{more}."


def refuse(faults: list[str]) -> int:
    """Report the faults as errors, and return the exit code."""
    for fault in faults:
        notice("error", fault)
    return 1


def notice(level: str, text: str) -> None:
    """Annotate the pull request. GitHub reads commands on standard error, too."""
    print(f"::{level}::{text}".replace("%", "%25"), file=sys.stderr)


def git(folder: str, *arguments: str, stdin: str = "") -> str:
    """Run Git in the folder, and return its output."""
    done = subprocess.run(
        ["git", "-C", folder, *arguments], input=stdin.encode(), check=True, capture_output=True
    )
    return done.stdout.decode("utf-8", "backslashreplace")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
