"""What was read before: after a change, only what has changed is read and checked again.

An examination by these steps finds what one from scratch would find.
"""

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path as FilePath
from typing import Any, TypeVar

from casebook.content import CASE_STUDIES, Document, Problem, Stamp, find_files, read_document, stamp
from casebook.model import CaseStudy
from casebook.validation import resolve, rules
from casebook.validation.loading import Steps
from casebook.validation.schema import Schema, Surroundings, load_schema

T = TypeVar("T")


class Cache:
    """The steps of an examination, each with what it found last and what it had looked at."""

    def __init__(self) -> None:
        self._under: tuple[Schema | None, list[Problem]] | None = None
        """The schema under which all else was found."""
        self._last: dict[tuple[str, str], tuple[Any, Any]] = {}
        self._stamps: dict[str, Stamp] = {}
        """By the case study's name, as they were before it was read."""
        self.steps = Steps(self._schema, self._find, self._read, self._check, self._case_study)

    def _schema(self, root: FilePath) -> tuple[Schema | None, list[Problem]]:
        found = load_schema(root)
        if found != self._under:
            self._under, self._last = found, {}
        return found

    def _find(self, root: FilePath) -> tuple[list[FilePath], list[Problem]]:
        self._stamps = _stamps(root / CASE_STUDIES)
        return find_files(root)

    def _read(self, root: FilePath, path: FilePath) -> tuple[Document | None, list[Problem]]:
        name = path.name
        return self._once("read", name, self._stamps.get(name), lambda: read_document(root, path))

    def _check(self, document: Document, around: Surroundings) -> Iterable[Problem]:
        seen = (document, around.today, _reach(document, around.slugs))
        return self._once("check", document.file, seen, lambda: tuple(rules.check(document, around)))

    def _case_study(self, schema: Schema, document: Document) -> CaseStudy:
        return self._once("case", document.file, document, lambda: resolve.case_study(schema, document))

    def _once(self, step: str, about: str, seen: object, look: Callable[[], T]) -> T:
        """What the step found last if it had seen the same; else what it finds now. Equals are one object.

        To have seen nothing is never the same.
        """
        before: tuple[object, T] | None = self._last.get((step, about))
        if before and seen is not None and before[0] == seen:
            return before[1]
        found = look()
        found = before[1] if before and found == before[1] else found
        self._last[step, about] = (seen, found)
        return found


def _stamps(folder: FilePath) -> dict[str, Stamp]:
    """What the system knows of the folder's files without reading them; nothing, if it tells of none."""
    with suppress(OSError), os.scandir(folder) as entries:
        return {entry.name: stamp(entry.stat(follow_symlinks=False)) for entry in entries}
    return {}


def _reach(document: Document, slugs: frozenset[str]) -> frozenset[str]:
    """Those of the other case studies to which this one links: all that its own problems depend on."""
    linked = (address.partition("#")[0].removesuffix(".md") for _, address in document.outline.links)
    return slugs.intersection(linked)
