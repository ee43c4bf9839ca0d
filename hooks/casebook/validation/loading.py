"""Files become a Catalogue.

`load` is the front door: what passes `check` builds, since both come through here.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path as FilePath
from typing import Any

from casebook.content import CASE_STUDIES, Document, Problem, find_files, parse_document, read_document
from casebook.environment import Track
from casebook.model import UNPROVEN, CaseStudy, Catalogue
from casebook.validation import rules, titles
from casebook.validation.advice import advise
from casebook.validation.page_links import links_to_what_is_gone
from casebook.validation.resolve import case_study
from casebook.validation.schema import SCHEMA, Schema, Surroundings, load_schema


@dataclass(frozen=True)
class Steps:
    """How the parts of an examination are computed: anew each time, unless a cache holds the last result."""

    schema: Callable[[FilePath], tuple[Schema | None, list[Problem]]] = load_schema
    find: Callable[[FilePath], tuple[list[FilePath], list[Problem]]] = find_files
    read: Callable[[FilePath, FilePath], tuple[Document | None, list[Problem]]] = read_document
    check: Callable[[Document, Surroundings], Iterable[Problem]] = rules.check
    case_study: Callable[[Schema, Document], CaseStudy] = case_study


_CAUSES = ("character", "lost-comment")
_FORMER = b"\nformer:"
AFRESH = Steps()


@dataclass(frozen=True)
class Examination:
    schema: Schema | None
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...]
    """Sorted by place."""
    files: int
    """How many case studies were looked at, readable or not."""
    advice: tuple[Problem, ...] = ()
    """What could be better, of files without problems; sorted by place. Nothing is refused for it."""

    def only(self, names: Collection[str]) -> "Examination":
        """What was found in the files so named. Without a schema, that is what is wrong with it."""
        of_schema = () if self.schema else (f"{SCHEMA}/",)
        problems = tuple(
            problem
            for problem in self.problems
            if problem.file in names or problem.file.startswith(of_schema)
        )
        documents = tuple(document for document in self.documents if document.file in names)
        return replace(self, documents=documents, problems=problems, files=len(names))


class CatalogueError(Exception):
    """Something is wrong with the case studies or the vocabularies."""

    def __init__(self, examination: Examination) -> None:
        self.examination = examination
        super().__init__(f"{len(examination.problems)} problems")


def load(root: FilePath, today: date, track: Track = nullcontext) -> Catalogue:
    """Read, check and cross-reference everything below `root`. Raises CatalogueError, with every problem."""
    return catalogue_of(examine(root, today, track, Steps(check=_checked)), today)


def _checked(document: Document, around: Surroundings) -> Iterator[Problem]:
    """Check it, and let go of its outline, of which nobody asks again: kept for all they fill the memory."""
    yield from rules.check(document, around)
    vars(document).pop("outline", None)


def examine(
    root: FilePath,
    today: date,
    track: Track = nullcontext,
    steps: Steps = AFRESH,
    names: Collection[str] = (),
) -> Examination:
    """Read and check everything, and stop at nothing.

    If files are named, find the same in them alone, and read no more of the others than that takes.
    """
    schema, found = steps.schema(root)
    paths, refused = steps.find(root)
    slugs = frozenset(path.stem for path in paths)
    paths = _needed(root, paths, names, schema) if names else paths
    problems = [*found, *refused]
    read = []
    with track(paths) as tracked:
        for path in tracked:
            document, faults = steps.read(root, path)
            problems += faults
            read += [document] if document else []
    if schema:
        around = Surroundings(schema, slugs, today)
        problems += (problem for document in read for problem in steps.check(document, around))
        problems += rules.between(read, around)
        moved = {name: document.slug for document in read for _, name in document.each("former", "*")}
        problems += links_to_what_is_gone(root, slugs, moved, schema)
    ordered = tuple(sorted(_without_echoes(problems), key=lambda problem: problem.order))
    examined = Examination(schema, tuple(read), ordered, len(paths))
    return examined.only(names) if names else examined


def with_advice(found: Examination, today: date) -> Examination:
    """Return the same with advice."""
    if not found.schema:
        return found
    around = Surroundings(found.schema, frozenset(document.slug for document in found.documents), today)
    faulty = {problem.file for problem in found.problems}
    sound = (document for document in found.documents if document.file not in faulty)
    advice = (problem for document in sound for problem in advise(document, around))
    return replace(found, advice=tuple(sorted(advice, key=lambda problem: problem.order)))


def _needed(
    root: FilePath, paths: Sequence[FilePath], names: Collection[str], schema: Schema | None
) -> list[FilePath]:
    """The files so named, and those whose titles or former addresses may be theirs."""
    named = [path for path in paths if f"{CASE_STUDIES}/{path.name}" in names]
    alike = schema.look_alike if schema else {}
    try:
        wanted = {titles.of_file(root, path, alike) for path in named}
        has_moved = any(_FORMER in path.read_bytes() for path in named)
        return [
            path
            for path in paths
            if titles.of_file(root, path, alike) in wanted or (has_moved and _FORMER in path.read_bytes())
        ]
    except OSError:  # one of them can't be read: whoever reads them all says which
        return list(paths)


def faults(text: str, name: str, found: Examination, today: date) -> list[Problem]:
    """Return what `check` would say of this text, if it were a case study of that name beside those found."""
    assert found.schema
    document, problems = parse_document(f"{CASE_STUDIES}/{name}.md", name, text)
    slugs = frozenset(document.slug for document in found.documents)
    if document:
        around = Surroundings(found.schema, slugs, today)
        others = [document for document in found.documents if document.slug != name]
        problems += rules.check(document, around)
        between = rules.between([document, *others], around)
        problems += (problem for problem in between if problem.file == document.file)
    return sorted(_without_echoes(problems), key=lambda problem: problem.order)


def _without_echoes(problems: Sequence[Problem]) -> Iterator[Problem]:
    """Leave out what is only the consequence of a faulty character or a lost text on the same line."""
    faulty = {(problem.file, problem.line) for problem in problems if problem.rule in _CAUSES}
    for problem in problems:
        if problem.rule in _CAUSES or (problem.file, problem.line) not in faulty:
            yield problem


def catalogue_of(found: Examination, today: date, steps: Steps = AFRESH) -> Catalogue:
    """Cross-reference what was found. Raises CatalogueError if anything is wrong with it."""
    schema = found.schema
    if found.problems or not schema:
        raise CatalogueError(found)
    cases = (steps.case_study(schema, document) for document in found.documents)
    ordered = sorted(cases, key=lambda case: (-int(case.began[:4]), case.title.casefold()))  # newest first
    choices = {name: tuple(choices.values()) for name, choices in schema.choices.items()}
    terms: dict[str, Any] = {name: tuple(one.terms.values()) for name, one in schema.vocabularies.items()}
    return Catalogue(
        **terms,
        cases=tuple(case for case in ordered if not case.withdrawn),
        withdrawn=tuple(case for case in ordered if case.withdrawn),
        choices=choices | {"best-evidence": (UNPROVEN, *choices["evidence"])},
        credit=schema.vocabularies["councils"].source,
        population_year=schema.vocabularies["councils"].population_year,
        published_schema=schema.published(),
        messages=schema.messages,
        thesaurus=schema.thesaurus,
        vocabulary_schema=schema.vocabulary,
        today=today,
    )
