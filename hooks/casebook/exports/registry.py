"""The files that the site publishes beside its pages:

/schema/case-study.schema.json     the front matter's schema, as one self-contained file
/find/facets.json, words.json, words/, pairs/, spellings.json    the indexes of the find page
/contribute/form/terms.json, cases.json, messages.json   vocabularies, case studies and messages, for the form
/gaps/gaps.csv                     how many cases answer each question in each theme, by evidence
/data/                             everything, as JSON, CSV and SQLite
/feed.xml, /<facet>/<id>/feed.xml, /feeds.opml    Atom feeds
/case-studies/<slug>/cite.bib, .ris, .csl.json    citations
/robots.txt, llms.txt              machine-readable descriptions of the site
"""

import json
from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from casebook.content import RESERVED
from casebook.exports.citations import citation_files
from casebook.exports.dataset.dataset import data, gaps
from casebook.exports.dataset.metadata import downloads
from casebook.exports.dataset.tabulate import tabulate
from casebook.exports.feeds import feeds
from casebook.exports.publication import Group, Site, SiteFile, stamped
from casebook.exports.search_index import indexes
from casebook.exports.text_files import text_file
from casebook.model import FACETS, GENERIC, Catalogue, Council, Term, by_likelihood, names_of


def groups(catalogue: Catalogue, site: Site) -> Iterator[Group]:
    """Yield every file that is generated from the catalogue and is not a page, group by group."""
    yield Group(r"schema/case-study\.schema\.json", partial(_schema, catalogue))
    yield Group(r"find/((facets|slugs|words|spellings)\.json|(words|pairs)/.*)", partial(indexes, catalogue))
    yield Group(r"gaps/gaps\.csv", lambda: [gaps(catalogue)])
    yield Group(r"contribute/form/(terms|cases|messages)\.json", partial(_form, catalogue))
    yield Group(r"(.*/)?feed\.xml|feeds\.opml", partial(feeds, catalogue, site))
    yield Group(r"case-studies/[^/]*/cite\..*", partial(_citations, catalogue, site))
    yield Group(r"robots\.txt|llms\.txt", partial(_crawled, catalogue, site))
    yield Group(r"data/.*", partial(data, catalogue, site))


def linked(catalogue: Catalogue) -> Iterator[str]:
    """Yield the paths of those generated files to which hand-written pages may link."""
    yield from ("schema/case-study.schema.json", "gaps/gaps.csv", "feed.xml", "llms.txt")
    yield from (f"data/{file.path}" for file in downloads(tabulate(catalogue)) if "{" not in file.path)


def _schema(catalogue: Catalogue) -> Iterator[SiteFile]:
    schema = json.dumps(catalogue.published_schema, ensure_ascii=False, indent=2)
    yield SiteFile(path="schema/case-study.schema.json", text=f"{schema}\n")


def _form(catalogue: Catalogue) -> Iterator[SiteFile]:
    yield stamped("contribute/form/terms.json", catalogue.form_edition, _terms(catalogue))
    yield stamped("contribute/form/cases.json", catalogue.form_edition, _cases(catalogue))
    yield stamped("contribute/form/messages.json", catalogue.form_edition, {"messages": catalogue.messages})


def _crawled(catalogue: Catalogue, site: Site) -> Iterator[SiteFile]:
    """Yield robots.txt, which counts at a host's root alone, and llms.txt, in the format of llmstxt.org."""
    yield text_file("robots.txt", site=site)
    yield text_file("llms.txt", site=site, catalogue=catalogue)


def _citations(catalogue: Catalogue, site: Site) -> Iterator[SiteFile]:
    for case in catalogue.cases:
        yield from citation_files(case, site)


def _terms(catalogue: Catalogue) -> dict[str, Any]:
    """Return every term with the names that people may type for it, by vocabulary, the likeliest first."""
    facets: dict[str, Iterable[Term]] = {facet: getattr(catalogue, facet) for facet in FACETS}
    return {
        "generic": sorted(GENERIC),
        "facets": {
            facet: [
                {"id": term.id, "label": _label(term, catalogue), "names": names_of(term), **_ended(term)}
                for term in by_likelihood(terms)
            ]
            for facet, terms in facets.items()
        },
    }


def _label(term: Term, catalogue: Catalogue) -> str:
    if not isinstance(term, Council):
        return term.title
    ended = f" (abolished {term.end.year})" if term.end and catalogue.is_abolished(term) else ""
    return f"{term.name}{ended}"


def _ended(term: Term) -> dict[str, Any]:
    """Of an abolished council, its years and its successors."""
    if not isinstance(term, Council) or not term.end:
        return {}
    years = f"{term.start.year} to {term.end.year}" if term.start else f"until {term.end.year}"
    return {"years": years, "successors": term.successors}


def _cases(catalogue: Catalogue) -> dict[str, Any]:
    """Return the slugs that a new case study may not have, and the case studies that it may link to."""
    titles = {case.slug: case.title for case in catalogue.cases}
    return {"reserved": sorted(RESERVED), "titles": dict(sorted(titles.items()))}
