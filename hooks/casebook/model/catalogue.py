"""All case studies and all terms, cross-referenced: tagged cases, related cases, successors of councils."""

import json
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import blake2b
from itertools import chain, product
from typing import Any

from casebook.model.fields import Fields, fields_of
from casebook.model.models import (
    UNPROVEN,
    Answer,
    CaseStudy,
    Choice,
    Council,
    Nation,
    Pledge,
    Power,
    Question,
    Term,
    Theme,
)

_MAX_CANDIDATES = 100
"""Related cases are chosen from about so many: with all, the work would be quadratic."""


@dataclass(frozen=True, kw_only=True)
class Catalogue:
    questions: tuple[Question, ...]
    pledges: tuple[Pledge, ...]
    themes: tuple[Theme, ...]
    powers: tuple[Power, ...]
    councils: tuple[Council, ...]
    cases: tuple[CaseStudy, ...]
    """Newest first, then by title; every list keeps this order."""
    withdrawn: tuple[CaseStudy, ...] = ()
    """Case studies that were taken back: each still has a page, which says so."""
    choices: Mapping[str, tuple[Choice, ...]]
    """By field: "result", "evidence", "status", ..."""
    credit: str
    """The attribution that the licence of the council register requires."""
    population_year: str
    published_schema: Mapping[str, Any]
    vocabulary_schema: Mapping[str, Any]
    messages: Mapping[str, str]
    """What is said of each mistake in a case study."""
    thesaurus: Mapping[str, tuple[str, ...]]
    """What else people may mean, by what they type."""
    today: date

    @cached_property
    def fields(self) -> Fields:
        return fields_of(self.published_schema)

    @cached_property
    def form_edition(self) -> str:
        """A hash of the form's data, in its page and in the files that it fetches, which must agree."""
        titles = {case.slug: case.title for case in self.cases}
        made_from = json.dumps([self.published_schema, self.messages, titles])
        return blake2b(made_from.encode(), digest_size=8).hexdigest()

    @cached_property
    def _places(self) -> dict[str, tuple[int, ...]]:
        """The indices in `cases` of those tagged with each term, by the term's path."""
        found: dict[str, list[int]] = {}
        for place, case in enumerate(self.cases):
            nations = {f"{Nation.facet}/{council.nation.id}/" for council in case.councils}
            for path in chain(case.terms, nations):
                found.setdefault(path, []).append(place)
        return {path: tuple(places) for path, places in found.items()}

    @cached_property
    def _place(self) -> dict[str, int]:
        return {case.slug: place for place, case in enumerate(self.cases)}

    @cached_property
    def _tags(self) -> tuple[int, ...]:
        """The terms of each of `cases` as a bit mask: it is quick to count what two have in common."""
        bits = {path: 1 << number for number, path in enumerate(self._places)}
        return tuple(sum(map(bits.__getitem__, case.terms)) for case in self.cases)

    @cached_property
    def _by_term(self) -> dict[str, tuple[CaseStudy, ...]]:
        return {path: tuple(self.cases[place] for place in places) for path, places in self._places.items()}

    @cached_property
    def _predecessors(self) -> dict[str, tuple[Council, ...]]:
        found: dict[str, list[Council]] = {}
        for council in self.councils:
            for successor in council.successors if self.is_abolished(council) else ():
                found.setdefault(successor, []).append(council)
        return {successor: tuple(councils) for successor, councils in found.items()}

    @cached_property
    def nations(self) -> tuple[Nation, ...]:
        nations = sorted({council.nation for council in self.councils}, key=lambda nation: nation.rank)
        return tuple(Nation(id=nation.id, title=nation.title) for nation in nations)

    def councils_in(self, nation: Nation, *, listed: bool) -> tuple[Council, ...]:
        """Its councils in being, those with case studies or those without, in the register's order."""
        here = (c for c in self.councils if c.nation.id == nation.id and self.exists(c))
        return tuple(council for council in here if bool(self.listed(council)) == listed)

    def powers_in(self, nation: Nation | Choice) -> tuple[Power, ...]:
        return tuple(power for power in self.powers if nation.id in {n.id for n in power.nations})

    def themes_without(self, nation: Nation) -> tuple[Theme, ...]:
        """The themes that no case study from the nation has."""
        return tuple(theme for theme in self.themes if not self.both(theme, nation))

    @cached_property
    def council(self) -> dict[str, Council]:
        return {council.id: council for council in self.councils}

    def about(self, term: Term) -> tuple[CaseStudy, ...]:
        """The case studies tagged with the term itself, in the catalogue's order."""
        return self._by_term.get(term.path, ())

    def not_found(self, question: Question) -> tuple[CaseStudy, ...]:
        """The case studies in whose sources the question was looked for, and not answered."""
        return tuple(case for case in self.cases if question in case.not_found)

    def example_answers(
        self, term: Question | Pledge, theme: Theme | None = None
    ) -> tuple[tuple[CaseStudy, Answer], ...]:
        """Two answers to the question or pledge: those of the cases with the strongest evidence."""
        cases = self.both(term, theme) if theme else self.about(term)
        best = sorted(cases, key=lambda case: case.evidence.rank, reverse=True)
        return tuple((case, case.answer_to(term)) for case in best[:2])

    def is_abolished(self, council: Council) -> bool:
        return bool(council.end and council.end < self.today)

    def exists(self, council: Council) -> bool:
        return not self.is_abolished(council) and not (council.start and council.start > self.today)

    def predecessors(self, council: Council) -> tuple[Council, ...]:
        """Every council that this one succeeds, directly or not."""
        direct = self._predecessors.get(council.id, ())
        earlier = (older for former in direct for older in self.predecessors(former))
        return tuple(dict.fromkeys(chain(direct, earlier)))

    def inherited(self, council: Council) -> tuple[CaseStudy, ...]:
        """The case studies of its predecessors, each once, except its own."""
        theirs = chain.from_iterable(self.about(former) for former in self.predecessors(council))
        return tuple({case.slug: case for case in theirs if council.path not in case.terms}.values())

    def listed(self, term: Term) -> tuple[CaseStudy, ...]:
        """The case studies on the term's page: on a council's, also those of its predecessors."""
        return self.about(term) + (self.inherited(term) if isinstance(term, Council) else ())

    def successors(self, council: Council) -> tuple[Council, ...]:
        """The existing councils that succeed it, directly or not; itself if it is not abolished."""
        if not self.is_abolished(council):
            return (council,)
        latest = (self.successors(self.council[id]) for id in council.successors)
        return tuple(dict.fromkeys(chain.from_iterable(latest)))

    @cached_property
    def active_councils(self) -> tuple[Council, ...]:
        """Councils that have case studies, of their own or of their predecessors."""
        return tuple(c for c in self.councils if self.about(c) or self.inherited(c))

    def by_area(self) -> dict[Choice, tuple[Council, ...]]:
        """Active councils that are not abolished, by region or nation (England first), then title."""
        councils = [council for council in self.active_councils if not self.is_abolished(council)]
        councils.sort(key=lambda council: (council.nation.rank, council.area.rank, council.title))
        areas = dict.fromkeys(council.area for council in councils)
        return {area: tuple(c for c in councils if c.area == area) for area in areas}

    def by_theme(self, cases: tuple[CaseStudy, ...]) -> dict[Theme, tuple[CaseStudy, ...]]:
        """The cases under their main theme, themes in the vocabulary's order."""
        groups: dict[str, list[CaseStudy]] = {}
        for case in cases:
            groups.setdefault(case.theme.id, []).append(case)
        return {theme: tuple(groups[theme.id]) for theme in self.themes if theme.id in groups}

    def both(self, one: Term, other: Term) -> tuple[CaseStudy, ...]:
        others = frozenset(self._places.get(other.path, ()))
        return tuple(self.cases[place] for place in self._places.get(one.path, ()) if place in others)

    def related(self, case: CaseStudy, most: int = 4) -> tuple[tuple[CaseStudy, tuple[Term, ...]], ...]:
        """The cases that share the most terms with this one, each with those, rarest first; ties by order."""
        own = self._tags[self._place[case.slug]]
        shared = {place: (own & self._tags[place]).bit_count() for place in sorted(self._alike(case))}
        places = sorted(shared, key=shared.__getitem__, reverse=True)[:most]
        return tuple((self.cases[place], self._by_rarity(case, self.cases[place])) for place in places)

    def _alike(self, case: CaseStudy) -> set[int]:
        """The indices of about `_MAX_CANDIDATES` cases that share a term.

        Those of the rarest terms come first; of a common term only those that are nearest in the order.
        """
        own = self._place[case.slug]
        found: set[int] = set()
        for places in sorted((self._places[path] for path in case.terms), key=len):
            middle = bisect_left(places, own)
            found.update(places[max(0, middle - _MAX_CANDIDATES // 2) : middle + _MAX_CANDIDATES // 2])
            if len(found) > _MAX_CANDIDATES:
                break
        return found - {own}

    def _by_rarity(self, case: CaseStudy, other: CaseStudy) -> tuple[Term, ...]:
        """The terms that both have, the rarest first: those say most about their similarity."""
        terms = (case.terms[path] for path in case.terms.keys() & other.terms.keys())
        return tuple(sorted(terms, key=lambda term: (len(self.about(term)), term.path)))

    @property
    def modified(self) -> date:
        """The latest day on which a case study was added or its facts were checked."""
        days = chain.from_iterable((case.added, case.checked) for case in self.cases)
        return max(days, default=self.today)

    @property
    def newest(self) -> tuple[CaseStudy, ...]:
        """Those that joined the casebook last, the latest first."""
        return tuple(sorted(self.cases, key=lambda case: case.added, reverse=True))

    @cached_property
    def featured(self) -> tuple[CaseStudy, ...]:
        """Three to start with: the two with the best evidence and the most answers, and one that failed.

        The two have different main themes, and outcomes of which one worked and none failed.
        """
        best = sorted(self.cases, key=lambda case: (case.evidence.rank, len(case.answers)), reverse=True)
        worked = [case for case in best if _worked(case) and not _failed(case)]
        first_of_theme = {case.theme.id: case for case in reversed(worked)}
        good = [case for case in worked if first_of_theme[case.theme.id] is case]
        return (*good[:2], *[case for case in best if _failed(case)][:1])

    def examples(
        self, theme: Theme | None = None
    ) -> dict[str, tuple[tuple[CaseStudy, ...], tuple[CaseStudy, ...]]]:
        """By question id: two cases that answer it and worked, and one that answers it and failed.

        Each has the strongest evidence of its result; among equals, it is the one shown least so far. With a
        theme, all are tagged with it.
        """
        shown: Counter[str] = Counter()
        found = {}
        for question in self.questions:
            cases = self.both(question, theme) if theme else self.about(question)
            failed = [case for case in cases if _failed(case)]
            others = [case for case in cases if not _failed(case)]
            chosen = (
                _best_proved(others, "worked", shown)[:2],
                _best_proved(failed, "did-not-work", shown)[:1],
            )
            shown.update(case.slug for case in chain(*chosen))
            found[question.id] = chosen
        return found

    @cached_property
    def gaps(self) -> tuple[tuple[Question, Theme], ...]:
        pairs = product(self.questions, self.themes)
        return tuple((question, theme) for question, theme in pairs if not self.both(question, theme))

    @property
    def least_answered(self) -> tuple[Question, ...]:
        """The questions, those with the fewest answers first."""
        return tuple(sorted(self.questions, key=lambda question: len(self.about(question))))

    def by_nation(self) -> tuple[tuple[Choice, int], ...]:
        """How many active councils each nation has, in the register's order of nations."""
        nations = [council.nation for council in self.active_councils]
        return tuple((nation, nations.count(nation)) for nation in sorted(set(nations), key=lambda n: n.rank))

    def by_evidence(self, cases: tuple[CaseStudy, ...]) -> tuple[tuple[Choice, int], ...]:
        """How many of the cases rest on each kind of evidence at best, the strongest first."""
        counts = Counter(case.evidence.id for case in cases)
        return tuple((kind, counts[kind.id]) for kind in self.proofs if kind.id in counts)

    @cached_property
    def proofs(self) -> tuple[Choice, ...]:
        """What the evidence of a case study may be, the strongest first: of some, nothing is shown yet."""
        is_unproven = any(case.evidence == UNPROVEN for case in self.cases)
        return (*self.evidence_kinds, *((UNPROVEN,) if is_unproven else ()))

    @property
    def evidence_kinds(self) -> tuple[Choice, ...]:
        return tuple(reversed(self.choices["evidence"]))


def _best_proved(cases: list[CaseStudy], result: str, shown: Mapping[str, int]) -> tuple[CaseStudy, ...]:
    """The cases that have this result: the strongest evidence for it first, then the least shown."""
    proofs = {
        case.slug: [outcome.evidence.rank for outcome in case.outcomes if outcome.result.id == result]
        for case in cases
    }
    proved = (case for case in cases if proofs[case.slug])
    return tuple(sorted(proved, key=lambda case: (-max(proofs[case.slug]), shown[case.slug])))


def _worked(case: CaseStudy) -> bool:
    return bool(case.results) and case.results[0].id == "worked"


def _failed(case: CaseStudy) -> bool:
    return any(result.id == "did-not-work" for result in case.results)
