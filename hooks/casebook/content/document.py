"""Files become Documents: the one reader of case studies."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path as FilePath
from typing import Any

from frontmatter.default_handlers import YAMLHandler

from casebook.content import front_matter
from casebook.content import outline as outlines
from casebook.content.characters import faults, shown
from casebook.content.files import Refused, file_name, read_text
from casebook.content.front_matter import FieldPath, FrontMatter
from casebook.content.problem import Problem

MAX_CHARACTERS = 10
"""How many faulty characters of one file are named; the others will be next time."""
MAX_BODY = 60_000
"""Some 10,000 words. The longest case study has less than a fifth of that."""

_BEGIN = 'Begin the file with "---", one "field: value" on each line, and "---" again.'


class _Handler(YAMLHandler):
    """python-frontmatter's YAML handler, for which only a line of exactly three hyphens is a boundary."""

    FM_BOUNDARY = re.compile(r"^---[ ]*$", re.MULTILINE)


@dataclass(frozen=True, kw_only=True)
class Document:
    file: str
    """Its path in the repository, with forward slashes."""
    slug: str
    front: FrontMatter
    body: str
    body_line: int
    """The line of the file on which the body begins."""

    @property
    def data(self) -> Mapping[str, Any]:
        """The front matter: mappings, lists and text, not yet held against the schema."""
        data: Mapping[str, Any] = self.front.data
        return data

    @property
    def source_ids(self) -> tuple[str, ...]:
        """The ids under `sources`, if that is a mapping at all."""
        sources = self.data.get("sources")
        return tuple(sources) if isinstance(sources, dict) else ()

    @cached_property
    def outline(self) -> outlines.Outline:
        return outlines.outline(self.body, self.source_ids)

    def each(self, *pattern: str) -> Iterator[tuple[FieldPath, str]]:
        """Yield path and text of every value that fits the pattern, in which "*" fits any key or item.

        What has another shape than the pattern is passed over: the schema speaks of that.
        """
        found: Iterable[tuple[FieldPath, Any]] = [((), self.data)]
        for name in pattern:
            found = [((*path, key), child) for path, value in found for key, child in _children(value, name)]
        yield from ((path, value) for path, value in found if isinstance(value, str))

    def at(self, path: FieldPath) -> Any:
        value: Any = self.data
        for part in path:
            is_there = isinstance(value, dict) and part in value
            is_there |= isinstance(value, list) and isinstance(part, int) and part < len(value)
            value = value[part] if is_there else None
        return value

    def text(self, *path: str | int) -> str:
        value = self.at(path)
        return value if isinstance(value, str) else ""

    def problem(
        self, place: FieldPath | int, rule: str, message: str, hint: str = "", field: FieldPath | None = None
    ) -> Problem:
        """A problem at a path, of the field there unless another is named; or on a line of the body."""
        if not isinstance(place, int):
            return self.front.problem(place, rule, message, hint, field)
        line = self.body_line + place - 1
        return Problem(file=self.file, line=line, field="body", rule=rule, message=message, hint=hint)


def read_document(root: FilePath, path: FilePath) -> tuple[Document | None, list[Problem]]:
    """Read one file. There is a Document unless the file can't be read at all."""
    file = file_name(root, path)
    try:
        return parse_document(file, path.stem, read_text(path))
    except Refused as refusal:
        return None, [refusal.problem(file)]


def parse_document(file: str, slug: str, text: str) -> tuple[Document | None, list[Problem]]:
    """Read the text of one file, with LF line ends, as `read` does."""
    problems = list(_character_problems(file, text))
    try:
        front, body, body_line = _split(text)
    except Refused as refusal:
        return None, [refusal.problem(file)]
    found = front_matter.read_front_matter(front, file=file, first_line=2)
    problems += found.problems
    if isinstance(found.data, dict):
        return Document(file=file, slug=slug, front=found, body=body, body_line=body_line), problems
    if not problems:
        no_fields = Refused("front-matter", "the front matter is not a list of fields", _BEGIN)
        problems.append(no_fields.problem(file))
    return None, problems


def _character_problems(file: str, text: str) -> Iterator[Problem]:
    for offset, why in islice(faults(text), MAX_CHARACTERS):
        above = text[:offset].split("\n")
        line, column = len(above), len(above[-1]) + 1
        yield Problem(
            file=file,
            line=line,
            column=column,
            field=".".join(_keys_around(above)),
            rule="character",
            message=f"{why} (line {line}, column {column})",
            hint="Delete it and type the text again.",
        )


def _keys_around(above: list[str]) -> tuple[str, ...]:
    """The front matter's keys that the last of these lines stands under, judged by indent alone."""
    keys: tuple[str, ...] = ()
    indent = 1_000
    for line in reversed(above if above.count("---") < 2 else ()):
        found = re.match(r"( *)(?:- )?([a-z][a-z0-9_-]*):", line)
        if found and len(found[1]) < indent:
            indent, keys = len(found[1]), (found[2], *keys)
    return keys or (("body",) if above.count("---") > 1 else ())


def _split(text: str) -> tuple[str, str, int]:
    """Return the front matter, the body, and the line on which the body begins."""
    first = text.partition("\n")[0]
    if first.rstrip(" ") != "---":
        message = f'line 1 is "{shown(first)}": front matter must begin there with "---"'
        raise Refused("front-matter", message, _BEGIN)
    try:
        front, body = _Handler().split(text)
    except ValueError:
        message = 'the front matter is never closed: there is no second "---" line'
        raise Refused("front-matter", message, 'Close it with a line "---".') from None
    body_line = 1 + front.count("\n")
    if len(body) > MAX_BODY:
        message = f"the body is longer than {MAX_BODY:,} characters: it has {len(body):,}"
        raise Refused("size", message, "Shorten it.", body_line)
    return front.removeprefix("\n"), body, body_line


def _children(value: Any, name: str) -> Iterable[tuple[str | int, Any]]:
    """Those of the name; or all, if that is "*"."""
    if isinstance(value, dict):
        if name == "*":
            return value.items()
        return ((name, value[name]),) if name in value else ()
    return enumerate(value) if isinstance(value, list) and name == "*" else ()
