"""What a pull request touches, and how much: asked first, before anything in it is read.

    scope.py FOLDER stranger|maintainer

FOLDER is a checkout of the pull request, merged, two commits deep: what it changes is HEAD^1..HEAD. Git is
asked for names and sizes only; nothing of the pull request is opened. Prints `kind=content` or `kind=code`,
for $GITHUB_OUTPUT. A stranger may change case studies and their evidence sheets alone, and few of them at
once; for anything else a maintainer must look, and the exit code is 1. Python's own library only: this runs
before anything is installed.
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from typing import NamedTuple

CASE_STUDIES = "case_studies/"
SHEET = re.compile(r"tests/evidence/[a-z0-9-]+\.yaml")
_GONE, _ORDINARY = "000000", "100644"
MOST_FILES = 20
MOST_BYTES = 1_000_000


class Change(NamedTuple):
    name: str
    mode: str
    """What kind of file it will be, in Git's words: an ordinary one, a program, a link, a submodule."""
    size: int
    """In bytes, of the file as it will be."""

    @property
    def is_content(self) -> bool:
        """Whether it is a sheet, or lies among the case studies, where the check refuses all else."""
        is_sheet = SHEET.fullmatch(self.name) and self.mode in (_ORDINARY, _GONE)
        return self.name.startswith(CASE_STUDIES) or bool(is_sheet)


def main(folder: str, author: str) -> int:
    """Say what is to be done with the pull request, and return the exit code."""
    changes = changed(folder)
    faults = [*too_large(changes), *outside(changes)]
    if faults and author == "stranger":
        return refuse(faults)
    for fault in faults:
        notice("notice", fault)
    print("kind=code" if faults else "kind=content")
    return 0


def changed(folder: str) -> list[Change]:
    """Return every file that the pull request adds, changes or removes. A renamed file is two."""
    raw = git(folder, "diff", "--raw", "-z", "--no-abbrev", "--no-renames", "HEAD^1", "HEAD")
    entries, names = raw.split("\0")[:-1:2], raw.split("\0")[1::2]
    modes = [entry.split(" ")[1] for entry in entries]
    blobs = "\n".join(entry.split(" ")[3] for entry in entries)
    answers = git(folder, "cat-file", "--batch-check=%(objectsize)", asked=blobs).splitlines()
    # What is removed, or is another repository, is answered with "... missing": it has no size here.
    sizes = (int(answer) if answer.isdecimal() else 0 for answer in answers)
    return [Change(*one) for one in zip(names, modes, sizes, strict=True)]


def too_large(changes: list[Change]) -> Iterator[str]:
    """Yield what makes it too large to be read at once."""
    size = sum(change.size for change in changes)
    if len(changes) > MOST_FILES:
        yield f"This pull request changes {len(changes)} files; at most {MOST_FILES} may be. Split it."
    if size > MOST_BYTES:
        yield f"The files it changes hold {size:,} bytes; at most {MOST_BYTES:,} may be. Split it."


def outside(changes: list[Change]) -> Iterator[str]:
    """Yield which files are neither case studies nor their evidence sheets."""
    names = [change.name for change in changes if not change.is_content]
    if names:
        listed = ", ".join(
            ascii(name)[1:-1][:80] for name in names[:5]
        )  # a name may hold anything but a slash
        more = f" and {len(names) - 5} more" if len(names) > 5 else ""
        what = "files that are neither case studies nor evidence sheets"
        yield f"A maintainer must look: this pull request changes {what}: {listed}{more}."


def refuse(faults: list[str]) -> int:
    """Say why nothing more is done."""
    for fault in faults:
        notice("error", fault)
    return 1


def notice(level: str, text: str) -> None:
    """Show words on the pull request. GitHub reads commands on standard error, too."""
    print(f"::{level}::{text}".replace("%", "%25"), file=sys.stderr)


def git(folder: str, *arguments: str, asked: str = "") -> str:
    """Ask Git, of the repository in the folder."""
    done = subprocess.run(
        ["git", "-C", folder, *arguments], input=asked.encode(), check=True, capture_output=True
    )
    return done.stdout.decode("utf-8", "backslashreplace")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
