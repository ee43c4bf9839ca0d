"""What changes on the evidence sheets of case studies, compared as plain text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from casebook.maintenance import flags
from casebook.maintenance.diff import difference, figures
from casebook.maintenance.flags import Hint
from casebook.maintenance.git import ChangedFile, Tree
from casebook.validation import Kinds

NAME = re.compile(r"tests/evidence/[a-z0-9-]+\.yaml")
"""As .ci/scope.py has it: what a stranger may change beside case studies."""
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    what: str
    """added, changed or removed."""
    file: str
    figures_gone: tuple[str, ...] = ()
    """Of a changed sheet, each as often as it occurs; so are the figures that are new."""
    figures_new: tuple[str, ...] = ()
    lines_gone: tuple[str, ...] = ()
    lines_new: tuple[str, ...] = ()
    personal_data: tuple[Hint, ...] = ()


def changed_sheets(files: Iterable[ChangedFile], base: Tree, head: Tree) -> tuple[ChangedFile, ...]:
    """Return the files with the name of a sheet that are regular files on each side that has them."""
    return tuple(
        file
        for file in files
        if NAME.fullmatch(file.path)
        and all(side.is_file(file.path) for side in (base, head) if file.path in side.entries)
    )


def sheet(file: ChangedFile, base: Tree, head: Tree, personal_data: Kinds) -> Sheet:
    """Compare the two versions of one sheet."""
    before, after = (_lines(side, file.path) for side in (base, head))
    gone, new = difference(before, after), difference(after, before)
    old, now = (figures(_ADDRESS.sub("", "\n".join(lines))) for lines in (gone, new))
    compares = file.what == "changed"
    return Sheet(
        what=file.what,
        file=file.path,
        figures_gone=tuple(difference(old, now)) if compares else (),
        figures_new=tuple(difference(now, old)) if compares else (),
        lines_gone=tuple(gone) if compares else (),
        lines_new=tuple(new),
        personal_data=flags.personal_data_in((("", line) for line in new), personal_data),
    )


def _lines(tree: Tree, path: str) -> list[str]:
    if not tree.is_file(path):
        return []
    (raw,) = tree.contents([path])
    return [line.strip() for line in raw.decode("utf-8", "backslashreplace").splitlines() if line.strip()]
