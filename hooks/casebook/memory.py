"""What was read before: after a change, only what has changed is read and checked again.

An examination by these steps finds what one from scratch would find.
"""

from collections.abc import Callable, Iterable
from pathlib import Path as FilePath
from typing import Any

from casebook import case_studies, documents, rules, schema
from casebook.documents import Document
from casebook.loading import Steps
from casebook.models import CaseStudy, Problem
from casebook.schema import Schema, Surroundings


class Memory:
    """The steps of an examination, each with what it found last and what it had looked at."""

    def __init__(self) -> None:
        self._last: dict[tuple[str, str], tuple[Any, Any]] = {}
        self.steps = Steps(self._law, self._read, self._check, self._case_study)

    def _law(self, root: FilePath) -> tuple[Schema | None, list[Problem]]:
        key = ("law", "")
        before = self._last.get(key)
        stamps = [_stamp(path) for path in sorted((root / schema.FOLDER).iterdir())]
        found = self._once(*key, stamps, lambda: schema.load(root))
        if before and found is not before[1]:
            self._last = {key: self._last[key]}  # all else was found under another law
        return found

    def _read(self, root: FilePath, path: FilePath) -> tuple[Document | None, list[Problem]]:
        return self._once("read", path.name, _stamp(path), lambda: documents.read(root, path))

    def _check(self, document: Document, around: Surroundings) -> Iterable[Problem]:
        seen = (document, around.today, _reach(document, around.slugs))
        return self._once("check", document.file, seen, lambda: tuple(rules.check(document, around)))

    def _case_study(self, law: Schema, document: Document) -> CaseStudy:
        return self._once("case", document.file, document, lambda: case_studies.case_study(law, document))

    def _once(self, step: str, about: str, seen: Any, look: Callable[[], Any]) -> Any:
        """What the step found last if it had seen the same; else what it finds now. Equals are one object."""
        before = self._last.get((step, about), (None, None))
        if before[0] is not None and before[0] == seen:
            return before[1]
        found = look()
        found = before[1] if found == before[1] else found
        self._last[step, about] = (seen, found)
        return found


def _stamp(path: FilePath) -> tuple[int, ...]:
    """What the system knows of a file without reading it. Whatever is done to a file changes it."""
    known = path.stat()
    return (known.st_ctime_ns, known.st_mtime_ns, known.st_size, known.st_ino)


def _reach(document: Document, slugs: frozenset[str]) -> frozenset[str]:
    """Those of the other case studies to which this one links: all that its own problems depend on."""
    linked = (address.partition("#")[0].removesuffix(".md") for _, address in document.outline.links)
    return slugs.intersection(linked)
