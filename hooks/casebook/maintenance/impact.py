"""Which index pages and cells of the gap map a contribution changes, by comparing two catalogues."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from casebook.content import Document
from casebook.model import FACETS, CaseStudy, Catalogue, Pledge, Question, Term
from casebook.validation import Examination, Schema, catalogue_of

_UNRESOLVED = ("shape", "citations-have-sources")
"""The rules that a case study must pass for its ids to be resolved."""


@dataclass(frozen=True)
class Side(Examination):
    """One side of a review. It has a schema even if its own vocabularies have mistakes."""

    schema: Schema

    def catalogue(self, today: date) -> Catalogue:
        """Cross-reference the case studies whose ids can all be resolved, whatever their other problems."""
        unresolved = {one.file for one in self.problems if one.rule in _UNRESOLVED}
        resolved = tuple(one for one in self.documents if one.file not in unresolved)
        return catalogue_of(Examination(self.schema, resolved, (), len(resolved)), today)


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A page or a cell that changes, with its number of case studies before and after."""

    group: str
    """The vocabulary of the page's term, or the question of the cell."""
    name: str
    """The page's term, or the cell's theme."""
    before: int
    after: int


def tags(document: Document | None, schema: Schema) -> tuple[str, ...]:
    """Return its tags as vocabulary and id, such as "questions/risk". Unknown ids are left out."""
    return tuple(term.path.rstrip("/") for term in _terms(document, schema)) if document else ()


def _terms(document: Document, schema: Schema) -> Iterator[Term]:
    for facet in FACETS:
        value = document.data.get(facet)
        ids = value if isinstance(value, (dict, list)) else ()
        known = schema.vocabularies[facet].terms
        yield from (known[id] for id in ids if isinstance(id, str) and id in known)


Place = tuple[str, str]
Shown = Mapping[Place, Mapping[str, Any]]
"""By group and name of each page or cell: what it shows of each case study, by slug."""


def changed_pages(before: Catalogue, after: Catalogue) -> tuple[Listing, ...]:
    """Return the pages of terms whose content changes."""
    return _changed(before, after, _pages)


def changed_gaps(before: Catalogue, after: Catalogue) -> tuple[Listing, ...]:
    """Return the cells of question and theme whose counts or evidence change."""
    return _changed(before, after, _cells)


def _changed(before: Catalogue, after: Catalogue, shown: Callable[[Catalogue], Shown]) -> tuple[Listing, ...]:
    old, new = shown(before), shown(after)
    return tuple(
        Listing(group=place[0], name=place[1], before=len(old.get(place, ())), after=len(new.get(place, ())))
        for place in sorted({*old, *new})
        if old.get(place) != new.get(place)
    )


def _pages(catalogue: Catalogue) -> Shown:
    terms = {term.path: term for case in catalogue.cases for term in case.terms.values()}
    terms |= {council.path: council for council in catalogue.active_councils}
    return {
        (term.facet, term.id): {case.slug: _on_page(case, term) for case in catalogue.listed(term)}
        for term in terms.values()
    }


def _on_page(case: CaseStudy, term: Term) -> tuple[Any, ...]:
    """Return what every list shows of a case study or counts it by, and its answer to the term."""
    answer = case.answer_to(term) if isinstance(term, Question | Pledge) else None
    answered = answer and (answer.text, [source.id for source in answer.sources])
    tags = [one.id for one in (*case.councils, *case.themes)]
    period = (case.began, case.ended, case.status.id)
    outcomes = [(one.what, one.result.id, one.evidence.id) for one in case.outcomes]
    return (case.title, case.summary, tags, period, outcomes, answered)


def _cells(catalogue: Catalogue) -> Shown:
    cells: dict[Place, dict[str, str]] = {}
    for case in catalogue.cases:
        for answer in case.answers:
            for theme in case.themes:
                cells.setdefault((answer.term.id, theme.id), {})[case.slug] = case.evidence.id
    return cells
