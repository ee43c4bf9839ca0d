"""Made-up collections of any size, for benchmarks and tests. They are never published.

They consist of sentences that were taken once from real case studies, so that they compress and render like
real ones, and results of different days are comparable. Terms come from the vocabularies of the project into
which they are written.
"""

import random
import textwrap
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path as FilePath
from typing import Any

from casebook.content import files, markdown, writer
from casebook.validation import schema
from casebook.validation.schema import Schema

REAL = FilePath(__file__).parent.parent
SENTENCES = FilePath(__file__).parent / "sentences.txt"
_SYLLABLES = "ba bel cam dor el fen gar hol ish kel lan mor nor oak pen rod sal ton ul ven wyn".split()
_SOURCES = {"minutes": "council", "gazette": "press", "study": "research"}
"""The sources of each case study, and their kinds."""
_LAST = "2024"
"""The last year that any source speaks of."""


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
        self._unused: Iterator[str] = iter(rng.sample(sentences, 80))
        self._cited = cycle(_SOURCES)
        self._name = "".join(rng.choices(_SYLLABLES, k=3)).title()

    def case_study(self) -> tuple[dict[str, Any], dict[str, str]]:
        """Return its front matter, and its body by headings."""
        status = self._rng.choice(self._choices["status"])
        front = {
            "title": self._line(f"{self._name} {self._number}: {next(self._unused)}", 80),
            "summary": self._text(),
            "councils": [self._council()],
            "themes": self._some("themes", 1, 4),
            **self._period(status),
            "status": status,
            "questions": {id: self._cited_text("answer") for id in self._some("questions", 2, 6)},
            **self._if_any("pledges", {id: self._cited_text("how") for id in self._some("pledges", 0, 2)}),
            "outcomes": [self._outcome(each) for each in range(1, self._rng.randint(2, 3) + 1)],
            **self._if_any("powers", self._some("powers", 0, 1)),
            "sources": {id: self._source(id, kind) for id, kind in _SOURCES.items()},
            "added": "2026-01-31",
            "checked": "2026-01-31",
        }
        return front, {heading: self._section() for heading in markdown.HEADINGS}

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
        return {field: self._text(), "sources": [self._rng.choice(list(_SOURCES))]}

    def _outcome(self, number: int) -> dict[str, Any]:
        return {
            "id": f"claim-{number}",
            "what": next(self._unused),
            "result": self._rng.choice(self._choices["result"]),
            "evidence": self._rng.choice(self._choices["evidence"]),
            "sources": ["gazette"],  # what claims to be proved by the press must cite the press
        }

    def _source(self, id: str, kind: str) -> dict[str, str]:
        return {
            "title": self._line(next(self._unused), 60),
            "publisher": f"{self._name} {id.title()}",
            "kind": kind,
            "url": f"https://example.org/{self._name.lower()}/{id}",
            "published": str(self._rng.randint(2005, 2024)),
            "accessed": "2026-01-30",
        }

    def _section(self) -> str:
        return f"{self._paragraph()}\n\n{self._paragraph()}"

    def _paragraph(self) -> str:
        sentences = " ".join(next(self._unused) for _ in range(3))
        return f"{sentences}[^{next(self._cited)}]"
