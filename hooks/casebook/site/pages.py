"""Which pages the catalogue makes: addresses, titles, and the template of each."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from casebook.exports import feed_of
from casebook.model import CaseStudy, Catalogue, Council, Pledge, Power, Question, Term, Theme


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
        path="about/coverage/",
        title="What the casebook covers",
        description="How many case studies there are by question, nation, year, result and evidence.",
        template="coverage.html",
    ),
    Page(
        path="about/style/",
        title="Style",
        description="Every part that the casebook's pages are made of.",
        template="style.html",
    ),
    Page(
        path="ask/",
        title="Ask the ten questions of your own plan",
        description="A worksheet: the ten questions, with cases that answer them and room for your answers.",
        template="ask.html",
    ),
    Page(
        path="ask/summary/",
        title="Where the plan stands",
        description="Your answers to the ten questions on a sheet for a meeting, what is open first.",
        template="ask-summary.html",
    ),
    Page(
        path="contribute/",
        title="Contribute a case study",
        description="How to send in a case study of localism, with Git or without.",
        template="contribute.html",
    ),
    Page(
        path="pack/",
        title="Your pack",
        description="Case studies side by side, for a report, a committee or a meeting.",
        template="pack.html",
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
        description="Case studies whose facts nobody has checked for long, and how to check one.",
        template="needs-checking.html",
    ),
    Page(
        path="data/",
        title="Open data",
        description="Everything in the casebook as JSON, CSV and SQLite, free to use, with worked examples.",
        template="data.html",
    ),
    Page(
        path="data/codebook/",
        title="Codebook",
        description="Every table and column of the casebook's open data, and what their values mean.",
        template="codebook.html",
    ),
    Page(
        path="feeds/",
        title="Follow the casebook",
        description="Feeds that tell you of new case studies, and of what became of the old ones.",
        template="feeds.html",
    ),
    Page(
        path="contribute/form/",
        title="Write a case study",
        description="A form that makes the file of a case study, checks it and helps to send it in.",
        template="form.html",
    ),
    Page(
        path="contribute/sheet/",
        title="A blank sheet",
        description="Every field and question of a case study on paper, with room to write.",
        template="sheet.html",
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


def _case_page(case: CaseStudy) -> Page:
    return Page(
        path=case.path,
        title=case.title,
        description=case.summary,
        template="case-study.html",
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
