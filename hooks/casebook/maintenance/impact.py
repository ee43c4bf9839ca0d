"""Which index pages and which cells of the gap map a change of case studies changes."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from casebook.content import Document
from casebook.maintenance.diff import statements
from casebook.model import FACETS, Council, Question, Term, Theme
from casebook.validation import Examination, Schema

Versions = tuple[Document | None, Document | None]
"""The two versions of one case study."""

_CARD = ("title", "summary", "councils", "themes", "period", "status", "outcomes")
"""The fields that every list of case studies shows, or counts by."""


@dataclass(frozen=True)
class Side(Examination):
    """One side of a review. It has a schema even where its own vocabularies have mistakes."""

    schema: Schema


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A page or a cell that changes, with how many case studies stand there before and after."""

    group: str
    """The vocabulary of the page's term, or the question of the cell."""
    name: str
    """The page's term, or the cell's theme."""
    before: int
    after: int


def tags(document: Document | None, law: Schema) -> tuple[str, ...]:
    """What it is tagged with, as vocabulary and id: "questions/risk". What no vocabulary has is left out."""
    return tuple(term.path.rstrip("/") for term in _terms(document, law)) if document else ()


def changed_pages(before: Side, after: Side, cases: Iterable[Versions]) -> tuple[Listing, ...]:
    """The pages of terms on which something else is to be read."""
    return _changed(before, after, cases, _pages)


def changed_gaps(before: Side, after: Side, cases: Iterable[Versions]) -> tuple[Listing, ...]:
    """The cells of question and theme that count otherwise, or other evidence."""
    return _changed(before, after, cases, _cells)


Place = tuple[str, str]
Shows = Callable[[Document | None, Schema], dict[Place, object]]
"""Group and name of each place, with what is shown of the case study there."""


def _changed(before: Side, after: Side, cases: Iterable[Versions], shows: Shows) -> tuple[Listing, ...]:
    places: dict[Place, None] = {}
    for case in cases:
        old, new = shows(case[0], before.schema), shows(case[1], after.schema)
        places |= dict.fromkeys(one for one in (old | new) if old.get(one) != new.get(one))
    counts = [
        Counter(place for document in side.documents for place in shows(document, side.schema))
        for side in (before, after)
    ]
    return tuple(
        Listing(group=place[0], name=place[1], before=counts[0][place], after=counts[1][place])
        for place in sorted(places)
    )


def _pages(document: Document | None, law: Schema) -> dict[Place, object]:
    if not document:
        return {}
    stated = statements(document)
    card = (document.slug, *(stated.get(field) for field in _CARD))
    pages: dict[Place, object] = {
        (term.facet, term.id): (card, stated.get(f"{term.facet}.{term.id}")) for term in _terms(document, law)
    }
    heirs = (heir for term in _terms(document, law) for heir in _heirs(term, law))
    return {(heir.facet, heir.id): (card, None) for heir in heirs} | pages


def _cells(document: Document | None, law: Schema) -> dict[Place, object]:
    if not document:
        return {}
    ranks = (law.choices["evidence"].get(text) for _, text in document.each("outcomes", "*", "evidence"))
    best = max((choice.rank for choice in ranks if choice), default=-1)
    terms = tuple(_terms(document, law))
    questions, themes = ([term.id for term in terms if isinstance(term, cls)] for cls in (Question, Theme))
    return dict.fromkeys(product(questions, themes), best)


def _terms(document: Document, law: Schema) -> Iterator[Term]:
    for facet in FACETS:
        value = document.data.get(facet)
        ids = value if isinstance(value, (dict, list)) else ()
        known = law.vocabularies[facet].terms
        yield from (known[id] for id in ids if isinstance(id, str) and id in known)


def _heirs(term: Term, law: Schema) -> dict[Term, None]:
    """The councils that came after this one, on whose pages its case studies stand as well."""
    known = law.vocabularies["councils"].terms
    heirs: dict[Term, None] = {}
    waiting = [term]
    while waiting:
        council = waiting.pop()
        ids = council.successors if isinstance(council, Council) else ()
        new = [known[id] for id in ids if id in known and known[id] not in heirs]
        heirs |= dict.fromkeys(new)
        waiting += new
    return heirs
