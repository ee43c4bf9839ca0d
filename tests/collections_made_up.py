"""Made-up collections of any size, in sentences of the real case studies, so that they compress as real ones do."""

import json
import random
import re

from conftest import REAL, Project

_SYLLABLES = "ba bel cam dor el fen gar hol ish kel lan mor nor oak pen rod sal ton ul ven wyn".split()
_QUESTIONS = (
    "capacity quality value accountability open-to-all risk reciprocity culture reserve-powers".split()
)


def fill(project: Project, number: int) -> None:
    """Write as many case studies into the project, the same ones each time."""
    chance = random.Random(20261125)
    sentences = _sentences()
    for each in range(number):
        project.write(f"case_studies/case-{each}.md", _case(each, chance, sentences))


def _sentences() -> list[str]:
    bodies = (
        path.read_text(encoding="utf-8").split("---\n", 2)[2] for path in REAL.glob("case_studies/*.md")
    )
    plain = re.sub(r"\[\^.*?\]|^#.*$|\[|\]\(.*?\)", "", "\n".join(sorted(bodies)), flags=re.MULTILINE)
    return [one for one in re.split(r"(?<=\.)\s+", " ".join(plain.split())) if 30 < len(one) < 200]


def _case(number: int, chance: random.Random, sentences: list[str]) -> str:
    name = "".join(chance.choices(_SYLLABLES, k=3)).title()
    some = iter(chance.sample(sentences, 40))

    def text() -> str:
        return json.dumps(f"{next(some)} {name}. {next(some)}"[:290], ensure_ascii=False)

    answers = "".join(
        f"  {id}: {{answer: {text()}, sources: [minutes]}}\n"
        for id in chance.sample(_QUESTIONS, chance.randint(2, 6))
    )
    sections = ("The problem", "What was done", "What happened", "What went wrong", "What others can learn")
    body = "".join(
        f"\n## {heading}\n\n{next(some)} {next(some)} {next(some)}[^minutes]\n" for heading in sections
    )
    return f"""---
title: {json.dumps(f"{name} {number}: {next(some)[:70]}", ensure_ascii=False)}
summary: {text()}
councils: [{chance.choice(["exampleton", "northmere"])}]
themes: [{chance.choice(["libraries", "green-spaces", "young-people"])}]
period: {{from: {chance.randint(2005, 2022)}, to: 2024}}
status: ended
questions:
{answers}outcomes:
  - what: {text()}
    result: {chance.choice(["worked", "mixed", "did-not-work"])}
    evidence: {chance.choice(["self-reported"])}
    sources: [minutes]
sources:
  minutes:
    title: Minutes
    publisher: {name} Council
    kind: council
    url: https://example.org/{name.lower()}
    accessed: 2026-01-30
checked: 2026-01-31
---
{body}"""
