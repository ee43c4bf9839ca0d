"""The entities of the domain, as frozen dataclasses without input, validation or output."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from typing import ClassVar


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One of a field's fixed list of values, with the text that readers see."""

    id: str
    title: str
    summary: str = ""
    missing: str = ""
    """For evidence: what stronger proof would be."""
    rank: int
    """Its index in the schema's list. For evidence, a higher rank is stronger."""


@dataclass(frozen=True, kw_only=True)
class Term:
    """An entry of a vocabulary, with which case studies can be tagged."""

    facet: ClassVar[str]
    """The vocabulary's name, which is also the first part of its pages' path."""

    id: str
    title: str
    summary: str = ""
    aliases: tuple[str, ...] = ()
    """Other names that people use."""

    @cached_property
    def path(self) -> str:
        """Its page's path from the site's root."""
        return f"{self.facet}/{self.id}/"


@dataclass(frozen=True, kw_only=True)
class Question(Term):
    facet: ClassVar[str] = "questions"
    number: int
    text: str
    """The founding letter's own wording."""
    prompts: tuple[str, ...] = ()
    """Plainer questions to ask of a plan."""


@dataclass(frozen=True, kw_only=True)
class Pledge(Term):
    facet: ClassVar[str] = "pledges"
    number: int
    text: str
    """The founding letter's own wording."""


@dataclass(frozen=True, kw_only=True)
class Theme(Term):
    facet: ClassVar[str] = "themes"


@dataclass(frozen=True, kw_only=True)
class Power(Term):
    facet: ClassVar[str] = "powers"
    nations: tuple[Choice, ...]
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Council(Term):
    facet: ClassVar[str] = "councils"
    official_name: str = ""
    kind: Choice
    nation: Choice
    region: Choice | None = None
    start: date | None = None
    end: date | None = None
    """Its last day, of an abolished council."""
    successors: tuple[str, ...] = ()
    gss: str = ""
    former_gss: tuple[str, ...] = ()
    hex: tuple[int, int] | None = None
    """Column and row on the map's odd-r grid of hexagons."""

    @property
    def name(self) -> str:
        """The official name, where the register has one."""
        return self.official_name or self.title

    @property
    def area(self) -> Choice:
        """The English region, or else the nation."""
        return self.region or self.nation


@dataclass(frozen=True, kw_only=True)
class Source:
    id: str
    number: int
    """Its position in the case study's list, from 1, which citations show."""
    title: str
    publisher: str
    kind: Choice
    url: str = ""
    published: str = ""
    """YYYY, YYYY-MM or YYYY-MM-DD, as precise as the source is."""
    accessed: date


@dataclass(frozen=True, kw_only=True)
class Partner:
    name: str
    kind: Choice
    council: Council | None = None
    """The principal council in whose area it works."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What a case study says to a key question, or how it carries out a pledge."""

    term: Question | Pledge
    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    what: str
    result: Choice
    evidence: Choice
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True)
class Update:
    """What happened next."""

    date: str
    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True)
class CaseStudy:
    facet: ClassVar[str] = "case-studies"

    slug: str
    title: str
    summary: str
    councils: tuple[Council, ...]
    partners: tuple[Partner, ...] = ()
    themes: tuple[Theme, ...]
    began: str
    """YYYY or YYYY-MM."""
    ended: str = ""
    """YYYY or YYYY-MM; empty while it still runs."""
    status: Choice
    answers: tuple[Answer, ...]
    deeds: tuple[Answer, ...] = ()
    outcomes: tuple[Outcome, ...]
    powers: tuple[Power, ...] = ()
    sources: tuple[Source, ...]
    updates: tuple[Update, ...] = ()
    checked: date
    body: str
    """Markdown, as contributed."""
    file: str
    """Its path in the repository, with forward slashes."""

    @cached_property
    def path(self) -> str:
        """Its page's path from the site's root."""
        return f"{self.facet}/{self.slug}/"

    def __hash__(self) -> int:
        return hash(self.slug)  # hashing all fields would be slow, and the slug is unique

    @property
    def theme(self) -> Theme:
        """The main theme, under which lists group it."""
        return self.themes[0]

    @cached_property
    def evidence(self) -> Choice:
        """The strongest evidence shown for any of its outcomes."""
        return max((outcome.evidence for outcome in self.outcomes), key=lambda choice: choice.rank)

    @cached_property
    def results(self) -> tuple[Choice, ...]:
        """The distinct results of its outcomes, the best first."""
        return tuple(sorted({o.result for o in self.outcomes}, key=lambda choice: choice.rank))

    @property
    def areas(self) -> tuple[Choice, ...]:
        """The English regions, or other nations, of its councils."""
        return tuple(dict.fromkeys(council.area for council in self.councils))

    @cached_property
    def terms(self) -> dict[str, Term]:
        """Every term that it is tagged with, by path: text is quicker to hash than terms."""
        tagged = (answer.term for answer in chain(self.answers, self.deeds))
        return {term.path: term for term in chain(tagged, self.themes, self.powers, self.councils)}

    def answer_to(self, term: Question | Pledge) -> Answer:
        """Its answer to the question, or how it carries out the pledge; KeyError if it has none."""
        return {answer.term.path: answer for answer in chain(self.answers, self.deeds)}[term.path]


FACETS: dict[str, type[Term]] = {cls.facet: cls for cls in (Question, Pledge, Theme, Council, Power)}
"""The classes of tags, by the name of their vocabulary."""
