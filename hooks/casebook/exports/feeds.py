"""Atom feeds: new case studies, repeated checks, and what happened next.

One for everything, and one for each question, pledge, theme, nation and council that has case studies. All
dates come from the front matter, and ids are derived from them and the case study's path, so that neither a
new build nor a move to another host makes old entries new.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from itertools import chain

from casebook.exports.publication import Site, SiteFile
from casebook.exports.text_files import text_file
from casebook.model import CaseStudy, Catalogue, Term, earliest, format_date

ALL = "feed.xml"
MAX_ENTRIES = 50
_WRITTEN_WITHIN = timedelta(days=28)
"""A check so soon after a case study was added is part of writing, not an event of its own."""


@dataclass(frozen=True, kw_only=True)
class Event:
    key: str
    """Its permanent key, from which the entry's id is derived."""
    day: date
    title: str
    text: str
    path: str
    case: CaseStudy


def feeds(catalogue: Catalogue, site: Site) -> Iterator[SiteFile]:
    """Yield every feed. A feed must have a date, so there is none without case studies."""
    if catalogue.cases:
        yield _feed(site, ALL, "case-studies/", site.name, catalogue.cases)
    for term in chain.from_iterable(followed(catalogue).values()):
        title = f"{term.title} – {site.name}"
        yield _feed(site, feed_of(term, catalogue), term.path, title, catalogue.listed(term))
    if site.url:  # the list is imported as a file, so its links must be absolute
        yield text_file("feeds.opml", site=site, catalogue=catalogue, followed=followed(catalogue))


def followed(catalogue: Catalogue) -> dict[str, tuple[Term, ...]]:
    """Return the terms that have a feed, by facet."""
    facets = {name: getattr(catalogue, name) for name in ("questions", "pledges", "themes", "nations")}
    facets["councils"] = sorted(catalogue.active_councils, key=lambda council: council.title)
    return {name: tuple(term for term in terms if feed_of(term, catalogue)) for name, terms in facets.items()}


def feed_of(term: Term, catalogue: Catalogue) -> str:
    """Return the path of the term's feed from the site's root; empty if it has none."""
    has_one = term.facet != "powers" and catalogue.listed(term)
    return f"{term.path}feed.xml" if has_one else ""


def _events(case: CaseStudy) -> Iterator[Event]:
    tell = partial(Event, case=case)
    yield tell(key=case.path, day=case.added, title=case.title, text=case.summary, path=case.path)
    if case.checked - case.added > _WRITTEN_WITHIN:
        yield tell(
            key=f"{case.path}#checked-{case.checked}",
            day=case.checked,
            title=f"Checked again: {case.title}",
            text=f"The facts were checked against the sources on {format_date(case.checked)}. {case.summary}",
            path=case.path,
        )
    for update in case.updates:
        day = earliest(update.date)
        assert day  # the schema allows nothing else
        yield tell(
            key=f"{case.path}#claim-{update.id}",
            day=day,
            title=f"What happened next: {case.title}",
            text=f"{format_date(update.date)}: {update.text}",
            path=f"{case.path}#claim-{update.id}",
        )


def _feed(site: Site, path: str, page: str, title: str, cases: Iterable[CaseStudy]) -> SiteFile:
    """Return a feed. Without the site's address its links are relative to the feed, as Atom allows."""
    events = chain.from_iterable(_events(case) for case in cases)
    base = site.url or "../" * path.count("/")
    return text_file(path, site=site, page=page, title=title, events=_newest(events), base=base)


def _newest(events: Iterable[Event]) -> list[Event]:
    """Return the newest, and all others of the last one's day, lest a day of many hide some of them."""
    ordered = sorted(events, key=lambda event: (event.day, event.key), reverse=True)
    last = ordered[:MAX_ENTRIES][-1]
    return [event for event in ordered if event.day >= last.day]
