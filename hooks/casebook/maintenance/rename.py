"""A theme, case study or source gets another name in every file that says it."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path as FilePath

from casebook.content import CASE_STUDIES, file_name, parse_document, read_text, replace_file

_EVIDENCE = "tests/evidence"
_THEMES = "schema/themes.yml"
_LISTED = r"(?:(?<=[\[,] )|(?<=\[)|(?<=- )){}(?=[,\]\r\n])"
"""An item of a list in YAML, in brackets or on lines of its own."""


class NotRenamed(Exception):
    """Nothing was changed. The message says why."""


def rename_theme(root: FilePath, old: str, new: str) -> list[str]:
    """Rename a theme, and return the files that changed. Raises NotRenamed."""
    ids = re.findall(r"(?m)^- id: (\S+)$", read_text(root / _THEMES))
    _refuse_unreadable(root)
    page = root / f"docs/themes/{old}.md"
    if old not in ids or new in ids or page.with_stem(new).exists():
        raise NotRenamed(f"{old} is not a theme." if old not in ids else f"{new} is a theme already.")
    if page.exists():
        page.rename(page.with_stem(new))
    return _replaced(
        root,
        new,
        ((root / _THEMES,), rf"(?m)(?<=^- id: ){old}(?=\r?$)"),
        (_cases(root), rf"(?m)^(themes: .*[\[ ]){old}(?=[,\]])"),
        (_pages(root), rf"(?<=themes/){old}(?=[./])"),
    )


def rename_case(root: FilePath, old: str, new: str) -> list[str]:
    """Rename a case study, and return the files that changed. Its old address leads on. Raises NotRenamed."""
    before, after = (root / CASE_STUDIES / f"{slug}.md" for slug in (old, new))
    if after.exists() or not before.exists():
        raise NotRenamed(f"{after.name} is there already." if after.exists() else f"There is no {old}.md.")
    sheets = [root / _EVIDENCE / f"{old}{ending}.yaml" for ending in ("", "--second-sheet")]
    sheets = list(filter(FilePath.exists, sheets))
    _refuse_unreadable(root, sheets)
    before.rename(after)
    text = after.read_bytes().decode()  # line ends and all
    listed = re.sub(r"(?m)^former: \[", f"former: [{old}, ", text, count=1)
    if listed == text:
        listed = re.sub(r"(\r?\n)---(?=\r?\n)", rf"\1former: [{old}]\1---", text, count=1)
    replace_file(after, listed)
    sheets = [sheet.rename(sheet.with_name(sheet.name.replace(old, new))) for sheet in sheets]
    changed = _replaced(
        root,
        new,
        (chain(_cases(root), _pages(root)), rf"(?<=[(/]){old}(?=\.md[)#])"),
        (sheets, rf"(?m)(?<=^slug: ){old}(?=\r?$)"),
    )
    return sorted({*changed, file_name(root, after)})


def rename_source(root: FilePath, old: str, new: str) -> list[str]:
    """Rename a source, given as case-study/source, and return the files that changed. Raises NotRenamed."""
    slug, _, id = old.partition("/")
    path, sheet = root / CASE_STUDIES / f"{slug}.md", root / _EVIDENCE / f"{slug}.yaml"
    sheets = list(filter(FilePath.exists, (sheet,)))
    document = parse_document(path.name, slug, read_text(path))[0] if path.is_file() else None
    if not document or id not in document.source_ids:
        raise NotRenamed(f"{old} is no source. Write it as case-study/source.")
    if new in document.source_ids:
        raise NotRenamed(f"{slug} has a source {new} already.")
    _refuse_unreadable(root, sheets)
    id = re.escape(id)
    listed = _LISTED.format(id)
    return _replaced(
        root,
        new,
        ((path,), rf"(?m)(?<=^  ){id}(?=:)|(?<=\[\^){id}(?=\])|{listed}"),
        (sheets, listed),
    )


RENAMERS: dict[str, Callable[[FilePath, str, str], list[str]]] = {
    "theme": rename_theme,
    "slug": rename_case,
    "source": rename_source,
}


def _replaced(root: FilePath, new: str, *places: tuple[Iterable[FilePath], str]) -> list[str]:
    """Write the name in the place of each match, after its group, and return the files that changed."""
    changed = []
    for paths, pattern in places:
        for path in paths:
            text = path.read_bytes().decode()
            written = re.sub(pattern, lambda found: "".join((*found.groups(), new)), text)
            if written != text:
                replace_file(path, written)
                changed.append(file_name(root, path))
    return sorted(changed)


def _refuse_unreadable(root: FilePath, sheets: Iterable[FilePath] = ()) -> None:
    """Raise Refused if one of the files is none that `check` would read."""
    for path in chain(_cases(root), _pages(root), sheets):
        read_text(path)


def _cases(root: FilePath) -> Iterator[FilePath]:
    return (root / CASE_STUDIES).glob("*.md")


def _pages(root: FilePath) -> Iterator[FilePath]:
    return (root / "docs").rglob("*.md")
