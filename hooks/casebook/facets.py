"""What people can narrow the list of case studies down by: facets with their values."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain

from casebook.catalogue import Catalogue
from casebook.models import CaseStudy, Choice, Council, Term


@dataclass(frozen=True, kw_only=True)
class Option:
    """One value of a facet."""

    id: str
    title: str
    cases: tuple[int, ...]
    """The case studies that have it, by their place in the catalogue's order."""

    @property
    def count(self) -> int:
        """How many case studies have it."""
        return len(self.cases)


@dataclass(frozen=True, kw_only=True)
class Facet:
    """One way to narrow the list down. Its id is its name in the address of /find/."""

    id: str
    title: str
    options: tuple[Option, ...]


def tags(case: CaseStudy, catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """Return the case's values by facet, for all facets."""
    heirs = chain.from_iterable(catalogue.successors(council) for council in case.councils)
    return {
        "question": tuple(answer.term.id for answer in case.answers),
        "pledge": tuple(deed.term.id for deed in case.deeds),
        "theme": tuple(theme.id for theme in case.themes),
        "nation": _ids(council.nation for council in case.councils),
        "council": _ids(chain(case.councils, heirs)),
        "result": _ids(case.results),
        "evidence": (case.evidence.id,),
        "status": (case.status.id,),
        "year": (case.began[:4],),
    }


def facets(catalogue: Catalogue) -> tuple[Facet, ...]:
    """Return every facet with the values that some case has, in the vocabularies' order."""
    having = _having(catalogue)
    years = sorted({case.began[:4] for case in catalogue.cases}, reverse=True)
    nations = dict.fromkeys(council.nation for council in catalogue.councils)
    values: tuple[tuple[str, str, Iterable[tuple[str, str]]], ...] = (
        ("question", "Key question", _titled(catalogue.questions)),
        ("theme", "Theme", _titled(catalogue.themes)),
        ("result", "Result", _titled(catalogue.choices["result"])),
        ("evidence", "Best evidence", _titled(catalogue.evidence_kinds)),
        ("nation", "Nation", _titled(nations)),
        ("council", "Council", _titled(sorted(catalogue.active_councils, key=_name), _name)),
        ("pledge", "Pledge", _titled(catalogue.pledges)),
        ("status", "How it stands", _titled(catalogue.choices["status"])),
        ("year", "Began in", ((year, year) for year in years)),
    )
    return tuple(
        Facet(id=id, title=title, options=_options(listed, having[id])) for id, title, listed in values
    )


def _having(catalogue: Catalogue) -> dict[str, dict[str, list[int]]]:
    """For each facet and value, the cases that have it."""
    found: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, case in enumerate(catalogue.cases):
        for facet, values in tags(case, catalogue).items():
            for value in values:
                found[facet][value].append(number)
    return found


def _options(listed: Iterable[tuple[str, str]], having: dict[str, list[int]]) -> tuple[Option, ...]:
    return tuple(
        Option(id=value, title=title, cases=tuple(having[value])) for value, title in listed if value in having
    )


def _titled(
    terms: Iterable[Term | Choice], name: Callable[..., str] = lambda term: term.title
) -> Iterable[tuple[str, str]]:
    return ((term.id, name(term)) for term in terms)


def _name(council: Council) -> str:
    return council.name


def _ids(terms: Iterable[Term | Choice]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term.id for term in terms))
