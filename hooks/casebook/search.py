"""What people can find case studies by: facets with their values, and the words to look in."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain

from casebook.catalogue import Catalogue
from casebook.models import CaseStudy, Choice, Council, SiteFile, Term


@dataclass(frozen=True, kw_only=True)
class Option:
    """One value of a facet."""

    id: str
    title: str
    count: int
    """How many case studies have it."""


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
    tagged = [tags(case, catalogue) for case in catalogue.cases]
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
        Facet(id=id, title=title, options=_options(id, listed, tagged)) for id, title, listed in values
    )


def words(catalogue: Catalogue) -> SiteFile:
    """Return the file in which find.js looks for words: one object for each case study.

    Aliases of councils and themes are in it, so that "GMCA" and "vote on spending" find something.
    """
    documents = [
        {
            "id": case.slug,
            "title": case.title,
            "summary": case.summary,
            "terms": " ".join(_names(case, catalogue)),
            "answers": " ".join(answer.text for answer in (*case.answers, *case.deeds)),
            "outcomes": " ".join(outcome.what for outcome in case.outcomes),
        }
        for case in catalogue.cases
    ]
    text = json.dumps(documents, ensure_ascii=False, separators=(",", ":"))
    return SiteFile(path="find/words.json", text=f"{text}\n")


def _names(case: CaseStudy, catalogue: Catalogue) -> Iterable[str]:
    """Every name under which somebody may look for what the case is about."""
    heirs = chain.from_iterable(catalogue.successors(council) for council in case.councils)
    terms: Iterable[Term] = chain(
        (answer.term for answer in case.answers), case.themes, case.powers, case.councils, heirs
    )
    for term in dict.fromkeys(terms):
        yield from (term.title, *term.aliases)
    yield from (partner.name for partner in case.partners)


def _options(
    id: str, listed: Iterable[tuple[str, str]], tagged: list[dict[str, tuple[str, ...]]]
) -> tuple[Option, ...]:
    counted = ((value, title, sum(value in each[id] for each in tagged)) for value, title in listed)
    return tuple(Option(id=value, title=title, count=count) for value, title, count in counted if count)


def _titled(
    terms: Iterable[Term | Choice], name: Callable[..., str] = lambda term: term.title
) -> Iterable[tuple[str, str]]:
    return ((term.id, name(term)) for term in terms)


def _name(council: Council) -> str:
    return council.name


def _ids(terms: Iterable[Term | Choice]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(term.id for term in terms))
