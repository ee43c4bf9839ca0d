"""What the collection covers, as tables that are also bar charts: rows of counts, one for each series."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from casebook.model.catalogue import Catalogue
from casebook.model.models import CaseStudy, Choice, Outcome


@dataclass(frozen=True, kw_only=True)
class Row:
    title: str
    path: str
    """The path that the row links to, from the site's root; empty if it is not a link."""
    asked: str = ""
    """The query of /find/ that each of its cells narrows down; empty if cells are not links."""
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def starts(self) -> tuple[int, ...]:
        """The offset of each series in the bar."""
        return (0, *accumulate(self.counts))[:-1]


@dataclass(frozen=True)
class Table:
    id: str
    title: str
    series: tuple[Choice, ...]
    rows: tuple[Row, ...]

    @property
    def most(self) -> int:
        return max((row.total for row in self.rows), default=0)

    @property
    def summary(self) -> str:
        """A sentence that names the longest and the shortest bar."""
        if not self.most:
            return "Nothing yet."
        if len(self.rows) == 1:
            return f"All in {self.rows[0].title} ({self.most})."
        fewest, *_, most = sorted(self.rows, key=lambda row: row.total)
        return f"The most: {most.title} ({most.total}). The fewest: {fewest.title} ({fewest.total})."


def coverage_of(catalogue: Catalogue) -> tuple[Table, ...]:
    """Return the tables: answers by question, cases by nation, and outcomes by evidence and by year."""
    proofs, results = catalogue.proofs, catalogue.choices["result"]
    tables = {
        "by-question": ("Answers to each question, by the best evidence of their case", proofs, _questions),
        "by-nation": ("Case studies in each nation, by their best evidence", proofs, _nations),
        "by-evidence": ("Outcomes, by evidence and by result", results, _kinds),
        "by-year": ("Outcomes, by result and by the year in which their case began", results, _years),
    }
    return tuple(
        Table(id, title, series, tuple(rows(catalogue))) for id, (title, series, rows) in tables.items()
    )


def _by_evidence(catalogue: Catalogue, cases: Iterable[CaseStudy]) -> tuple[int, ...]:
    return _counts((case.evidence for case in cases), catalogue.proofs)


def _counts(found: Iterable[Choice], series: Sequence[Choice]) -> tuple[int, ...]:
    numbers = Counter(choice.id for choice in found)
    return tuple(numbers[choice.id] for choice in series)


def _questions(catalogue: Catalogue) -> Iterable[Row]:
    for question in catalogue.questions:
        counts = _by_evidence(catalogue, catalogue.about(question))
        yield Row(title=question.title, path=question.path, counts=counts)


def _nations(catalogue: Catalogue) -> Iterable[Row]:
    for nation in catalogue.nations:
        cases = catalogue.about(nation)
        path = f"find/?nation={nation.id}" if cases else ""
        yield Row(title=nation.title, path=path, counts=_by_evidence(catalogue, cases))


def _kinds(catalogue: Catalogue) -> Iterable[Row]:
    for kind in catalogue.evidence_kinds:
        outcomes = [o for case in catalogue.cases for o in case.outcomes if o.evidence == kind]
        yield _outcome_row(kind.title, f"evidence={kind.id}", outcomes, catalogue)


def _years(catalogue: Catalogue) -> Iterable[Row]:
    for year in sorted({case.began[:4] for case in catalogue.cases}):
        outcomes = [o for case in catalogue.cases if case.began[:4] == year for o in case.outcomes]
        yield _outcome_row(year, f"year={year}", outcomes, catalogue)


def _outcome_row(title: str, asked: str, outcomes: Iterable[Outcome], catalogue: Catalogue) -> Row:
    counts = _counts((outcome.result for outcome in outcomes), catalogue.choices["result"])
    return Row(title=title, path=f"find/?{asked}" if any(counts) else "", asked=asked, counts=counts)
