"""Made-up collections of any size, for benchmarks and tests. They are never published.

They consist of sentences that were taken once from real case studies, so that they compress and render like
real ones, and results of different days are comparable. Terms come from the vocabularies of the project into
which they are written. A file has as many answers, outputs, outcomes, sums, updates and sources as the real
ones had in December 2026, and weighs as much.
"""

import random
import textwrap
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path as FilePath
from typing import Any

from casebook.content import files, markdown, writer
from casebook.validation import schema
from casebook.validation.schema import Schema

REAL = FilePath(__file__).parent.parent
SENTENCES = FilePath(__file__).parent / "sentences.txt"
_SYLLABLES = "ba bel cam dor el fen gar hol ish kel lan mor nor oak pen rod sal ton ul ven wyn".split()
_KINDS = {"minutes": "council", "gazette": "press", "study": "research"}
"""What each case study cites, and the kinds of these."""
_SENTENCES = 140
"""More than any case study takes."""
_LAST = "2024"
"""The last year that any source speaks of."""
_READ = date(2025, 1, 1)
"""The first day on which sources were read; all others lie in the 13 months from then."""


def fill(root: FilePath, number: int) -> None:
    """Write this number of case studies into the project at `root`; the same number gives the same files."""
    loaded, problems = schema.load_schema(root)
    assert loaded, problems
    rng = random.Random(20261125)
    sentences = SENTENCES.read_text(encoding="utf-8").splitlines()
    (root / files.CASE_STUDIES).mkdir(exist_ok=True)
    for each in range(number):
        text = writer.file_text(*_Generator(each, rng, sentences, loaded).case_study())
        (root / files.CASE_STUDIES / f"case-{each}.md").write_text(text, encoding="utf-8", newline="\n")


def averages(root: FilePath) -> tuple[float, float]:
    """Return how many words and bytes a case study's file has."""
    texts = [path.read_text(encoding="utf-8") for path in (root / files.CASE_STUDIES).glob("*.md")]
    words = sum(len(text.split()) for text in texts)
    return words / len(texts), sum(len(text.encode()) for text in texts) / len(texts)


class _Generator:
    """Generates one case study."""

    def __init__(self, number: int, rng: random.Random, sentences: list[str], loaded: Schema) -> None:
        self._number = number
        self._rng = rng
        self._terms = {facet: list(one.terms.values()) for facet, one in loaded.vocabularies.items()}
        self._choices = {name: list(choices) for name, choices in loaded.choices.items()}
        self._over = loaded.over
        self._unused: Iterator[str] = iter(rng.sample(sentences, _SENTENCES))
        named = [(f"{id}-{each}" if each else id, kind) for each in range(7) for id, kind in _KINDS.items()]
        self._sources = dict(named[: rng.randint(8, 19)])
        self._cited = cycle(self._sources)
        self._name = "".join(rng.choices(_SYLLABLES, k=3)).title()
        self._read = _READ + timedelta(days=rng.randrange(395))

    def case_study(self) -> tuple[dict[str, Any], dict[str, str]]:
        """Return its front matter, and its body by headings."""
        status = self._rng.choice(self._choices["status"])
        questions = self._some("questions", 4, 8)
        front = {
            "title": self._line(f"{self._name} {self._number}: {next(self._unused)}", 80),
            "summary": self._text(),
            "councils": [self._council()],
            "partners": self._several(1, 4, self._partner),
            "themes": self._some("themes", 1, 4),
            **self._period(status),
            "status": status,
            "questions": {id: self._cited_text("answer") for id in questions},
            **self._if_any("pledges", {id: self._cited_text("how") for id in self._some("pledges", 0, 1)}),
            "outputs": self._several(1, 5, self._output),
            "outcomes": self._several(1, 3, self._outcome),
            **self._if_any("costs", self._several(0, 6, self._cost)),
            "effort": {"staff": next(self._unused), "volunteers": next(self._unused), **self._citing()},
            **self._if_any("terms", self._several(0, 1, self._agreed)),
            **self._if_any("powers", self._some("powers", 0, 1)),
            "sources": {id: self._source(id, kind) for id, kind in self._sources.items()},
            **self._if_any("updates", self._several(0, 1, self._update)),
            "added": str(self._read),
            "checked": str(self._read),
        }
        return front, {heading: self._section() for heading in markdown.HEADINGS}

    def _several(self, least: int, most: int, make: Callable[[int], dict[str, Any]]) -> list[dict[str, Any]]:
        return [make(each) for each in range(1, self._rng.randint(least, most) + 1)]

    def _text(self) -> str:
        return self._line(f"{next(self._unused)} {self._name}. {next(self._unused)}", 290)

    def _line(self, text: str, most: int) -> str:
        return textwrap.shorten(text, most, placeholder="")

    def _some(self, facet: str, least: int, most: int) -> list[str]:
        number = self._rng.randint(least, most)
        return [term.id for term in self._rng.sample(self._terms[facet], number)]

    def _if_any(self, field: str, values: Any) -> dict[str, Any]:
        return {field: values} if values else {}

    def _council(self) -> str:
        known = (one for one in self._terms["councils"] if not one.end)
        return self._rng.choice([one.id for one in known if not (one.start and str(one.start) > _LAST)])

    def _period(self, status: str) -> dict[str, Any]:
        began = {"from": str(self._rng.randint(2005, 2022))}
        if status in self._over:
            return {"period": began | {"to": _LAST}}
        return {"period": began, "told_until": _LAST}

    def _cited_text(self, field: str) -> dict[str, Any]:
        return {field: self._text(), **self._citing()}

    def _citing(self) -> dict[str, list[str]]:
        return {"sources": [next(self._cited), next(self._cited)]}

    def _partner(self, number: int) -> dict[str, Any]:
        return {"name": f"{self._name} Partners {number}, of the parish", "kind": "charity"}

    def _output(self, number: int) -> dict[str, Any]:
        when = str(self._rng.randint(2005, 2024))
        return {
            "id": f"done-by-{self._name.lower()}-and-{number}",
            "what": next(self._unused),
            "when": when,
            **self._citing(),
        }

    def _outcome(self, number: int) -> dict[str, Any]:
        return {
            "id": f"claim-{number}",
            "what": next(self._unused),
            "result": self._rng.choice(self._choices["result"]),
            "evidence": self._rng.choice(self._choices["evidence"]),
            "sources": ["gazette"],  # what claims to be proved by the press must cite the press
        }

    def _cost(self, number: int) -> dict[str, Any]:
        return {
            "id": f"sum-{number}",
            "what": next(self._unused),
            "gbp": str(self._rng.randint(1, 999) * 1000),
            "kind": self._rng.choice(self._choices["cost-kind"]),
            "basis": self._rng.choice(self._choices["cost-basis"]),
            "year": _LAST,
            "paid_by": f"{self._name} Council",
            **self._citing(),
        }

    def _agreed(self, number: int) -> dict[str, Any]:
        kind = self._rng.choice(self._choices["term-kind"])
        return {"kind": kind, "text": next(self._unused), **self._citing()}

    def _update(self, number: int) -> dict[str, Any]:
        return {"id": f"update-{number}", "date": _LAST, "text": self._text(), **self._citing()}

    def _source(self, id: str, kind: str) -> dict[str, str]:
        return {
            "title": self._line(next(self._unused), 60),
            "publisher": f"{self._name} {id.title()}",
            "kind": kind,
            "url": f"https://example.org/{'-'.join(self._rng.choices(_SYLLABLES, k=22))}/{id}",
            "published": str(self._rng.randint(2005, 2024)),
            "accessed": str(self._read),
        }

    def _section(self) -> str:
        """Return three paragraphs; in every tenth section, a table as well."""
        parts = [self._paragraph() for _ in range(3)]
        if self._rng.random() < 0.1:
            rows = "".join(f"| {year} | {self._rng.randint(1, 999)} |\n" for year in range(2021, 2025))
            parts.append(f"| Year | Visits |\n|---|---|\n{rows}")
        return "\n\n".join(parts)

    def _paragraph(self) -> str:
        sentences = " ".join(next(self._unused) for _ in range(3))
        return f"{sentences}[^{next(self._cited)}]"
