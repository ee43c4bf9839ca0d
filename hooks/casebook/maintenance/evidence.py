"""What becomes of an evidence sheet: raw material of a case study, read as plain text alone."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from casebook.maintenance import flags
from casebook.maintenance.diff import figures
from casebook.maintenance.flags import Hint
from casebook.maintenance.snapshot import Touched, Tree

NAME = re.compile(r"tests/evidence/[a-z0-9-]+\.yaml")
"""As .ci/scope.py has it: what a stranger may bring beside case studies."""
_ADDRESS = re.compile(r"https?://\S+")


@dataclass(frozen=True, kw_only=True)
class Sheet:
    what: str
    """added, changed or removed."""
    file: str
    figures_gone: tuple[str, ...] = ()
    """Of a changed one, like those that are new: as often as they stand there."""
    figures_new: tuple[str, ...] = ()
    lines_gone: tuple[str, ...] = ()
    lines_new: tuple[str, ...] = ()
    personal_data: tuple[Hint, ...] = ()


def are_sheets(touched: Iterable[Touched], base: Tree, head: Tree) -> tuple[Touched, ...]:
    """Those that are ordinary files with the name of a sheet, on either side where they are."""
    return tuple(
        one
        for one in touched
        if NAME.fullmatch(one.path)
        and all(side.is_file(one.path) for side in (base, head) if one.path in side.entries)
    )


def sheet(touched: Touched, base: Tree, head: Tree) -> Sheet:
    """Tell what becomes of one sheet."""
    before, after = (_lines(side, touched.path) for side in (base, head))
    gone, new = (list((Counter(a) - Counter(b)).elements()) for a, b in ((before, after), (after, before)))
    old, now = (Counter(figures(_ADDRESS.sub("", "\n".join(lines)))) for lines in (gone, new))
    compares = touched.what == "changed"
    return Sheet(
        what=touched.what,
        file=touched.path,
        figures_gone=tuple((old - now).elements()) if compares else (),
        figures_new=tuple((now - old).elements()) if compares else (),
        lines_gone=tuple(gone) if compares else (),
        lines_new=tuple(new),
        personal_data=flags.personal_data_in(("", one) for one in new),
    )


def _lines(tree: Tree, path: str) -> list[str]:
    if not tree.is_file(path):
        return []
    (raw,) = tree.contents([path])
    return [line.strip() for line in raw.decode("utf-8", "backslashreplace").splitlines() if line.strip()]
