"""Which pages the catalogue makes: addresses, titles, and the template of each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path as FilePath
from typing import Any

from casebook.content import Refused, decoded, parse_document
from casebook.exports import feed_of
from casebook.model import CaseStudy, Catalogue, Council, Pledge, Power, Question, Term, Theme
from casebook.site.templates import TemplateFault

DOCS = "docs"
_SAID = ("title", "description", "template")
_NAMES_A_TEMPLATE = re.compile(rb"---\r?\n(?:[^\n]*\n){0,9}?template:")


class PageFault(TemplateFault):
    """The file of a page says too little of it, or can't be read."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of the site that is made from the catalogue."""

    path: str
    """Its address from the site's root, ending in a slash; empty for the home page."""
    title: str
    description: str
    template: str
    subject: Any = None
    """What it is about: a CaseStudy, a Term, or nothing for a list."""
    file: str = ""
    """The repository's file that an editor would change, if there is one."""
    terms: tuple[Term, ...] = ()
    """What a list page lists."""
    feed: str = ""
    """The address of its own feed from the site's root, if it has one."""
    changed: date | None = None
    """The day of its last change, if it is known."""

    @property
    def is_indexed(self) -> bool:
        """Whether programs are told of it: not where a case study was taken back, or stood before."""
        return self.template not in ("moved.html", "withdrawn.html")

    @property
    def up(self) -> str:
        """What leads from this page to the site's root."""
        return "../" * self.path.count("/")


def single_pages(root: FilePath) -> Iterator[Page]:
    """Yield the pages of which there is but one: the files under docs/ that name their template.

    Raises PageFault if one of them has no title or description, or can't be read.
    """
    docs = root / DOCS
    for path in sorted(docs.rglob("*.md")):
        name, raw = path.relative_to(docs).as_posix(), path.read_bytes()
        if _NAMES_A_TEMPLATE.match(raw):
            about = _about(f"{DOCS}/{name}", path.stem, raw)
            address = (
                name.removesuffix("index.md") if path.stem == "index" else f"{name.removesuffix('.md')}/"
            )
            yield Page(path=address, **about)


def _about(file: str, stem: str, raw: bytes) -> dict[str, Any]:
    """What the front matter says of the page."""
    try:
        document, problems = parse_document(file, stem, decoded(raw))
    except Refused as refusal:
        raise PageFault(str(refusal.problem(file))) from refusal
    if problems or not document:
        raise PageFault("\n".join(map(str, problems)))
    missing = [key for key in _SAID if not (isinstance(text := document.data.get(key), str) and text)]
    if missing:
        raise PageFault(
            f"{file}:1: {missing[0]}: is missing\n    Say it in the front matter, above the text."
        )
    return {key: document.data[key] for key in _SAID}


def pages(root: FilePath, catalogue: Catalogue) -> Iterator[Page]:
    """Yield every page that is made from the catalogue. Raises PageFault."""
    yield from single_pages(root)
    yield from _list_pages(catalogue)
    for case in catalogue.cases:
        yield _case_page(case, case.path, "case-study.html")
        for slug in case.former:
            yield _case_page(case, f"{case.facet}/{slug}/", "moved.html")
    for case in catalogue.withdrawn:
        for slug in (case.slug, *case.former):
            yield _case_page(case, f"{case.facet}/{slug}/", "withdrawn.html")
    terms = chain(catalogue.questions, catalogue.pledges, catalogue.themes, catalogue.powers)
    for term in chain(terms, catalogue.active_councils):
        yield _term_page(term, catalogue)


def _list_pages(catalogue: Catalogue) -> Iterator[Page]:
    def listing(facet: str, title: str, terms: tuple[Term, ...], template: str = "facet.html") -> Page:
        description = f"{title} in the casebook of localism in UK councils, each with its case studies."
        return Page(path=f"{facet}/", title=title, description=description, template=template, terms=terms)

    yield listing("case-studies", "All case studies", (), "case-studies.html")
    yield listing(Question.facet, "The ten key questions", catalogue.questions)
    yield listing(Pledge.facet, "The five pledges", catalogue.pledges)
    yield listing(Theme.facet, "Themes", catalogue.themes)
    yield listing(Power.facet, "Powers", catalogue.powers, "powers.html")
    yield listing(Council.facet, "Councils", catalogue.active_councils, "councils.html")


def _case_page(case: CaseStudy, path: str, template: str) -> Page:
    return Page(
        path=path,
        title=case.title,
        description=case.withdrawn.reason if case.withdrawn else case.summary,
        template=template,
        subject=case,
        file=case.file,
        changed=case.checked,
    )


_TERM_TEMPLATES = {
    Question: "answers.html",
    Pledge: "answers.html",
    Theme: "theme.html",
    Power: "power.html",
    Council: "council.html",
}


def _term_page(term: Term, catalogue: Catalogue) -> Page:
    name = term.name if isinstance(term, Council) else term.title
    return Page(
        path=term.path,
        title=name,
        description=term.summary or f"Case studies of localism by {name}.",
        template=_TERM_TEMPLATES[type(term)],
        subject=term,
        feed=feed_of(term, catalogue),
        changed=max((case.checked for case in catalogue.listed(term)), default=None),
    )
