"""What somebody who wants to do what a theme is about takes from its case studies."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, islice
from typing import TypeVar

from casebook.model.catalogue import Catalogue
from casebook.model.models import Answer, CaseStudy, Cost, Nation, Outcome, Power, Question, Source, Theme

_Part = TypeVar("_Part")
MAX_SHOWN = 12
"""Sums, failures and documents on a theme's page."""


@dataclass(frozen=True, kw_only=True)
class Toolkit:
    """Each part with its case study; what there is beyond the limits, /find/ shows."""

    answers: tuple[tuple[Question, tuple[tuple[CaseStudy, Answer], ...], int], ...]
    """By question: the answers with the strongest evidence, and how many there are."""
    powers: tuple[tuple[Nation, tuple[Power, ...]], ...]
    """By nation, those that a case study of the theme used or ran into."""
    costs: tuple[tuple[CaseStudy, Cost], ...]
    failures: tuple[tuple[CaseStudy, Outcome], ...]
    """Outcomes that did not come about, on the strongest evidence first."""
    documents: tuple[tuple[CaseStudy, Source], ...]


def toolkit_of(theme: Theme, catalogue: Catalogue) -> Toolkit:
    """Return what the case studies of the theme have to offer."""
    cases = catalogue.about(theme)
    failures = [
        (case, outcome) for case in cases for outcome in case.outcomes if outcome.result.id == "did-not-work"
    ]
    failures.sort(key=lambda found: found[1].evidence.rank, reverse=True)
    return Toolkit(
        answers=tuple(_answers(theme, catalogue)),
        powers=tuple(_powers(cases, catalogue)),
        costs=_first((case, cost) for case in cases for cost in case.costs),
        failures=_first(failures),
        documents=_first((case, source) for case in cases for source in case.sources if source.document),
    )


def _first(found: Iterable[tuple[CaseStudy, _Part]]) -> tuple[tuple[CaseStudy, _Part], ...]:
    return tuple(islice(found, MAX_SHOWN))


def _answers(
    theme: Theme, catalogue: Catalogue
) -> Iterable[tuple[Question, tuple[tuple[CaseStudy, Answer], ...], int]]:
    for question in catalogue.questions:
        yield question, catalogue.example_answers(question, theme), len(catalogue.both(question, theme))


def _powers(cases: Iterable[CaseStudy], catalogue: Catalogue) -> Iterable[tuple[Nation, tuple[Power, ...]]]:
    used = set(chain.from_iterable(case.powers for case in cases))
    for nation in catalogue.nations:
        powers = tuple(power for power in catalogue.powers_in(nation) if power in used)
        if powers:
            yield nation, powers
