"""The facets by which the list of case studies can be filtered, with their values."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from casebook.model.catalogue import Catalogue
from casebook.model.models import CaseStudy, Choice, Council, Term


@dataclass(frozen=True, kw_only=True)
class Option:
    id: str
    title: str
    cases: tuple[int, ...]
    """The case studies that have it, as indices into the catalogue's `cases`."""

    @property
    def count(self) -> int:
        return len(self.cases)


@dataclass(frozen=True, kw_only=True)
class Facet:
    """One filter of the list. Its id is the name of its query parameter at /find/."""

    id: str
    title: str
    options: tuple[Option, ...]


def facet_values(case: CaseStudy, catalogue: Catalogue) -> dict[str, dict[str, str]]:
    """Return the case's values by facet, for all facets: ids, each with its title."""
    current = chain.from_iterable(catalogue.successors(council) for council in case.councils)
    year = case.began[:4]
    return {
        "question": _titled(answer.term for answer in case.answers),
        "theme": _titled(case.themes),
        "pledge": _titled(deed.term for deed in case.deeds),
        "council": _titled(chain(case.councils, current)),
        "nation": _titled(council.nation for council in case.councils),
        "region": _titled(council.region for council in case.councils if council.region),
        "kind": _titled(council.kind for council in case.councils),
        "result": _titled(case.results),
        "evidence": _titled([outcome.evidence for outcome in case.outcomes] or [case.evidence]),
        "status": _titled([case.status]),
        "tells": _tells(case),
        "year": {year: year},
    }


def facets_of(catalogue: Catalogue) -> tuple[Facet, ...]:
    """Return every facet with the values that some case has, in the vocabularies' order."""
    cases = _cases_by_value(catalogue)
    years = sorted({case.began[:4] for case in catalogue.cases}, reverse=True)
    values: tuple[tuple[str, str, dict[str, str]], ...] = (
        ("question", "Key question", _titled(catalogue.questions)),
        ("theme", "Theme", _titled(catalogue.themes)),
        ("result", "Result", _titled(catalogue.choices["result"])),
        ("evidence", "Evidence", _titled(catalogue.proofs)),
        ("tells", "Tells", _TELLS),
        ("nation", "Nation", _titled(council.nation for council in catalogue.councils)),
        ("region", "Region of England", _titled(c.region for c in catalogue.councils if c.region)),
        ("kind", "Kind of council", _titled(council.kind for council in catalogue.councils)),
        ("council", "Council", _titled(sorted(catalogue.active_councils, key=_name))),
        ("pledge", "Pledge", _titled(catalogue.pledges)),
        ("status", "How it stands", _titled(catalogue.choices["status"])),
        ("year", "Began in", {year: year for year in years}),
    )
    return tuple(
        Facet(id=id, title=title, options=_options(listed, cases[id]))
        for id, title, listed in values
        if cases[id]
    )


def _cases_by_value(catalogue: Catalogue) -> dict[str, dict[str, list[int]]]:
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, case in enumerate(catalogue.cases):
        for facet, values in facet_values(case, catalogue).items():
            for value in values:
                found[facet][value].append(number)
    return found


def _options(titles: dict[str, str], cases: dict[str, list[int]]) -> tuple[Option, ...]:
    return tuple(
        Option(id=id, title=title, cases=tuple(cases[id])) for id, title in titles.items() if id in cases
    )


_TELLS = {"cost": "What it cost", "effort": "What effort it took", "terms": "Which terms were agreed"}


def _tells(case: CaseStudy) -> dict[str, str]:
    """What an officer wants to know, where the case study tells it."""
    told = {"cost": case.costs, "effort": case.effort, "terms": case.agreed}
    return {id: title for id, title in _TELLS.items() if told[id]}


def _titled(terms: Iterable[Term | Choice]) -> dict[str, str]:
    return {term.id: _name(term) for term in terms}


def _name(term: Term | Choice) -> str:
    return term.name if isinstance(term, Council) else term.title
