"""What the finished site was made from, noted beside it: the next build leaves out what is already done.

A state stands for files with all that they hold: equal states, equal content. It is made of their stamps,
which nobody can know beforehand: a manifest that came with a contribution would fit no site.
"""

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from hashlib import blake2b
from pathlib import Path as FilePath

from casebook import CODE, environment
from casebook.content import CASE_STUDIES, folder_stamp, stamp
from casebook.model import Reader
from casebook.site import frame

FILE = ".site.json"
_INPUTS = ("docs", "hooks", "schema", "mkdocs.yml")
_VARIABLE = re.compile(r"!ENV\s*\[?\s*(\w+)")
"""How mkdocs.yml refers to an environment variable."""


@dataclass(frozen=True)
class Manifest:
    everything: str
    """The state of all that the site was made from."""
    cases: int
    """How many case studies it holds."""
    itself: str
    """The state of the site, as `standing` returns it."""
    ground: str
    """The state of all that MkDocs' part was made from."""
    shell: frame.Shell
    mkdocs: tuple[str, ...]
    """The files that MkDocs wrote, from the site's root."""


def last(root: FilePath, site: FilePath) -> Manifest | None:
    """Return the manifest of the site that stands there; None if it has none, or is not as it was made."""
    try:
        manifest = Reader().read(Manifest, frame.saved(root / FILE))
        return manifest if manifest.itself == standing(site, manifest.mkdocs) else None
    except (OSError, ValueError, LookupError, TypeError):  # damaged, or another version's: as good as none
        return None


def save(root: FilePath, record: Manifest) -> None:
    """Write the manifest down. It may be done before its site is in place: no other is taken for it."""
    frame.save(asdict(record), root / FILE)


def everything(root: FilePath) -> str:
    """The state of all that a site is made from."""
    cases = root / CASE_STUDIES
    return _digest([_surroundings(root), *(_lines(cases) if cases.exists() else ())])


def ground(root: FilePath, made: Mapping[str, str]) -> str:
    """The state of all that MkDocs' part is made from. It may link to what is `made` from the catalogue."""
    return _digest([_surroundings(root), json.dumps(made, sort_keys=True)])


def standing(site: FilePath, mkdocs: Iterable[str]) -> str:
    """The state of a site: of its folders, which tell what came or went, and of MkDocs' files.

    To look at every file would take most of a second with 10,000 case studies.
    """
    return _digest([*_folders(site, ""), *(_line(name, site / name) for name in mkdocs)])


def _surroundings(root: FilePath) -> str:
    """The state of all but the case studies."""
    variables = _VARIABLE.findall((root / "mkdocs.yml").read_text(encoding="utf-8", errors="replace"))
    inputs = (*(root / name for name in _INPUTS if (root / name).exists()), CODE)
    return _digest(
        [*environment.build_inputs(variables), *(line for path in inputs for line in _lines(path))]
    )


def _lines(path: FilePath | os.DirEntry[str]) -> Iterator[str]:
    """Describe a file, or every file below a folder."""
    if not path.is_dir():
        yield _line(os.fspath(path), path)
    elif path.name != "__pycache__":
        with os.scandir(path) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                is_link = entry.is_symlink()  # which may lead to itself
                yield from [_line(entry.path, FilePath(entry))] if is_link else _lines(entry)


def _line(name: str, path: FilePath | os.DirEntry[str]) -> str:
    """Describe what a file, or the link to it, holds."""
    return f"{name}\0{stamp(path.stat() if path.is_file() else os.lstat(path))}"


def _folders(folder: str | FilePath, name: str) -> Iterator[str]:
    """Describe a folder and those below, by their names from the first."""
    yield f"{name}\0{folder_stamp(os.stat(folder))}"
    with os.scandir(folder) as entries:
        inner = sorted(entry.name for entry in entries if entry.is_dir(follow_symlinks=False))
    for below in inner:
        yield from _folders(f"{folder}/{below}", f"{name}/{below}")


def _digest(lines: Iterable[str]) -> str:
    digest = blake2b(digest_size=20)
    for line in lines:
        digest.update(f"{line}\n".encode(errors="surrogateescape"))
    return digest.hexdigest()
