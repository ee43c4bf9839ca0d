"""The entities of the domain, as frozen dataclasses without input, validation or output."""

import math
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


UNPROVEN = Choice(id="none", title="Not shown yet", summary="Nobody has shown yet what came of it.", rank=-1)
"""The evidence of a case study that has outputs, and no outcomes."""


@dataclass(frozen=True, kw_only=True)
class Term:
    """An entry of a vocabulary, with which case studies can be tagged."""

    facet: ClassVar[str]
    """The vocabulary's name, which is also the first part of its pages' path."""

    id: str
    title: str
    summary: str = ""
    aliases: tuple[str, ...] = ()

    @cached_property
    def path(self) -> str:
        """Its page's path from the site's root."""
        return f"{self.facet}/{self.id}/"

    @property
    def name(self) -> str:
        return self.title


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
class Nation(Term):
    facet = "nations"


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
    population: int | None = None
    rural_urban: Choice | None = None
    deprivation: Choice | None = None
    """Its fifth of all councils; the first is the most deprived."""
    hex: tuple[int, int] | None = None
    """Column and row on the map's odd-r grid of hexagons."""

    @property
    def name(self) -> str:
        return self.official_name or self.title

    @property
    def area(self) -> Choice:
        return self.region or self.nation

    @cached_property
    def scales(self) -> tuple[float, float, float] | None:
        """Where it stands: 1 is a doubling of people, a kind of countryside, two fifths of deprivation."""
        if self.population and self.rural_urban and self.deprivation:
            return math.log2(self.population), self.rural_urban.rank, self.deprivation.rank / 2
        return None


@dataclass(frozen=True, kw_only=True)
class Source:
    id: str
    number: int
    """Its position in the case study's list, from 1, which citations show."""
    title: str
    publisher: str
    kind: Choice
    url: str = ""
    document: Choice | None = None
    """What others can copy, if it is that: a lease, a policy, ..."""
    copy_of: str = ""
    archive: str = ""
    published: str = ""
    """YYYY, YYYY-MM or YYYY-MM-DD, as precise as the source is."""
    undated: Choice | None = None
    """Set if what was read shows no date."""
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
class Claim:
    id: str
    """Its key in the case study, which never changes."""
    what: str
    when: str = ""
    """YYYY, YYYY-MM or YYYY-MM-DD."""
    question: Question | None = None
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True)
class Output(Claim):
    evidence: Choice | None = None


@dataclass(frozen=True, kw_only=True)
class Outcome(Claim):
    result: Choice
    evidence: Choice
    hoped_by: str = ""
    commissioned_by: str = ""
    """Who paid for the evaluation, if those who were evaluated did."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    id: str
    what: str
    gbp: int | None = None
    """In pounds; otherwise both ends of a range."""
    gbp_from: int | None = None
    gbp_to: int | None = None
    kind: Choice
    basis: Choice
    year: str = ""
    """YYYY or YYYY/YY."""
    paid_by: str = ""
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True)
class Effort:
    staff: str = ""
    volunteers: str = ""
    months_to_start: int | None = None
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True)
class Agreed:
    """A term of a lease, contract or constitution."""

    kind: Choice
    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True)
class Update:
    id: str
    date: str
    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True)
class Reply:
    """What a body that the case study is about says of it."""

    by: str
    date: str
    text: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True)
class Withdrawal:
    """Of a whole case study, or of the claim with the id."""

    id: str = ""
    date: str
    reason: str


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
    """YYYY or YYYY-MM; empty if it has not come to an end, or nobody knows."""
    told_until: str = ""
    """YYYY or YYYY-MM: the last that any source speaks of."""
    status: Choice
    answers: tuple[Answer, ...]
    not_found: tuple[Question, ...] = ()
    """Questions that no source answers, though they were looked for."""
    deeds: tuple[Answer, ...] = ()
    outputs: tuple[Output, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    costs: tuple[Cost, ...] = ()
    effort: Effort | None = None
    agreed: tuple[Agreed, ...] = ()
    """The schema's `terms`: here, terms are tags."""
    powers: tuple[Power, ...] = ()
    ask: str = ""
    sources: tuple[Source, ...]
    updates: tuple[Update, ...] = ()
    replies: tuple[Reply, ...] = ()
    added: date
    checked: date
    former: tuple[str, ...] = ()
    retired: tuple[Withdrawal, ...] = ()
    """Claims that were taken back."""
    withdrawn: Withdrawal | None = None
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
        shown = (outcome.evidence for outcome in self.outcomes)
        return max(shown, key=lambda choice: choice.rank, default=UNPROVEN)

    @property
    def proofs(self) -> tuple[Choice, ...]:
        """The distinct kinds of evidence of its outcomes and outputs, the strongest first."""
        shown = {outcome.evidence for outcome in self.outcomes}
        shown |= {output.evidence for output in self.outputs if output.evidence}
        return tuple(sorted(shown, key=lambda choice: -choice.rank))

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


NAMES = {"questions": "answers", "pledges": "deeds", "terms": "agreed", "in": "council"}
"""What a field of the schema is called here, where that is not its key."""
FACETS: dict[str, type[Term]] = {cls.facet: cls for cls in (Question, Pledge, Theme, Council, Power)}
"""The classes of tags, by the name of their vocabulary."""
