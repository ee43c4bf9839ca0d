"""The catalogue, drawn: which pages there are, and each one's HTML by its Jinja2 template."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path as FilePath
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from casebook import bodies, dates, freshness, palette
from casebook.catalogue import Catalogue
from casebook.facets import facets, tags
from casebook.fields import fields
from casebook.maps import council_map
from casebook.models import CaseStudy, Council, Pledge, Power, Question, SiteFile, Term, Theme

TEMPLATES = "docs/overrides"
FIND_FIRST = 200
"""How many case studies the find page holds itself: as many as load at once on a telephone."""
FIND_GROUP = 10
"""How many cards stand in each file of further ones, which find.js fetches."""


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

    @property
    def up(self) -> str:
        """What leads from this page to the site's root."""
        return "../" * self.path.count("/")


_SINGLE = (
    Page(
        path="",
        title="The Localism Casebook",
        description="Real case studies of localism in UK councils, by the ten questions they answer.",
        template="home.html",
    ),
    Page(
        path="about/",
        title="About the casebook",
        description="What the casebook is, how it rates evidence, and who may use it.",
        template="about.html",
    ),
    Page(
        path="about/letter/",
        title="The founding letter",
        description="The open letter that the casebook carries out: five pledges and ten key questions.",
        template="letter.html",
    ),
    Page(
        path="about/style/",
        title="Style",
        description="Every part that the casebook's pages are made of.",
        template="style.html",
    ),
    Page(
        path="contribute/",
        title="Contribute a case study",
        description="How to send in a case study of localism, with Git or without.",
        template="contribute.html",
    ),
    Page(
        path="contribute/fields/",
        title="Every field of a case study",
        description="What each field of a case study means, its limits, its allowed values and an example.",
        template="fields.html",
    ),
    Page(
        path="contribute/needs-checking/",
        title="Case studies that need checking",
        description="Case studies whose facts nobody has checked for 18 months, and how to check one.",
        template="needs-checking.html",
    ),
    Page(
        path="find/",
        title="Find a case study",
        description="Search the casebook by key question, theme, council, result and evidence.",
        template="find.html",
    ),
    Page(
        path="gaps/",
        title="What is missing",
        description="Which key questions have answers in which themes, and how strong the evidence is.",
        template="gaps.html",
    ),
)


def pages(catalogue: Catalogue) -> Iterator[Page]:
    """Yield every page that the catalogue makes."""
    yield from _SINGLE
    yield from _list_pages(catalogue)
    for case in catalogue.cases:
        yield _case_page(case)
    terms = chain(catalogue.questions, catalogue.pledges, catalogue.themes, catalogue.powers)
    for term in chain(terms, catalogue.active_councils):
        yield _term_page(term)


def templates(root: FilePath, repository: str) -> Environment:
    """The Jinja2 environment of our own templates: everything contributed is escaped.

    `repository` is the project's address on GitHub, to which readers are sent to say something.
    """
    environment = Environment(
        loader=FileSystemLoader(root / TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"in_words": dates.in_words, "heading_id": bodies.heading_id}
    environment.globals |= {
        "years": dates.years,
        "council_map": council_map,
        "facets": facets,
        "fields": fields,
        "tags": tags,
        "headings": bodies.HEADINGS,
        "palette": palette.pairs(root),
        "freshness": freshness,
        "repository": repository,
        "find_first": FIND_FIRST,
        "find_group": FIND_GROUP,
    }
    return environment


def draw(page: Page, catalogue: Catalogue, environment: Environment, introduction: str = "") -> str:
    """Return the HTML of the page's main part.

    `introduction` is HTML that a maintainer wrote for the same address under docs/; it stands at the top.
    """
    return environment.get_template(page.template).render(
        page=page,
        up=page.up,
        subject=page.subject,
        catalogue=catalogue,
        introduction=Markup(introduction),
        body=_body(page),
    )


def cards(catalogue: Catalogue, environment: Environment) -> Iterator[SiteFile]:
    """Yield the files of the cards that the find page doesn't hold itself, as HTML without a frame."""
    template = environment.get_template("cards.html")
    for first in range(FIND_FIRST, len(catalogue.cases), FIND_GROUP):
        group = catalogue.cases[first : first + FIND_GROUP]
        yield SiteFile(
            path=f"find/cards/{first // FIND_GROUP}.html", text=template.render(cases=group, up="../")
        )


def _list_pages(catalogue: Catalogue) -> Iterator[Page]:
    def listing(facet: str, title: str, terms: tuple[Term, ...], template: str = "facet.html") -> Page:
        description = f"{title} in the casebook of localism in UK councils, each with its case studies."
        return Page(path=f"{facet}/", title=title, description=description, template=template, terms=terms)

    yield listing("case-studies", "All case studies", (), "case-studies.html")
    yield listing(Question.facet, "The ten key questions", catalogue.questions)
    yield listing(Pledge.facet, "The five pledges", catalogue.pledges)
    yield listing(Theme.facet, "Themes", catalogue.themes)
    yield listing(Power.facet, "Powers", catalogue.powers)
    yield listing(Council.facet, "Councils", catalogue.active_councils, "councils.html")


def _case_page(case: CaseStudy) -> Page:
    return Page(
        path=case.path,
        title=case.title,
        description=case.summary,
        template="case-study.html",
        subject=case,
        file=case.file,
    )


_TERM_TEMPLATES = {
    Question: "answers.html",
    Pledge: "answers.html",
    Theme: "term.html",
    Power: "term.html",
    Council: "council.html",
}


def _term_page(term: Term) -> Page:
    name = term.name if isinstance(term, Council) else term.title
    summary = term.summary or f"Case studies of localism by {name}."
    return Page(
        path=term.path, title=name, description=summary, template=_TERM_TEMPLATES[type(term)], subject=term
    )


def _body(page: Page) -> Markup:
    """The case study's body as HTML, cleaned by nh3; empty for other pages."""
    if not isinstance(page.subject, CaseStudy):
        return Markup()
    numbers = {source.id: source.number for source in page.subject.sources}
    return Markup(bodies.html(page.subject.body, numbers, page.up))
