"""Which pages the catalogue makes: addresses, titles, and the template of each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path as FilePath
from typing import Any

from casebook.content import parse_document, read_as_is
from casebook.exports import feed_of
from casebook.model import CaseStudy, Catalogue, Council, Nation, Pledge, Power, Question, Term, Theme
from casebook.site.templates import TemplateFault

DOCS = "docs"
MAX_LISTED = 150
"""Case studies or answers on one page: with more, a page weighs over 300 kB, and has over 5,000 elements."""
_SAID = ("title", "description", "template")
_NAMES_A_TEMPLATE = re.compile(r"---\r?\n(?:[^\n]*\n){0,9}?template:")


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
    cases: tuple[CaseStudy, ...] = ()
    """The case studies that it lists: at most `MAX_LISTED`."""
    theme: Theme | None = None
    """The theme to which its cases are narrowed down."""
    number: int = 1
    of: int = 1
    """Which page it is of the pages that share one list."""
    first: str = ""
    """The path of the first of these."""
    total: int = 0
    """How many case studies all of these list."""
    is_indexed: bool = True
    """Whether programs are told of it: not where it has nothing to tell of yet, or any more."""
    feed: str = ""
    """The address of its own feed from the site's root, if it has one."""
    changed: date | None = None
    """The day of its last change, if it is known."""

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
        name, text = path.relative_to(docs).as_posix(), read_as_is(path)
        if _NAMES_A_TEMPLATE.match(text):
            about = _about(f"{DOCS}/{name}", path.stem, text)
            address = (
                name.removesuffix("index.md") if path.stem == "index" else f"{name.removesuffix('.md')}/"
            )
            yield Page(path=address, **about)


def _about(file: str, stem: str, content: str) -> dict[str, Any]:
    document, problems = parse_document(file, stem, content)
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
    title = "All case studies"
    every = Page(
        path=f"{CaseStudy.facet}/",
        title=title,
        description=f"{title} in the casebook of localism in UK councils, each with its case studies.",
        template="case-studies.html",
    )
    yield from _numbered(every, catalogue.cases)
    for case in catalogue.cases:
        yield _case_page(case, case.path, "case-study.html")
        yield _case_page(case, f"{case.path}handout/", "handout.html")
        for slug in case.former:
            yield _case_page(case, f"{case.facet}/{slug}/", "moved.html")
    for case in catalogue.withdrawn:
        for slug in (case.slug, *case.former):
            yield _case_page(case, f"{case.facet}/{slug}/", "withdrawn.html")
    terms = chain(catalogue.questions, catalogue.pledges, catalogue.themes, catalogue.powers)
    for term in chain(terms, catalogue.nations, catalogue.councils):
        yield from _term_pages(term, catalogue)
    for theme in filter(catalogue.about, catalogue.themes):
        yield Page(
            path=f"ask/{theme.id}/",
            title=f"Ask the ten questions: {theme.title}",
            description=f"The ten questions to ask of your own plan, with answers from {theme.title}.",
            template="ask.html",
            subject=theme,
        )


def _case_page(case: CaseStudy, path: str, template: str) -> Page:
    return Page(
        path=path,
        title=case.title,
        description=case.withdrawn.reason if case.withdrawn else case.summary,
        template=template,
        subject=case,
        file=case.file,
        changed=case.checked,
        is_indexed=template == "case-study.html",
    )


_TERM_TEMPLATES = {
    Question: "answers.html",
    Pledge: "answers.html",
    Theme: "theme.html",
    Power: "power.html",
    Nation: "nation.html",
    Council: "council.html",
}


def _term_pages(term: Term, catalogue: Catalogue) -> Iterator[Page]:
    by = "by" if isinstance(term, Council) else "from"
    cases = catalogue.listed(term)
    page = Page(
        path=term.path,
        title=term.name,
        description=term.summary or f"Case studies of localism {by} {term.name}.",
        template=_TERM_TEMPLATES[type(term)],
        subject=term,
        feed=feed_of(term, catalogue),
        changed=max((case.checked for case in cases), default=None),
        is_indexed=bool(cases) or not isinstance(term, Council),
    )
    if isinstance(term, Question | Pledge) and len(cases) > MAX_LISTED:
        yield from _cut(page, term, catalogue)
    else:
        yield from _numbered(page, cases)


def _cut(page: Page, term: Question | Pledge, catalogue: Catalogue) -> Iterator[Page]:
    """Yield a page with the first answers of each theme, and pages with all of each, under its main theme."""
    groups = catalogue.by_theme(catalogue.about(term))
    each = MAX_LISTED // len(groups)
    yield replace(page, cases=tuple(chain.from_iterable(cases[:each] for cases in groups.values())))
    for theme, cases in groups.items():
        title = f"{page.title}: {theme.title}"
        yield from _numbered(replace(page, path=f"{page.path}{theme.id}/", title=title, theme=theme), cases)


def _numbered(page: Page, cases: tuple[CaseStudy, ...]) -> Iterator[Page]:
    """Yield as many pages as it takes to list the cases; the first keeps the address."""
    parts = [cases[first : first + MAX_LISTED] for first in range(0, len(cases), MAX_LISTED)] or [()]
    for number, part in enumerate(parts, 1):
        listed = replace(page, cases=part, number=number, of=len(parts), first=page.path, total=len(cases))
        if number > 1:
            listed = replace(listed, path=f"{page.path}{number}/", title=f"{page.title}, page {number}")
        yield listed
